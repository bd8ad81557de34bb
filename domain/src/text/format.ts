/**
 * WhatsApp's text formatting as nodes (WhatsApp Help Center, "How to format your messages"): a screen
 * builds elements from them and never HTML. Every character of the text is in exactly one node or is
 * the marker that made a node, so nothing a customer wrote can disappear.
 */

/** A piece of a line. `bold`, `italic` and `strike` nest; a marker never spans a line break. */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'bold' | 'italic' | 'strike'; readonly children: readonly Inline[] }
  /** Between single backticks. */
  | { readonly type: 'code'; readonly text: string }
  /** Between triple backticks; may hold line breaks. */
  | { readonly type: 'mono'; readonly text: string }
  /** `text` as written; `href` with one of the schemes `http`, `https`, `mailto` or `tel`. */
  | { readonly type: 'link'; readonly text: string; readonly href: string };

/** An item of a list. `marker` is as written, with its space: `- `, `* ` or `12. `. */
export interface ListItem {
  readonly marker: string;
  readonly children: readonly Inline[];
}

/** A run of lines of one kind. Lines of a paragraph are parted by line breaks in its text nodes. */
export type Block =
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'quote'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly ListItem[] };

/** Reads the formatting of a message text. Takes time linear in its length. */
export function formatText(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let kind: LineKind = 'paragraph';
  const flush = () => {
    if (lines.length > 0) blocks.push(block(kind, lines));
    lines = [];
  };
  for (const line of splitLines(text)) {
    const next = lineKind(line);
    if (next !== kind) flush();
    kind = next;
    lines.push(line);
  }
  flush();
  return blocks;
}

/** A text without the markers that make its formatting: its words, for where it is shown on a line. */
export const plainText = (text: string): string => formatText(text).map(plainBlock).join('\n');

function plainBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return plainWords(block.children);
    case 'quote':
      return block.lines.map(plainWords).join('\n');
    case 'list':
      return block.items.map(({ marker, children }) => marker + plainWords(children)).join('\n');
  }
}

const plainWords = (nodes: readonly Inline[]): string =>
  nodes.map((node) => ('text' in node ? node.text : plainWords(node.children))).join('');

type LineKind = 'paragraph' | 'quote' | 'bullets' | 'numbers';

const QUOTE = '> ';
const BULLET = /^[-*] (?=\S)/;
const NUMBER = /^\d{1,3}\. (?=\S)/;
const MONO = '```';

/** The lines of a text; a line break between triple backticks does not end one. */
function splitLines(text: string): readonly string[] {
  const lines: string[] = [];
  let start = 0;
  let mono = text.indexOf(MONO);
  let from = 0;
  for (;;) {
    const end = text.indexOf('\n', from);
    if (end < 0) break;
    while (mono >= 0 && mono < from) mono = text.indexOf(MONO, from);
    const close = mono >= 0 && mono < end ? text.indexOf(MONO, mono + MONO.length + 1) : -1;
    if (mono >= 0 && mono < end && close < 0) mono = -1;
    if (close >= 0) {
      from = close + MONO.length;
      continue;
    }
    lines.push(text.slice(start, end));
    start = from = end + 1;
  }
  lines.push(text.slice(start));
  return lines;
}

const lineKind = (line: string): LineKind =>
  line.startsWith(QUOTE) && line.length > QUOTE.length
    ? 'quote'
    : BULLET.test(line)
      ? 'bullets'
      : NUMBER.test(line)
        ? 'numbers'
        : 'paragraph';

function block(kind: LineKind, lines: readonly string[]): Block {
  switch (kind) {
    case 'paragraph':
      return { type: 'paragraph', children: joined(lines.map(inline)) };
    case 'quote':
      return { type: 'quote', lines: lines.map((line) => inline(line.slice(QUOTE.length))) };
    case 'bullets':
      return { type: 'list', ordered: false, items: lines.map((line) => item(line, BULLET)) };
    case 'numbers':
      return { type: 'list', ordered: true, items: lines.map((line) => item(line, NUMBER)) };
  }
}

function item(line: string, pattern: RegExp): ListItem {
  const marker = pattern.exec(line)?.[0] ?? '';
  return { marker, children: inline(line.slice(marker.length)) };
}

function joined(lines: readonly (readonly Inline[])[]): readonly Inline[] {
  const nodes: Inline[] = [];
  lines.forEach((line, index) => {
    if (index > 0) appendText(nodes, '\n');
    line.forEach((node) => append(nodes, node));
  });
  return nodes;
}

const MARKS = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
type Mark = keyof typeof MARKS;
const isMark = (char: string): char is Mark => char in MARKS;

/** A marker that waits for its closing twin; the bottom of the stack has none. */
interface Frame {
  readonly mark: Mark | null;
  readonly nodes: Inline[];
}

/** What stands at a position: a node, and where the text goes on. */
interface Found {
  readonly node: Inline;
  readonly end: number;
}

