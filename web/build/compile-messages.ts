import { baseCompile } from '@intlify/message-compiler';

/** A catalogue as it is written: texts in groups. */
export interface Tree {
  readonly [key: string]: string | Tree;
}

/** Kinds of nodes in the compiler's syntax tree (`nodes.ts` of @intlify/message-compiler 11). */
const KIND = { plural: 1, text: 3, named: 4, literal: 9 };

/** The parts of the tree that messages use. */
interface Node {
  readonly type: number;
  readonly body?: Node;
  readonly cases?: readonly Node[];
  readonly items?: readonly Node[];
  readonly value?: string;
  /** A message of text alone. */
  readonly static?: string;
  readonly key?: string;
}

/** Characters with a meaning in the message syntax: without them a message is its own text. */
const SYNTAX = /[{}@|]/;

/** The messages of a catalogue by their whole key. */
function flatten(tree: Tree, at = ''): readonly (readonly [key: string, message: string])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[at + key, value] as const] : flatten(value, `${at}${key}.`),
  );
}

/** A text inside a template literal. */
const literal = (text: string) => text.replace(/[\\`$]/g, (character) => `\\${character}`);

function templateOf(message: Node, key: string): string {
  if (message.static !== undefined) return `\`${literal(message.static)}\``;
  const parts = (message.items ?? []).map((item) => {
    if (item.type === KIND.text || item.type === KIND.literal) return literal(item.value ?? '');
    if (item.type === KIND.named) return `\${v[${JSON.stringify(item.key)}]??""}`;
    throw new Error(`Message "${key}" uses more of the syntax than the app: {name}, {'text'}, |.`);
  });
  return `\`${parts.join('')}\``;
}

function compileMessage(message: string, key: string): string {
  if (!SYNTAX.test(message)) return JSON.stringify(message);
  const { ast } = baseCompile(message, {
    onError: (error) => {
      throw new Error(`Message "${key}" cannot be read: ${error.message}`);
    },
  });
  const { body } = ast as Node & { readonly body: Node };
  if (body.type !== KIND.plural) return `v=>${templateOf(body, key)}`;
  return `v=>[${(body.cases ?? []).map((form) => templateOf(form, key)).join(',')}]`;
}

/**
 * The code of a catalogue, or of the keys of it that are `wanted`: texts stay strings, messages with
 * values become functions of them, those with several forms answer all of them.
 */
export function compileMessages(tree: Tree, wanted = (_key: string): boolean => true): string {
  const members = flatten(tree)
    .filter(([key]) => wanted(key))
    .map(([key, message]) => `${JSON.stringify(key)}:${compileMessage(message, key)}`);
  return `{${members.join(',')}}`;
}
