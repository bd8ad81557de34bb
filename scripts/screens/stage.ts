/**
 * One person at one screen of the running app, and how its states come about there: by what the network
 * and the rules really do. Nothing here reaches into the app.
 */
import { readFileSync } from 'node:fs';
import { expect, type Browser, type Locator, type Page, type Route } from '@playwright/test';

/** A colleague of the demo workspace, or nobody: signed out, or a customer. */
export type Who =
  'nobody' | 'jonas' | 'ana' | 'carmen' | 'dana' | 'nadia' | 'priya' | 'emil' | 'ravi';

/** `phone` is touched, `desktop` has a mouse and a keyboard. */
export type Device = 'phone' | 'desktop';

export const SIZES = {
  phone: { device: 'phone', width: 390, height: 844 },
  small: { device: 'phone', width: 320, height: 640 },
  desktop: { device: 'desktop', width: 1440, height: 900 },
  /** Two panes: between the widths at which the contact's panel and the list go. */
  narrow: { device: 'desktop', width: 1024, height: 768 },
} as const satisfies Record<string, { device: Device; width: number; height: number }>;
export type Size = keyof typeof SIZES;

export const LANGUAGES = ['en', 'es', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the local system knows and a screen does not. */
export interface World {
  /** Address of the customers' phones, without a slash at its end. */
  readonly sandbox: string;
  /** The conversation with a customer of the demo. Throws where there is none. */
  conversationId(customer: string): Promise<string>;
  /** The ids of a team's conversations that nobody holds. */
  queueOf(team: string): Promise<readonly string[]>;
  /** A colleague's ID token. */
  token(who: Who): Promise<string>;
  /** What a colleague does elsewhere in the same moment: a callable. Throws where it is refused. */
  call(who: Who, name: 'command' | 'people', data: object): Promise<void>;
  /** Gives a conversation to a colleague, or back to a team's queue. */
  assign(
    by: Who,
    conversationId: string,
    to: { kind: 'agent' | 'team'; id: string },
  ): Promise<void>;
  /** Ends a conversation's case, or opens one. */
  settle(by: Who, conversationId: string, how: 'resolve' | 'reopen'): Promise<void>;
  /** Meta tells that a template is paused, and that the account's phone is not connected any more. */
  news(): Promise<void>;
  /**
   * WhatsApp tells something about a customer who has not written: there is a conversation, and its
   * window was never opened. Resolves to its id; the same customer has one conversation.
   */
  notice(customer: string): Promise<string>;
}

const LISTEN = /\/Listen\/channel/;
/** The password of everybody in the demo. */
const PASSWORD = 'switchboard';

type Words = { readonly [key: string]: string | Words };

const wordsOf = (language: Language): Words =>
  JSON.parse(
    readFileSync(new URL(`../../web/src/i18n/locales/${language}.json`, import.meta.url), 'utf8'),
  ) as Words;

/** A target that the app asks the server to watch, as the SDK sends it. */
interface Target {
  readonly documents?: { readonly documents: readonly string[] };
  readonly query?: {
    readonly structuredQuery: Query & { readonly from: readonly { collectionId: string }[] };
  };
}

interface Query {
  readonly where?: object;
}

/** The same question about a team that there is not. */
const ofNoTeam = <Q extends Query>(asked: Q): Q => {
  const field = { fieldPath: 'teamId' };
  const nobodys = { fieldFilter: { field, op: 'EQUAL', value: { stringValue: 'no-such-team' } } };
  const filters = asked.where === undefined ? [nobodys] : [asked.where, nobodys];
  return { ...asked, where: { compositeFilter: { op: 'AND', filters } } };
};

/** A query that no server answers: fewer than no rows are asked for. */
const IMPOSSIBLE = {
  parent: 'projects/demo-switchboard/databases/(default)/documents',
  structuredQuery: { from: [{ collectionId: 'conversations' }], limit: -1 },
};

export class Stage {
  readonly page: Page;
  readonly device: Device;
  readonly world: World;
  readonly #words: Words;
  /** Requests that were never let through. */
  #held: Route[] = [];

  constructor(page: Page, device: Device, world: World, language: Language) {
    this.page = page;
    this.device = device;
    this.world = world;
    this.#words = wordsOf(language);
  }

  /** Opens a browser of its own and signs in. */
  static async enter(
    browser: Browser,
    who: Who,
    on: { device: Device; world: World; language?: Language },
  ): Promise<Stage> {
    const { device, world, language = 'en' } = on;
    const { width, height } = SIZES[device];
    const context = await browser.newContext({
      viewport: { width, height },
      ...(device === 'phone' ? { isMobile: true, hasTouch: true } : {}),
      locale: { en: 'en-GB', es: 'es-ES', pt: 'pt-PT' }[language],
      reducedMotion: 'reduce',
      // The worker is what a signed-in person's app comes from without a connection.
      serviceWorkers: who === 'nobody' ? 'block' : 'allow',
    });
    const stage = new Stage(await context.newPage(), device, world, language);
    if (who !== 'nobody') await stage.signIn(who);
    return stage;
  }

  async signIn(who: Who): Promise<void> {
    await this.page.goto('/signin');
    await this.fillSignIn(`${who}@demo.test`, PASSWORD);
    await this.press('session.signIn');
    await this.page.waitForURL('**/inbox/**');
    // Without a connection the rest of the app comes from the worker.
    await this.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  }

  async fillSignIn(email: string, password: string): Promise<void> {
    await this.page.getByLabel(this.t('session.email')).fill(email);
    await this.page.getByLabel(this.t('session.password')).fill(password);
  }

  // ── Words ─────────────────────────────────────────────────────────────────────────────────────

  /** A text of the app in this stage's language. Throws for a key that there is not. */
  t(key: string, values: Readonly<Record<string, string>> = {}): string {
    const found = key
      .split('.')
      .reduce<Words | string | undefined>(
        (words, part) => (typeof words === 'object' ? words[part] : undefined),
        this.#words,
      );
    if (typeof found !== 'string') throw new Error(`The app has no text "${key}".`);
    return Object.entries(values).reduce(
      (text, [name, value]) => text.replaceAll(`{${name}}`, value),
      found,
    );
  }

  /** The button with this text as its whole name. */
  button(key: string, values: Readonly<Record<string, string>> = {}): Locator {
    return this.page.getByRole('button', { name: this.t(key, values), exact: true }).first();
  }

  async press(key: string, values: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.button(key, values).click();
  }

  async sees(key: string, values: Readonly<Record<string, string>> = {}): Promise<void> {
    const text = this.page.getByText(this.t(key, values)).filter({ visible: true });
    await expect(text.first()).toBeVisible();
  }

  // ── Going to places ───────────────────────────────────────────────────────────────────────────

  async open(path: string): Promise<void> {
    await this.page.goto(path);
  }

  /** Opens a list and waits for its rows. */
  async list(path: string): Promise<void> {
    await this.open(path);
    await this.row().waitFor();
    await this.sees('inbox.truth.live');
    await this.settled();
  }

  /** Resolves when numbers and names that are asked for one by one are there. */
  async settled(): Promise<void> {
    const waiting = [
      this.page.getByRole('tab').filter({ hasText: '–' }),
      this.page.getByText(this.t('inbox.row.someone'), { exact: true }),
    ];
    for (const each of waiting) await expect(each.filter({ visible: true })).toHaveCount(0);
  }

  row(customer?: string): Locator {
    const rows = this.page.locator('a[data-link]');
    return (customer === undefined ? rows : this.page.getByRole('link', { name: `${customer},` }))
      .filter({ visible: true })
      .first();
  }

  /** The history of the conversation that is open. */
  get thread(): Locator {
    return this.page.getByRole('log').filter({ visible: true }).first();
  }

  /** Opens a conversation by its address and waits for its messages. */
  async conversation(customer: string, list = 'mine'): Promise<void> {
    await this.address(customer, list);
    await this.thread.getByRole('listitem').first().waitFor();
    await this.settled();
  }

  async address(customer: string, list = 'mine'): Promise<void> {
    await this.open(`/inbox/${list}/${await this.world.conversationId(customer)}`);
  }

  reply(): Locator {
    return this.page.getByRole('textbox', { name: this.t('conversation.composer.replyLabel') });
  }

  /** An action of the conversation: a button on a desktop, in the menu on a phone. */
  async act(name: string): Promise<void> {
    const label = this.t(`conversation.action.${name}`);
    const button = this.button(`conversation.action.${name}`);
    if (await button.isVisible()) return button.click();
    await this.press('conversation.more');
    await this.page.getByRole('menuitem', { name: label }).click();
  }

  /** Opens what can be done with a message: by a press that rests on a phone, by its button on a desktop. */
  async messageMenu(text: string): Promise<void> {
    const line = this.thread.getByRole('listitem').filter({ hasText: text });
    const button = line.getByRole('button', { name: this.t('conversation.message.menu') });
    if (this.device === 'phone') await button.focus();
    else await line.hover();
    await button.press('Enter');
    await this.page.getByRole('menuitem').first().waitFor();
  }

  /** Opens People and waits for its rows. */
  async people(): Promise<void> {
    await this.open('/people');
    await this.person('').waitFor();
    await this.settled();
  }

  /** The row of a colleague on People. */
  person(name: string): Locator {
    return this.page.getByRole('main').getByRole('button', { name }).first();
  }

  /** A customer's phone in the sandbox. */
  async customerPhone(from: string): Promise<void> {
    await this.open(`${this.world.sandbox}/phone?from=${from}`);
    await this.page.locator('#messages > li').first().waitFor();
  }

  // ── What the network does ─────────────────────────────────────────────────────────────────────

  /** Forgets what this device kept of the workspace; who is signed in stays. */
  async newDevice(): Promise<void> {
    // A page of the same address on which nothing runs: an open database can't be deleted.
    await this.page.goto('/icons/icon.svg');
    await this.page.evaluate(async () => {
      // Firebase keeps under its own name who is signed in.
      const kept = (await indexedDB.databases()).filter(
        ({ name }) => !name?.startsWith('firebase'),
      );
      for (const { name = '' } of kept)
        await new Promise((done, failed) => {
          const request = indexedDB.deleteDatabase(name);
          request.onsuccess = done;
          request.onerror = failed;
        });
    });
  }

  /** From now on the server does not answer: what is asked of it is on its way. */
  async silence(address: RegExp = LISTEN): Promise<void> {
    await this.page.route(address, (route) =>
      route.request().method() === 'POST' ? void this.#held.push(route) : route.continue(),
    );
  }

  /** Removes the installed app: its parts come from the network again. */
  async uninstall(): Promise<void> {
    await this.page.goto('/icons/icon.svg');
    await this.page.evaluate(async () => {
      for (const worker of await navigator.serviceWorker.getRegistrations())
        await worker.unregister();
      for (const name of await caches.keys()) await caches.delete(name);
    });
  }

  /** Parts of the app are never delivered, or not to be had. */
  async withhold(files: RegExp, how: 'silent' | 'lost'): Promise<void> {
    await this.page.route(files, (route) =>
      how === 'lost' ? route.abort() : void this.#held.push(route),
    );
  }

  /** Answers a call with a fault of the server. */
  async fault(address: RegExp, status: number, body: object): Promise<void> {
    await this.page.route(address, (route) =>
      route.request().method() === 'OPTIONS'
        ? route.continue()
        : route.fulfill({
            status,
            json: body,
            headers: { 'access-control-allow-origin': '*' },
          }),
    );
  }

  /**
   * Questions about a collection, or about a document by the end of its name, reach the server in a form
   * that it answers with an error; everything else works.
   */
  async garble(what: string): Promise<void> {
    const concerns = ({ documents, query }: Target) =>
      documents?.documents.some((name) => name.endsWith(`/${what}`)) ??
      query?.structuredQuery.from.some(({ collectionId }) => collectionId === what) ??
      false;
    const asked = (message: { addTarget?: Target }) => {
      if (!message.addTarget || !concerns(message.addTarget)) return message;
      const { documents: _, ...target } = message.addTarget;
      return { ...message, addTarget: { ...target, query: IMPOSSIBLE } };
    };
    await this.page.route(LISTEN, (route) => changed(route, asked));
  }

  /** Lists of a collection hold nothing: the server is asked about a team that there is not. */
  async none(collection: string): Promise<void> {
    const asked = (message: { addTarget?: Target }) => {
      const query = message.addTarget?.query;
      if (!query?.structuredQuery.from.some(({ collectionId }) => collectionId === collection))
        return message;
      const structuredQuery = ofNoTeam(query.structuredQuery);
      return {
        ...message,
        addTarget: { ...message.addTarget, query: { ...query, structuredQuery } },
      };
    };
    await this.page.route(LISTEN, (route) => changed(route, asked));
  }

  /**
   * The server reads another's token: it judges what this screen asks as if that person asked.
   * `nobody` has none.
   */
  async judgedAs(who: Who): Promise<void> {
    const token = who === 'nobody' ? null : await this.world.token(who);
    await this.page.route(LISTEN, (route) => {
      const body = route.request().postData();
      if (body === null) return route.continue();
      const postData = body.replace(
        /(Authorization(?::|%3A)Bearer(?:%20|\+| ))[^%&\r]+((?:%0D%0A)?)/,
        token === null ? '' : `$1${token}$2`,
      );
      return route.continue({ postData });
    });
  }

  /** Another version of the app comes out, and this browser finds it: its worker has another address. */
  async release(): Promise<void> {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      await navigator.serviceWorker.register(`/sw.js?${Date.now()}`, { scope: '/' });
    });
  }

  async offline(): Promise<void> {
    await this.page.context().setOffline(true);
  }

  /** The connection goes and comes back, and the server does not answer. */
  async unanswered(): Promise<void> {
    const tried = this.page.waitForEvent(
      'requestfailed',
      (each) => each.method() === 'POST' && LISTEN.test(each.url()),
    );
    await this.offline();
    // Only then does the SDK no longer take what it has for the server's word.
    await tried;
    await this.silence();
    await this.page.context().setOffline(false);
  }

  /** Everything works again. */
  async mend(): Promise<void> {
    // Playwright would let them through in the end.
    for (const route of this.#held.splice(0)) await route.abort().catch(() => undefined);
    await this.page.context().setOffline(false);
    await this.page.unrouteAll({ behavior: 'ignoreErrors' });
  }

  // ── Looking ───────────────────────────────────────────────────────────────────────────────────

  /** Resolves when nothing moves any more but what moves for ever. */
  async still(): Promise<void> {
    await this.page.evaluate(async () => {
      const passing = document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
      await Promise.all(passing.map((each) => each.finished.catch(() => undefined)));
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      await frame();
      await frame();
    });
  }
}

/** Lets a request of the listening channel through with its messages changed. */
function changed(route: Route, change: (message: { addTarget?: Target }) => object): Promise<void> {
  const body = route.request().postData();
  if (body === null) return route.continue();
  const form = new URLSearchParams(body);
  for (const [name, value] of [...form])
    if (name.endsWith('___data__'))
      form.set(name, JSON.stringify(change(JSON.parse(value) as { addTarget?: Target })));
  return route.continue({ postData: form.toString() });
}