/** At most one open marker of each kind, so the stack stays four deep and each step costs the same. */
function inline(line: string): readonly Inline[] {
  const stack: Frame[] = [{ mark: null, nodes: [] }];
  const top = () => stack[stack.length - 1] as Frame;
  let plain = 0;
  let at = 0;
  const takePlain = (end: number) => {
    appendText(top().nodes, line.slice(plain, end));
  };
  while (at < line.length) {
    const char = line.charAt(at);
    if (isMark(char)) {
      const step = mark(line, at, char, stack);
      if (step !== 'text') {
        takePlain(at);
        plain = at + 1;
        if (step === 'open') stack.push({ mark: char, nodes: [] });
        else close(stack, char);
      }
      at += 1;
      continue;
    }
    const found = char === '`' ? codeAt(line, at) : linkAt(line, at, stack);
    if (found === null) {
      at += 1;
      continue;
    }
    takePlain(at);
    append(top().nodes, found.node);
    plain = at = found.end;
  }
  takePlain(line.length);
  while (stack.length > 1) giveUp(stack);
  return top().nodes;
}

function mark(
  line: string,
  at: number,
  char: Mark,
  stack: readonly Frame[],
): 'open' | 'close' | 'text' {
  const before = line.charAt(at - 1);
  const after = line.charAt(at + 1);
  if (before === char || after === char) return 'text';
  const isOpen = stack.some((frame) => frame.mark === char);
  if (isOpen) return !isSpace(before) && !isWord(after) ? 'close' : 'text';
  return !isWord(before) && after !== '' && !isSpace(after) ? 'open' : 'text';
}

/** Closes the frame of a marker; markers opened inside it and never closed are text. */
function close(stack: Frame[], char: Mark): void {
  while (stack[stack.length - 1]?.mark !== char) giveUp(stack);
  const frame = stack.pop() as Frame;
  append((stack[stack.length - 1] as Frame).nodes, { type: MARKS[char], children: frame.nodes });
}

/** The innermost marker was only a character after all. */
function giveUp(stack: Frame[]): void {
  const frame = stack.pop() as Frame;
  const below = (stack[stack.length - 1] as Frame).nodes;
  appendText(below, frame.mark ?? '');
  frame.nodes.forEach((node) => append(below, node));
}

const isSpace = (char: string): boolean => /\s/u.test(char);
const isWord = (char: string): boolean => /[\p{L}\p{N}]/u.test(char);

function codeAt(line: string, at: number): Found | null {
  if (line.startsWith(MONO, at)) {
    const end = line.indexOf(MONO, at + MONO.length + 1);
    if (end >= 0)
      return {
        node: { type: 'mono', text: line.slice(at + MONO.length, end) },
        end: end + MONO.length,
      };
  }
  const end = line.indexOf('`', at + 1);
  if (end <= at + 1) return null;
  const text = line.slice(at + 1, end);
  return text.includes('\n') ? null : { node: { type: 'code', text }, end: end + 1 };
}

const SCHEME = /(?:https?:\/\/|www\.|mailto:|tel:)(?=[\p{L}\p{N}+])/iuy;
/** Without control and direction characters: what a person reads is where the link goes. */
const RUN = /[^\s<>"\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/uy;
const EMAIL = /[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/iy;
/** Ends a sentence rather than an address. */
const TRAILING = ".,;:!?'’”»";

function linkAt(line: string, at: number, stack: readonly Frame[]): Found | null {
  if (!isWord(line.charAt(at)) || isWord(line.charAt(at - 1))) return null;
  const scheme = matchAt(SCHEME, line, at)?.toLowerCase();
  const run = scheme === undefined ? emailAt(line, at) : (matchAt(RUN, line, at) ?? '');
  const text = withoutTrailing(run, stack);
  if (text.length <= (scheme ?? '').length) return null;
  const href =
    scheme === undefined ? `mailto:${text}` : scheme === 'www.' ? `https://${text}` : text;
  return { node: { type: 'link', text, href }, end: at + text.length };
}

/** An address is looked for where a word begins, and not inside a longer word of its own characters. */
const emailAt = (line: string, at: number): string =>
  /[._%+@-]/.test(line.charAt(at - 1)) ? '' : (matchAt(EMAIL, line, at) ?? '');

function matchAt(pattern: RegExp, line: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(line)?.[0];
}

/** An address without the punctuation and the open marker that only stand behind it. */
function withoutTrailing(run: string, stack: readonly Frame[]): string {
  let end = run.length;
  let unopened = surplus(run);
  for (; end > 0; end -= 1) {
    const char = run.charAt(end - 1);
    if (TRAILING.includes(char) || stack.some((frame) => frame.mark === char)) continue;
    if (char !== ')' || unopened <= 0) break;
    unopened -= 1;
  }
  return run.slice(0, end);
}

/** How many closing parentheses of a run have no opening one. */
function surplus(run: string): number {
  let count = 0;
  for (const char of run) count += char === ')' ? 1 : char === '(' ? -1 : 0;
  return count;
}

function append(nodes: Inline[], node: Inline): void {
  if (node.type === 'text') appendText(nodes, node.text);
  else nodes.push(node);
}

function appendText(nodes: Inline[], text: string): void {
  if (text === '') return;
  const last = nodes[nodes.length - 1];
  if (last?.type === 'text') nodes[nodes.length - 1] = { type: 'text', text: last.text + text };
  else nodes.push({ type: 'text', text });
}
