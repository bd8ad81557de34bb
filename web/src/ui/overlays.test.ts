import { cleanup, fireEvent, render, screen } from '@testing-library/vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h, nextTick, ref } from 'vue';
import { useToast } from './toast.ts';
import UiMenu from './UiMenu.vue';
import UiSheet from './UiSheet.vue';
import UiToastHost from './UiToastHost.vue';

afterEach(cleanup);

describe('a sheet', () => {
  const open = ref(false);
  const parent = defineComponent({
    setup: () => () => [
      h('button', { onClick: () => (open.value = true) }, 'Hand over'),
      h(
        UiSheet,
        {
          open: open.value,
          title: 'Hand over Marta',
          closeLabel: 'Close',
          onClose: () => (open.value = false),
        },
        () => h('input', { 'aria-label': 'Note' }),
      ),
    ],
  });

  beforeEach(() => {
    open.value = false;
  });

  async function opened() {
    render(parent);
    const opener = screen.getByRole('button', { name: 'Hand over' });
    opener.focus();
    await fireEvent.click(opener);
    await nextTick();
    return opener;
  }

  it('is a modal dialog with a name, and gives the focus back', async () => {
    const opener = await opened();
    const dialog = screen.getByRole<HTMLDialogElement>('dialog', { name: 'Hand over Marta' });
    expect(dialog.open).toBe(true);
    screen.getByRole('textbox', { name: 'Note' }).focus();
    await fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    await nextTick();
    expect(dialog.open).toBe(false);
    expect(document.activeElement).toBe(opener);
  });

  it('asks to close on Escape and on the scrim, never on what is inside', async () => {
    await opened();
    const dialog = screen.getByRole('dialog');
    await fireEvent.click(screen.getByRole('textbox', { name: 'Note' }));
    expect(open.value).toBe(true);
    const cancel = new Event('cancel', { cancelable: true });
    dialog.dispatchEvent(cancel);
    expect([open.value, cancel.defaultPrevented]).toEqual([false, true]);
    open.value = true;
    await nextTick();
    await fireEvent.click(dialog);
    expect(open.value).toBe(false);
  });

  it('closes with the screen that opened it', async () => {
    await opened();
    const dialog = screen.getByRole<HTMLDialogElement>('dialog');
    cleanup();
    expect(dialog.open).toBe(false);
  });
});

describe('a menu', () => {
  const items = [
    { id: 'release', label: 'Release' },
    { id: 'assign', label: 'Assign' },
    { id: 'resolve', label: 'Resolve', shut: true },
  ] as const;

  async function opened() {
    const select = vi.fn();
    render(UiMenu, { props: { label: 'More actions', items, onSelect: select } });
    const button = screen.getByRole('button', { name: 'More actions' });
    await fireEvent.click(button);
    await nextTick();
    return {
      select,
      button,
      menu: screen.getByRole('menu'),
      entries: screen.getAllByRole('menuitem'),
    };
  }

  it('opens on its first item, moves by arrows and letters, and chooses', async () => {
    const { select, button, menu, entries } = await opened();
    expect(button.getAttribute('aria-expanded')).toBe('true');
    expect(document.activeElement).toBe(entries[0]);
    await fireEvent.keyDown(menu, { key: 'ArrowUp' });
    expect(document.activeElement).toBe(entries[2]);
    await fireEvent.keyDown(menu, { key: 'a' });
    expect(document.activeElement).toBe(entries[1]);
    await fireEvent.click(entries[1]!);
    expect(select).toHaveBeenCalledWith('assign');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it('keeps a shut item in reach and does nothing with it', async () => {
    const { select, entries } = await opened();
    await fireEvent.click(entries[2]!);
    expect(select).not.toHaveBeenCalled();
    expect(screen.getByRole('menu')).toBeTruthy();
  });

  it('closes on Escape with the focus on its button, and on a press elsewhere', async () => {
    const { button, menu } = await opened();
    await fireEvent.keyDown(menu, { key: 'Escape' });
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(button);
    await fireEvent.click(button);
    await fireEvent.pointerDown(document.body);
    expect(screen.queryByRole('menu')).toBeNull();
  });
});

describe('a toast', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    const { toasts, dismiss } = useToast();
    for (const { id } of [...toasts.value]) dismiss(id);
  });
  afterEach(() => vi.useRealTimers());

  const host = (rank = 0) =>
    render(UiToastHost, { props: { label: `Notices ${rank}`, closeLabel: 'Close', rank } });

  it('passes after six seconds', async () => {
    host();
    useToast().show('Ana is switched off');
    await nextTick();
    expect(screen.getByRole('status', { name: 'Notices 0' }).textContent).toContain(
      'Ana is switched off',
    );
    await vi.advanceTimersByTimeAsync(5_999);
    expect(screen.queryByText('Ana is switched off')).toBeTruthy();
    await vi.advanceTimersByTimeAsync(1);
    expect(screen.queryByText('Ana is switched off')).toBeNull();
  });

  it('waits while a pointer rests on it', async () => {
    host();
    useToast().show('Resolved');
    await nextTick();
    const toast = screen.getByText('Resolved').parentElement!;
    await fireEvent.pointerEnter(toast);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(screen.queryByText('Resolved')).toBeTruthy();
    await fireEvent.pointerLeave(toast);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(screen.queryByText('Resolved')).toBeNull();
  });

  it('carries one action, which is done once and closes it', async () => {
    host();
    const run = vi.fn();
    useToast().show('Resolved', { action: { label: 'Undo', run } });
    await nextTick();
    await fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(run).toHaveBeenCalledTimes(1);
    expect(screen.queryByText('Resolved')).toBeNull();
  });

  it('stands in the place that is nearest, and only there', async () => {
    const [far, near] = [host(0), host(2)];
    host(1);
    useToast().show('Resolved');
    await nextTick();
    expect(near.container.textContent).toContain('Resolved');
    expect(screen.getAllByText('Resolved')).toHaveLength(1);
    near.unmount();
    await nextTick();
    expect(far.container.textContent).not.toContain('Resolved');
    expect(screen.getAllByText('Resolved')).toHaveLength(1);
  });

  it('gives the focus back to where it came from', async () => {
    host();
    const field = document.body.appendChild(document.createElement('input'));
    useToast().show('Resolved', { action: { label: 'Undo', run: () => undefined } });
    await nextTick();
    field.focus();
    screen.getByRole('button', { name: 'Undo' }).focus();
    await fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(document.activeElement).toBe(field);
    field.remove();
  });

  it('says once what stays', () => {
    const { show, toasts } = useToast();
    const first = show('New version', { stays: true });
    expect(show('New version', { stays: true })).toBe(first);
    expect(toasts.value).toHaveLength(1);
  });

  it('makes room for the next one, but not where it stays', async () => {
    host();
    const { show } = useToast();
    show('New version', { stays: true });
    show('First');
    show('Second');
    await nextTick();
    expect(screen.queryByText('First')).toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(screen.queryByText('Second')).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText('New version')).toBeNull();
  });
});
