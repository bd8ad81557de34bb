import { formatText, type Block, type Inline } from '@switchboard/domain';
import { h, type FunctionalComponent, type VNodeChild } from 'vue';

const TAGS = { bold: 'strong', italic: 'em', strike: 's', code: 'code' } as const;

function inline(node: Inline): VNodeChild {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'link':
      // `noopener` keeps our page out of theirs' reach, `noreferrer` our address out of their logs.
      return h(
        'a',
        { href: node.href, target: '_blank', rel: 'noopener noreferrer nofollow', dir: 'auto' },
        node.text,
      );
    case 'code':
      return h('code', node.text);
    case 'mono':
      return h('code', { class: 'mono' }, node.text);
    case 'bold':
    case 'italic':
    case 'strike':
      return h(TAGS[node.type], node.children.map(inline));
  }
}

function block(node: Block): VNodeChild {
  switch (node.type) {
    case 'paragraph':
      return h('p', node.children.map(inline));
    case 'quote':
      return h(
        'blockquote',
        node.lines.map((line) => h('p', line.map(inline))),
      );
    case 'list':
      return node.ordered
        ? h(
            'ol',
            node.items.map((item) =>
              h('li', { value: Number.parseInt(item.marker, 10) }, item.children.map(inline)),
            ),
          )
        : h(
            'ul',
            node.items.map((item) => h('li', item.children.map(inline))),
          );
  }
}

/** A message's text as elements: its formatting and links, never HTML of its own. */
export const FormattedText: FunctionalComponent<{ text: string }> = ({ text }) =>
  h('div', { class: 'formatted', dir: 'auto' }, formatText(text).map(block));
FormattedText.props = ['text'];
