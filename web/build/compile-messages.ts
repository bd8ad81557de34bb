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
 * values become functions of them, those with several forms answer all of them. Groups stay groups:
 * whole keys would weigh a third more.
 */
export function compileMessages(tree: Tree, wanted = (_key: string): boolean => true): string {
  return `{${members(tree, wanted, '').join(',')}}`;
}

const members = (tree: Tree, wanted: (key: string) => boolean, at: string): readonly string[] =>
  Object.entries(tree).flatMap(([name, value]) => {
    const key = at + name;
    if (typeof value === 'string')
      return wanted(key) ? [`${JSON.stringify(name)}:${compileMessage(value, key)}`] : [];
    const inside = members(value, wanted, `${key}.`);
    return inside.length > 0 ? [`${JSON.stringify(name)}:{${inside.join(',')}}`] : [];
  });
