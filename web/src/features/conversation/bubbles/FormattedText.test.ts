import { cleanup, render } from '@testing-library/vue';
import { afterEach, describe, expect, it } from 'vitest';
import { FormattedText } from './FormattedText.ts';

const shown = (text: string) => render(FormattedText, { props: { text } }).container;

afterEach(cleanup);

describe('FormattedText', () => {
  it('makes elements of the formatting', () => {
    const { innerHTML } = shown('*a* _b_ ~c~ `d` ```e```\n> f\n1. g\n- h');
    for (const tag of ['<strong>a', '<em>b', '<s>c', '<code>d', '<code class="mono">e'])
      expect(innerHTML).toContain(tag);
    expect(innerHTML).toContain('<blockquote><p>f</p></blockquote>');
    expect(innerHTML).toContain('<ol><li value="1">g</li></ol>');
    expect(innerHTML).toContain('<ul><li>h</li></ul>');
  });

  it('keeps our page and our address from where a link leads', () => {
    const link = shown('https://kestrel.example').querySelector('a');
    expect(link?.getAttribute('href')).toBe('https://kestrel.example');
    expect(link?.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(link?.getAttribute('target')).toBe('_blank');
  });

  it('shows HTML as the text it is', () => {
    const container = shown('<img src=x onerror=alert(1)> <b>x</b>');
    expect(container.querySelector('img, b')).toBeNull();
    expect(container.textContent).toBe('<img src=x onerror=alert(1)> <b>x</b>');
  });

  it('links nothing that runs', () => {
    expect(shown('javascript:alert(1) data:text/html,x').querySelector('a')).toBeNull();
  });
});
