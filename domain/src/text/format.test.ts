import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatText, plainText, type Block, type Inline } from './format.ts';

/** The text that would give these nodes: the inverse that shows that nothing is lost. */
const write = (blocks: readonly Block[]): string => blocks.map(writeBlock).join('\n');

function writeBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return writeInline(block.children);
    case 'quote':
      return block.lines.map((line) => `> ${writeInline(line)}`).join('\n');
    case 'list':
      return block.items.map((item) => item.marker + writeInline(item.children)).join('\n');
  }
}

const WRAP = { bold: '*', italic: '_', strike: '~', code: '`', mono: '```' } as const;

const writeInline = (nodes: readonly Inline[]): string =>
  nodes
    .map((node) => {
      if (node.type === 'text' || node.type === 'link') return node.text;
      const inner = 'children' in node ? writeInline(node.children) : node.text;
      return WRAP[node.type] + inner + WRAP[node.type];
    })
    .join('');

const paragraph = (...children: Inline[]): Block[] => [{ type: 'paragraph', children }];
const text = (value: string): Inline => ({ type: 'text', text: value });
const bold = (...children: Inline[]): Inline => ({ type: 'bold', children });
const italic = (...children: Inline[]): Inline => ({ type: 'italic', children });
const strike = (...children: Inline[]): Inline => ({ type: 'strike', children });
const link = (value: string, href = value): Inline => ({ type: 'link', text: value, href });

describe('formatText', () => {
  it('leaves plain text as one node', () => {
    expect(formatText('My fridge is leaking')).toEqual(paragraph(text('My fridge is leaking')));
  });

  it('answers no text with one empty paragraph', () => {
    expect(formatText('')).toEqual(paragraph());
  });

  it('keeps line breaks inside a paragraph', () => {
    expect(formatText('one\n\ntwo')).toEqual(paragraph(text('one\n\ntwo')));
  });

  it('reads bold, italic and strikethrough, nested too', () => {
    expect(formatText('a *b* _c_ ~d~')).toEqual(
      paragraph(
        text('a '),
        bold(text('b')),
        text(' '),
        italic(text('c')),
        text(' '),
        strike(text('d')),
      ),
    );
    expect(formatText('*_both_*')).toEqual(paragraph(bold(italic(text('both')))));
  });

  it.each(['2*3*4', 'snake_case_name', 'a * b * c', '*open', '**', '**twice**', '~ tilde ~'])(
    'leaves %j as it is',
    (value) => {
      expect(formatText(value)).toEqual(paragraph(text(value)));
    },
  );

  it('takes a marker that is closed by no twin as a character', () => {
    expect(formatText('*a _b* c_')).toEqual(paragraph(bold(text('a _b')), text(' c_')));
  });

  it('does not carry a marker over a line break', () => {
    expect(formatText('*a\nb*')).toEqual(paragraph(text('*a\nb*')));
  });

  it('reads code and monospace without looking inside', () => {
    expect(formatText('`*a*` ```*b*\nc```')).toEqual(
      paragraph({ type: 'code', text: '*a*' }, text(' '), { type: 'mono', text: '*b*\nc' }),
    );
  });

  it('reads quotes and lists by line', () => {
    expect(formatText('> said\n> twice\n- a\n* b\n1. c\n12. d')).toEqual([
      { type: 'quote', lines: [[text('said')], [text('twice')]] },
      {
        type: 'list',
        ordered: false,
        items: [
          { marker: '- ', children: [text('a')] },
          { marker: '* ', children: [text('b')] },
        ],
      },
      {
        type: 'list',
        ordered: true,
        items: [
          { marker: '1. ', children: [text('c')] },
          { marker: '12. ', children: [text('d')] },
        ],
      },
    ]);
  });

  it('links web addresses without the punctuation behind them', () => {
    expect(formatText('See https://kestrel.example/a_b_c?x=1.')).toEqual(
      paragraph(text('See '), link('https://kestrel.example/a_b_c?x=1'), text('.')),
    );
    expect(formatText('(www.kestrel.example/a_(b))')).toEqual(
      paragraph(
        text('('),
        link('www.kestrel.example/a_(b)', 'https://www.kestrel.example/a_(b)'),
        text(')'),
      ),
    );
    expect(formatText('*https://kestrel.example*')).toEqual(
      paragraph(bold(link('https://kestrel.example'))),
    );
  });

  it('links mail addresses and explicit telephone numbers', () => {
    expect(formatText('a.b@kestrel.example, tel:+351912000408')).toEqual(
      paragraph(
        link('a.b@kestrel.example', 'mailto:a.b@kestrel.example'),
        text(', '),
        link('tel:+351912000408'),
      ),
    );
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    'http://',
    'xhttps://kestrel.example',
    'intent://scan',
  ])('never links %j', (value) => {
    expect(linksOf(formatText(value))).toEqual([]);
  });

  it('ends an address at a character that would turn its reading around', () => {
    expect(linksOf(formatText('https://kestrel.example/\u202egpj.exe'))).toEqual([
      'https://kestrel.example/',
    ]);
  });
});

