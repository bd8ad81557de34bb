import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { useKeys } from './use-keys.ts';

const actions = { move: vi.fn(), list: vi.fn(), help: vi.fn() };
const Inbox = defineComponent({
  setup() {
    useKeys(actions);
    return () => h('div', [h('textarea'), h('button')]);
  },
});

let wrappers: { unmount: () => void }[] = [];
function open() {
  const wrapper = mount(Inbox, { attachTo: document.body });
  wrappers.push(wrapper);
  const press = (key: string, on = 'button', init: KeyboardEventInit = {}) =>
    wrapper
      .get(on)
      .element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...init }));
  return { wrapper, press };
}
afterEach(() => {
  wrappers.forEach((wrapper) => wrapper.unmount());
  wrappers = [];
  document.body.replaceChildren();
  vi.clearAllMocks();
});

describe('Keys of the inbox', () => {
  it('move, change lists and show what keys there are', () => {
    const { press } = open();
    for (const key of ['j', 'K', '2', '?']) press(key);
    expect(actions.move.mock.calls).toEqual([[1], [-1]]);
    expect(actions.list.mock.calls).toEqual([[1]]);
    expect(actions.help).toHaveBeenCalledOnce();
  });

  it('are letters where somebody writes, and the browser’s with Ctrl', () => {
    const { press } = open();
    press('j', 'textarea');
    press('j', 'button', { ctrlKey: true });
    expect(actions.move).not.toHaveBeenCalled();
  });

  it('belong to what lies above the list', () => {
    const { press } = open();
    document.body.append(Object.assign(document.createElement('dialog'), { open: true }));
    press('j');
    expect(actions.move).not.toHaveBeenCalled();
  });

  it('end with the inbox', () => {
    const { wrapper } = open();
    wrapper.unmount();
    wrappers = [];
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'j' }));
    expect(actions.move).not.toHaveBeenCalled();
  });
});
