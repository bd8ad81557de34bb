import type {
  Claims,
  DocumentData,
  GraphAnswer,
  Json,
  MediaFailure,
  NumberFacts,
  Write,
} from '@switchboard/domain';

/** A document as it was read: `data` is `null` where there is none; times are epoch ms. */
export interface Snapshot {
  readonly path: string;
  readonly data: DocumentData | null;
}

/** A query: over one collection by its path, or over every collection of a name. */
export interface Query {
  readonly collection: string;
  readonly everywhere?: boolean;
  readonly where: readonly (readonly [
    field: string,
    op: '==' | '>' | '>=' | '<' | 'in',
    value: unknown,
  ])[];
  readonly orderBy?: readonly (readonly [field: string, direction: 'asc' | 'desc'])[];
  readonly limit: number;
}

/** Reads for one decision; what it read is what its commit is guarded by. */
export interface Gather {
  /** The documents at these paths, in their order. */
  read(paths: readonly string[]): Promise<readonly Snapshot[]>;
  query(query: Query): Promise<readonly Snapshot[]>;
}

/** One attempt at a change: what to write, and what to answer once it is written. */
export interface Attempt<T> {
  readonly writes: readonly Write[];
  readonly value: T;
}

/** The documents. */
export interface Store extends Gather {
  /**
   * Gather, decide, apply: runs `attempt` until its writes hold. Every `update` is guarded by the
   * time of the read, every `create` by absence; where one doesn't hold, `attempt` runs again on
   * what is there now, after a jittered pause. No transaction, no lock.
   *
   * @throws {Contended} when the attempts are used up; nothing was written.
   */
  guarded<T>(attempt: (gather: Gather, tries: number) => Promise<Attempt<T>>): Promise<T>;
  /** Creates what is missing, in one commit; answers false where one of them is there already. */
  create(
    documents: readonly { readonly path: string; readonly data: DocumentData }[],
  ): Promise<boolean>;
  /** Number of documents of a query, by the database: a read per thousand. */
  count(query: Omit<Query, 'orderBy' | 'limit'>): Promise<number>;
  /** Sums of two number fields over the documents of a query, by the database: a read per thousand. */
  sum(
    query: Omit<Query, 'orderBy' | 'limit'>,
    fields: readonly [string, string],
  ): Promise<readonly [number, number]>;
  /** Deletes documents, whatever they are by now. */
  remove(paths: readonly string[]): Promise<void>;
  /** Which of these documents are there. */
  present(paths: readonly string[]): Promise<ReadonlySet<string>>;
}

/** A guarded change that found somebody else's there every time. Worth trying again later. */
export class Contended extends Error {
  constructor(tries: number) {
    super(`Still contended after ${tries} tries`);
    this.name = 'Contended';
  }
}

/** Whether Meta takes a token; `unknown` where no usable answer came. */
export type TokenCheck = 'works' | 'refused' | 'unknown';
/** Bytes as they come, in pieces. */
export type Bytes = AsyncIterable<Uint8Array>;

/** A file to be uploaded to Meta. */
export interface OutgoingFile {
  readonly bytes: Bytes;
  /** Number of bytes. */
  readonly size: number;
  readonly mimeType: string;
  readonly filename: string;
}

/** Meta's Graph API. */
export interface Graph {
  /** `POST /{phone-number-id}/messages` with this body. Never throws. */
  send(phoneNumberId: string, body: Json): Promise<GraphAnswer>;
  /** `GET /{phone-number-id}`: whether Meta takes the number's token. Never throws. */
  check(phoneNumberId: string): Promise<TokenCheck>;
  /** `GET /{phone-number-id}`: what Meta says of the number; `null` where it did not answer. Never throws. */
  number(phoneNumberId: string): Promise<NumberFacts | null>;
  /**
   * `POST /{phone-number-id}/media`: Meta's id of the file, for a message of the same number (Meta,
   * "Media"). Never throws; an upload may be repeated, since nobody sees it.
   */
  upload(phoneNumberId: string, file: OutgoingFile): Promise<UploadAnswer>;
  /**
   * Marks a message and all before it as read, and shows that somebody is typing where that is wished
   * (Meta, "Typing indicators"). Answers whether Meta took it. Never throws.
   */
  markRead(phoneNumberId: string, wamid: string, typing: boolean): Promise<boolean>;
  /**
   * One page of `GET /{waba-id}/message_templates`, asked with the token of a number of the account.
   * `null` where Meta did not answer with one. Never throws.
   */
  templates(
    phoneNumberId: string,
    wabaId: string,
    after: string | null,
  ): Promise<{ readonly rows: readonly Json[]; readonly after: string | null } | null>;
}

