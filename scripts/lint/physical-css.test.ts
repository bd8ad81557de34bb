import { describe, expect, it } from 'vitest';
import { findPhysical } from './physical-css.mjs';

const instead = (css: string) => findPhysical(css).map((finding) => finding.instead);

describe('physical-css', () => {
  it('names the logical twin of every physical declaration', () => {
    expect(instead('a { margin-left: 1px; padding-right: 2px }')).toEqual([
      'margin-inline-start',
      'padding-inline-end',
    ]);
    expect(instead('a { border-right-color: red }')).toEqual(['border-inline-end-color']);
    expect(instead('a { border-top-left-radius: 1px }')).toEqual(['border-start-start-radius']);
    expect(instead('a {left: 0; text-align: right; float: left}')).toEqual([
      'inset-inline-start',
      'text-align: end',
      'float: inline-start',
    ]);
  });

  it('finds a shorthand whose two sides differ', () => {
    expect(
      instead('a { padding: 1px 2px 3px 4px; margin: 0 1px 2px calc(1px + var(--a, 2px)) }'),
    ).toEqual(['padding-block and padding-inline', 'margin-block and margin-inline']);
    expect(instead('a { border-color: red blue red green }')).toEqual([
      'border-block-color and border-inline-color',
    ]);
    expect(
      instead('a { padding: 1px 2px 3px 2px; margin: 0 1px 2px; inset: calc(1px + 2px) 0 0 0 }'),
    ).toEqual([]);
  });

  it('leaves logical declarations, comments and words that only contain a side alone', () => {
    expect(instead('a { inset-inline-start: 0; margin-block: 1px } /* left: 0; */')).toEqual([]);
    expect(instead('.left::before { --drawer-left-gap: 1px } .bottom-left { top: 0 }')).toEqual([]);
  });
});
