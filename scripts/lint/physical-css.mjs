/**
 * Lint for style sheets and the `<style>` blocks of components: a property that names a physical side
 * does not mirror in a right-to-left language; its logical twin does. Each message names the twin.
 */
const TWINS = [
  [/\b(margin|padding)-(left|right)\s*:/g, (m) => `${m[1]}-inline-${side(m[2])}`],
  [
    /\bborder-(left|right)(-(?:width|color|style))?\s*:/g,
    (m) => `border-inline-${side(m[1])}${m[2] ?? ''}`,
  ],
  [
    /\bborder-(top|bottom)-(left|right)-radius\s*:/g,
    (m) => `border-${block(m[1])}-${side(m[2])}-radius`,
  ],
  [/(?<=[;{\s])(left|right)\s*:/g, (m) => `inset-inline-${side(m[1])}`],
  [
    /\b(text-align|float|clear)\s*:\s*(left|right)\b/g,
    (m) => `${m[1]}: ${m[1] === 'text-align' ? '' : 'inline-'}${side(m[2])}`,
  ],
  [/\bscroll-(margin|padding)-(left|right)\s*:/g, (m) => `scroll-${m[1]}-inline-${side(m[2])}`],
];

/** Shorthands of four sides: a value on the right that is not the one on the left does not mirror. */
const FOUR_SIDES =
  /(?<=[;{\s])(margin|padding|inset|border-(?:width|style|color)|scroll-(?:margin|padding))\s*:\s*([^;{}]+)/g;

/** The values of a shorthand: at spaces, but not inside brackets. @param {string} text */
const valuesOf = (text) =>
  text.replace(/!\s*important/, '').match(/(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];

/** @param {string} css text without comments */
const shorthands = (css) =>
  [...css.matchAll(FOUR_SIDES)].flatMap((match) => {
    const [, name = '', values = ''] = match;
    const [, right, , left] = valuesOf(values);
    if (left === undefined || left === right) return [];
    const [, box = name, part] = /^(border)-(.+)$/.exec(name) ?? [];
    const logical = (axis) => (part ? `${box}-${axis}-${part}` : `${name}-${axis}`);
    return [
      {
        index: match.index,
        length: match[0].length,
        found: `${name}: ${values.trim()}`,
        instead: `${logical('block')} and ${logical('inline')}`,
      },
    ];
  });

const side = (physical) => (physical === 'left' ? 'start' : 'end');
const block = (physical) => (physical === 'top' ? 'start' : 'end');

/** The parts of a file that are style: the whole of a `.css`, the `<style>` blocks of a `.vue`. */
function styleParts(filename, text) {
  if (!filename.endsWith('.vue')) return [{ text, offset: 0 }];
  return [...text.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/g)].map((match) => ({
    text: match[1],
    offset: match.index + match[0].indexOf('>') + 1,
  }));
}

/** Comments are blanked, so that offsets stay. */
const withoutComments = (css) =>
  css.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));

/**
 * Every physical declaration of a style text: where it starts, what it is, what to write instead.
 * @param {string} css
 * @returns {{index: number, length: number, found: string, instead: string}[]}
 */
export function findPhysical(css) {
  const text = withoutComments(css);
  const named = TWINS.flatMap(([pattern, twin]) =>
    [...text.matchAll(pattern)].map((match) => ({
      index: match.index,
      length: match[0].length,
      found: match[0].replace(/\s*:$/, ''),
      instead: twin(match),
    })),
  );
  return [...named, ...shorthands(text)].sort((a, b) => a.index - b.index);
}

/** The ESLint rule `physical-css`. */
export const physicalCss = {
  meta: {
    type: 'problem',
    messages: { physical: '`{{found}}` does not mirror: use `{{instead}}`.' },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;
    return {
      Program() {
        for (const part of styleParts(context.filename, sourceCode.text)) {
          for (const { index, length, found, instead } of findPhysical(part.text)) {
            const start = part.offset + index;
            context.report({
              loc: {
                start: sourceCode.getLocFromIndex(start),
                end: sourceCode.getLocFromIndex(start + length),
              },
              messageId: 'physical',
              data: { found, instead },
            });
          }
        }
      },
    };
  },
};

/** Lets ESLint open a style sheet: an empty program over the whole text. */
export const cssParser = {
  meta: { name: 'switchboard-css', version: '1' },
  parseForESLint(text) {
    const lines = text.split('\n');
    const end = { line: lines.length, column: lines[lines.length - 1].length };
    return {
      ast: {
        type: 'Program',
        sourceType: 'module',
        body: [],
        tokens: [],
        comments: [],
        range: [0, text.length],
        loc: { start: { line: 1, column: 0 }, end },
      },
    };
  },
};