/** What Meta answers to an upload. */
export type UploadAnswer =
  | { readonly kind: 'uploaded'; readonly id: string }
  | Exclude<GraphAnswer, { readonly kind: 'accepted' }>;

/** What could not be had of a message's media, and why. */
interface NotHad {
  readonly kind: 'failed';
  readonly failure: MediaFailure;
}

/** Media at Meta. */
export interface MediaSource {
  /** `GET /{media-id}`: where the bytes are for some minutes, and what Meta says of them. Never throws. */
  find(
    phoneNumberId: string,
    metaId: string,
  ): Promise<
    | {
        readonly kind: 'found';
        readonly url: string;
        readonly mimeType: string;
        /** Number of bytes; `null` where Meta does not say. */
        readonly size: number | null;
        /** SHA-256 in hex; `null` where Meta does not say. */
        readonly sha256: string | null;
      }
    | NotHad
  >;
  /** The bytes at such an address. Never throws; the bytes themselves break off with an error. */
  open(
    phoneNumberId: string,
    url: string,
  ): Promise<{ readonly kind: 'opened'; readonly bytes: Bytes } | NotHad>;
}

/** Media that is ours, by its id (letters, digits, `_` and `-`; anything else is refused with an error). */
export interface MediaStore {
  /**
   * Puts bytes under an id, whole or not at all: where `bytes` break off nothing is there. The same
   * id again replaces what was there.
   */
  put(id: string, bytes: Bytes): Promise<void>;
  /** The bytes from `start` up to and with `end`; `null` where there are none under this id. */
  open(id: string, range: { readonly start: number; readonly end: number }): Promise<Bytes | null>;
  /** Throws the bytes of an id away; nothing where there are none. */
  remove(id: string): Promise<void>;
}

/** Secrets by name; several values while one is being rotated. */
export interface SecretStore {
  /** Every value in force, newest first; none where the name is unknown. */
  get(name: string): Promise<readonly string[]>;
}

/** Work for later, done at least once. */
export interface Tasks {
  /** Processes what a delivery left unfinished. */
  drain(receiptId: string): Promise<void>;
  /** Brings the media of one message. */
  bringMedia(mediaId: string): Promise<void>;
  /** Looks for everything that a lost wake-up left behind. */
  sweep(): Promise<void>;
}

/** Firebase Auth, as far as colleagues are concerned. */
export interface Accounts {
  /** Puts claims in force, or takes all away; somebody without claims is also switched off and signed out. */
  apply(uid: string, claims: Claims | null): Promise<void>;
}

/** One-way functions with keys and without. */
export interface Hash {
  /** base64url SHA-256 over the parts, unambiguous as to where one ends. */
  id(parts: readonly string[]): string;
  /** base64url HMAC-SHA-256 of the parts under the workspace's identity key. */
  identity(parts: readonly string[]): Promise<string>;
  /**
   * base64url HMAC-SHA-256 of the parts under each key for addresses that is in force, newest first:
   * the first one signs, any of them vouches.
   */
  addresses(parts: readonly string[]): Promise<readonly string[]>;
}

/** Keeps what is sent within the rate of its number. */
export interface Pace {
  /** Resolves as soon as one more message may leave; `limit` in messages a second. */
  pass(phoneNumberId: string, limit: number): Promise<void>;
}

/** Time and chance. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** 20 characters, unguessable. */
  newId(): string;
  wait(ms: number): Promise<void>;
}

/** Structured log lines. Ids only: never a text, a name or a number of a person. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Everything that a capability may ask for. */
export interface Ports {
  readonly store: Store;
  readonly graph: Graph;
  readonly pace: Pace;
  readonly source: MediaSource;
  readonly media: MediaStore;
  readonly secrets: SecretStore;
  readonly tasks: Tasks;
  readonly accounts: Accounts;
  readonly hash: Hash;
  readonly clock: Clock;
  readonly log: Log;
}
