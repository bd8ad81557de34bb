import { fillTemplate, type Template, type TemplateValues } from '@switchboard/domain';
import { cloneVNode, h, isVNode, type FunctionalComponent, type VNodeChild } from 'vue';
import { FormattedText } from '../bubbles/FormattedText.ts';

/** Around what was filled in, or is to be. Private-use characters: no keyboard has them. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];
const MARKED = new RegExp(`(${OPEN}[^${CLOSE}]*${CLOSE})`);
const mark = (value: string): string =>
  value === '' ? '' : OPEN + value.replaceAll(OPEN, '').replaceAll(CLOSE, '') + CLOSE;

/** The words of a template with each value, and each gap, marked for {@link MarkedText}. */
export function markedWords(
  template: Template,
  { header, body }: TemplateValues,
): { readonly header: string; readonly body: string } {
  const shown = fillTemplate(template, {
    header: header.map(mark),
    body: body.map(mark),
    buttons: [],
  });
  return { header: gaps(shown.header), body: gaps(shown.body) };
}
const gaps = (text: string): string => text.replace(/\{\{[^{}]+\}\}/g, mark);

/** Sets what is marked in bold, however deep in the formatting it stands. */
function bold(node: VNodeChild): VNodeChild {
  if (typeof node === 'string')
    return node
      .split(MARKED)
      .map((part) => (part.startsWith(OPEN) ? h('b', part.slice(1, -1)) : part));
  if (Array.isArray(node)) return node.map(bold);
  if (!isVNode(node) || node.children === null) return node;
  const { type, props, children } = node;
  return typeof type === 'string' && (typeof children === 'string' || Array.isArray(children))
    ? h(type, props ?? {}, [bold(children as VNodeChild)])
    : cloneVNode(node);
}

/** A text of {@link markedWords} with its formatting, and in bold what was filled in. */
export const MarkedText: FunctionalComponent<{ text: string }> = (props, context) =>
  bold(FormattedText(props, context) as VNodeChild) as ReturnType<typeof h>;
MarkedText.props = ['text'];