function linksOf(blocks: readonly Block[]): string[] {
  const inline = (nodes: readonly Inline[]): string[] =>
    nodes.flatMap((node) =>
      node.type === 'link' ? [node.href] : 'children' in node ? inline(node.children) : [],
    );
  return blocks.flatMap((block) =>
    block.type === 'paragraph'
      ? inline(block.children)
      : block.type === 'quote'
        ? block.lines.flatMap(inline)
        : block.items.flatMap((item) => inline(item.children)),
  );
}

const PIECES = [
  '*',
  '_',
  '~',
  '`',
  '```',
  '> ',
  '- ',
  '* ',
  '1. ',
  '\n',
  ' ',
  'a',
  'Zé',
  '9',
  '.',
  ')',
  '(',
  'http://',
  'https://x.y',
  'www.',
  'mailto:',
  'tel:+1',
  'a@b.c',
  '😀',
  '\ud800',
  '"',
  '<b>',
  '\u0000',
];
const messages = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
);

describe('formatText, whatever the text', () => {
  it('loses no character', () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(write(formatText(message))).toBe(message);
      }),
      { numRuns: 2000 },
    );
  });

  it('links only with schemes that are safe', () => {
    fc.assert(
      fc.property(messages, (message) => {
        for (const href of linksOf(formatText(message)))
          expect(href).toMatch(/^(https?:\/\/|mailto:|tel:)/i);
      }),
    );
  });

  it('gives plain words back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zé]{1,8}$/), { minLength: 1 }), (words) => {
        expect(formatText(words.join(' '))).toEqual(paragraph(text(words.join(' '))));
      }),
    );
  });

  it.each([
    '*',
    '*a ',
    '_*~',
    '`',
    '`` ',
    '```',
    '``` ',
    '```\n',
    '\n',
    '> ',
    '- ',
    '1. ',
    'http://',
    'http://x',
    'www.a(',
    'www.a)',
    'a@',
    'a@b.',
    'a.',
    'tel:+',
    '*http://x',
    ')',
    'a*b',
  ])('takes linear time on 60,000 characters of %j', (piece) => {
    const fill = (length: number) => piece.repeat(length / piece.length);
    // Both in one run: a machine that is slow is slow for both.
    const short = cost(fill(15_000));
    const long = cost(fill(60_000));
    expect(long).toBeLessThan(Math.max(short * 12, 200));
    expect(write(formatText(fill(60_000)))).toBe(fill(60_000));
  });
});

/** The best of three, ms. */
const cost = (value: string): number =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const start = Date.now();
      formatText(value);
      return Date.now() - start;
    }),
  );

describe('plainText', () => {
  it('keeps the words and drops the markers that format them', () => {
    expect(plainText('*a* _b_\n> ~c~ `d`\n- *e*\n```f\ng```')).toBe('a b\nc d\n- e\nf\ng');
  });

  it.each(['2*3*4', 'a * b * c', '*open', 'See https://example.com/a_b_c'])(
    'leaves %j as it is',
    (value) => {
      expect(plainText(value)).toBe(value);
    },
  );
});
