import { cleanup, fireEvent, render, screen } from '@testing-library/vue';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h, shallowRef, type ShallowRef, type VNodeChild } from 'vue';
import DeliveryMark from './DeliveryMark.vue';
import { shortWait, timeLeft } from './duration.ts';
import EmptyState from './EmptyState.vue';
import HearKey from './HearKey.vue';
import { initials, toneOf } from './person.ts';
import PersonBadge from './PersonBadge.vue';
import { moveAlongTabs, roveTo } from './roving.ts';
import SlaRing from './SlaRing.vue';
import UiButton from './UiButton.vue';
import UiCheckbox from './UiCheckbox.vue';
import UiSegmented from './UiSegmented.vue';
import UnreadBadge from './UnreadBadge.vue';
import WindowChip from './WindowChip.vue';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('waits and time left', () => {
  it('count minutes up to 99, then hours, then days', () => {
    expect(
      [0, 59_999, 4 * MINUTE, 99 * MINUTE, 100 * MINUTE, 99 * HOUR, 100 * HOUR].map(shortWait),
    ).toEqual(['0m', '0m', '4m', '99m', '1h', '99h', '4d']);
  });

  it('never go below zero when clocks differ', () => {
    expect([shortWait(-5 * MINUTE), timeLeft(-1)]).toEqual(['0m', '0m']);
  });

  it('name hours with two digits of minutes', () => {
    expect([
      timeLeft(17 * HOUR + 42 * MINUTE),
      timeLeft(8 * HOUR + 5 * MINUTE),
      timeLeft(52 * MINUTE),
    ]).toEqual(['17h 42m', '8h 05m', '52m']);
  });
});

describe('a person', () => {
  it('is two letters: of the first and the last word', () => {
    expect(
      ['Marta Oliveira', 'samo.k', '  Ana  de la Ruiz ', '李雷', '~Élodie', ''].map(initials),
    ).toEqual(['MO', 'S', 'AR', '李', 'É', '']);
  });

  it('keeps whole characters beyond the basic plane', () => {
    expect(initials('🦊 Fox')).toBe('F');
    expect(initials('𝒜nna')).toBe('𝒜');
  });

  it('has one of six tones by id, the same every time', () => {
    const tones = Array.from({ length: 200 }, (_, i) => toneOf(`agent${i}`));
    expect(new Set(tones)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(toneOf('jonas')).toBe(toneOf('jonas'));
  });

  it('is a circle outside, a square inside and dashed where there is none', () => {
    const { container } = render({
      render: () => [
        h(PersonBadge, { kind: 'customer', name: 'Marta Oliveira' }),
        h(PersonBadge, { kind: 'agent', name: 'Ana Ruiz', id: 'ana' }),
        h(PersonBadge, { kind: 'none', name: 'No one' }),
      ],
    });
    const badges = [...container.querySelectorAll('.av')];
    expect(badges.map((badge) => badge.textContent)).toEqual(['MO', 'AR', '']);
    expect(badges.map((badge) => badge.classList.contains('customer'))).toEqual([
      true,
      false,
      false,
    ]);
    expect(badges.every((badge) => badge.getAttribute('aria-hidden') === 'true')).toBe(true);
  });
});

describe('arrow keys in a row of choices', () => {
  const keys = { back: ['ArrowLeft'], on: ['ArrowRight'] };

  it('go round the ends and over what is shut', () => {
    expect(roveTo('ArrowRight', 2, [true, false, true], keys)).toBe(0);
    expect(roveTo('ArrowRight', 0, [true, false, true], keys)).toBe(2);
    expect(roveTo('ArrowLeft', 0, [true, false, true], keys)).toBe(2);
  });

  it('know Home and End, and leave other keys alone', () => {
    expect(roveTo('Home', 2, [false, true, true], keys)).toBe(1);
    expect(roveTo('End', 0, [true, true, false], keys)).toBe(1);
    expect(roveTo('a', 0, [true, true], keys)).toBeNull();
    expect(roveTo('ArrowRight', 0, [], keys)).toBeNull();
    expect(roveTo('ArrowRight', 0, [false, false], keys)).toBeNull();
  });
});

describe('instruments', () => {
  it('say a wait in words and show it in short', () => {
    render(SlaRing, { props: { waited: 4 * MINUTE, label: 'Waiting 4 minutes' } });
    expect(screen.getByRole('img', { name: 'Waiting 4 minutes' }).textContent).toBe('4m');
  });

  it('add a sign and a disc where it is late', () => {
    const { container } = render(SlaRing, {
      props: { waited: 6 * MINUTE, label: 'Reply 6 minutes late', tone: 'late' },
    });
    expect(screen.getByRole('img').textContent).toBe('+6m');
    expect(container.querySelectorAll('circle')).toHaveLength(1);
  });

  it.each([
    [17 * HOUR, 'open', '17h 00m'],
    [HOUR, 'soon', '1h 00m'],
    [0, 'closed', 'Closed'],
    [null, 'closed', 'Closed'],
  ])('show a window with %s ms left as %s', (left, state, text) => {
    const { container } = render(WindowChip, {
      props: { left, closed: 'Closed', label: 'Window' },
    });
    const chip = container.querySelector('.win');
    expect(chip?.classList.contains(state)).toBe(true);
    expect(chip?.querySelector('[aria-hidden]:not(svg)')?.textContent).toBe(text);
  });

  it('show no badge where nothing is unread, and no more than 99', async () => {
    const { rerender } = render(UnreadBadge, { props: { count: 0, label: '0 unread' } });
    expect(screen.queryByRole('img')).toBeNull();
    await rerender({ count: 120, label: '120 unread' });
    expect(screen.getByRole('img', { name: '120 unread' }).textContent).toBe('99+');
  });

  it('draw a clock and no tick until a message is sent', () => {
    const path = (state: 'queued' | 'sent' | 'delivered' | 'read') => {
      const { container, unmount } = render(DeliveryMark, { props: { state, label: state } });
      const drawn = container.querySelector('path')?.getAttribute('d');
      unmount();
      return drawn;
    };
    expect(path('queued')).not.toBe(path('sent'));
    expect(path('sent')).not.toBe(path('delivered'));
    expect(path('read')).toBe(path('delivered'));
  });

  it('carry a heading in an empty state', () => {
    render(EmptyState, { props: { title: 'You are up to date' } });
    expect(screen.getByRole('heading', { name: 'You are up to date' })).toBeTruthy();
  });
});

describe('a button', () => {
  it('acts on the first press, however soon it comes and whatever the clock does', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const pressed = vi.fn();
    render(UiButton, { attrs: { onClick: pressed }, slots: { default: 'Keep' } });
    await fireEvent.click(screen.getByRole('button'));
    vi.setSystemTime(Date.now() - 5 * MINUTE);
    await fireEvent.click(screen.getByRole('button'));
    expect(pressed).toHaveBeenCalledTimes(2);
  });

  it('swallows presses while it is busy or locked, and can still be reached', async () => {
    const pressed = vi.fn();
    const { rerender } = render(UiButton, {
      props: { busy: true },
      attrs: { onClick: pressed },
      slots: { default: 'Save' },
    });
    const button = screen.getByRole('button', { name: 'Save' });
    await fireEvent.click(button);
    expect(button.getAttribute('aria-busy')).toBe('true');
    await rerender({ busy: false, locked: true });
    await fireEvent.click(button);
    expect(pressed).not.toHaveBeenCalled();
    await rerender({ busy: false, locked: false });
    await fireEvent.click(button);
    expect(pressed).toHaveBeenCalledTimes(1);
  });
});

describe('a row of tabs', () => {
  const reached: (number | null)[] = [];
  const tabs = (dir: 'ltr' | 'rtl') =>
    render({
      render: () =>
        h(
          'div',
          {
            role: 'tablist',
            style: `direction: ${dir}`,
            onKeydown: (event: KeyboardEvent) => reached.push(moveAlongTabs(event)),
          },
          ['Mine', 'Queue', 'Team'].map((name) => h('button', { role: 'tab' }, name)),
        ),
    });
  const at = () => document.activeElement?.textContent;
  const press = (key: string) => fireEvent.keyDown(document.activeElement!, { key });

  it('goes on from the tab that has the keyboard, round the ends', async () => {
    reached.length = 0;
    tabs('ltr');
    screen.getByRole('tab', { name: 'Mine' }).focus();
    await press('ArrowRight');
    await press('ArrowRight');
    expect(at()).toBe('Team');
    await press('ArrowRight');
    await press('ArrowLeft');
    await press('a');
    expect(at()).toBe('Team');
    expect(reached).toEqual([1, 2, 0, 2, null]);
  });

  it('goes the other way where words run from right to left', async () => {
    tabs('rtl');
    screen.getByRole('tab', { name: 'Mine' }).focus();
    await press('ArrowLeft');
    expect(at()).toBe('Queue');
  });
});

/** A parent that holds the value of a control. */
const holding = <T>(initial: T, control: (value: T, set: (next: T) => void) => VNodeChild) => {
  const value: ShallowRef<T> = shallowRef(initial);
  const parent = defineComponent({
    setup: () => () => control(value.value, (next) => (value.value = next)),
  });
  return { value, parent };
};

describe('one of a few', () => {
  const options = [
    { value: 'reply', label: 'Reply' },
    { value: 'note', label: 'Note' },
    { value: 'shut', label: 'Shut', shut: true },
  ] as const;

  it('is a radio group with one stop, moved by arrows over what is shut', async () => {
    const { value, parent } = holding<string>('note', (chosen, set) =>
      h(UiSegmented, {
        label: 'Who hears you',
        options,
        modelValue: chosen,
        'onUpdate:modelValue': set,
      }),
    );
    render(parent);
    const radios = screen.getAllByRole('radio');
    expect(screen.getByRole('radiogroup', { name: 'Who hears you' })).toBeTruthy();
    expect(radios.map((radio) => radio.getAttribute('tabindex'))).toEqual(['-1', '0', '-1']);
    await fireEvent.keyDown(radios[1]!, { key: 'ArrowRight' });
    expect(value.value).toBe('reply');
    expect(document.activeElement).toBe(radios[0]);
    await fireEvent.click(radios[2]!);
    expect(value.value).toBe('reply');
  });

  it('says which ground it stands on: reply or note', async () => {
    const { value, parent } = holding<'reply' | 'note'>('reply', (chosen, set) =>
      h(HearKey, {
        label: 'Who hears you',
        reply: 'Reply',
        note: 'Note',
        modelValue: chosen,
        'onUpdate:modelValue': set,
      }),
    );
    const { container } = render(parent);
    expect(container.querySelector('.key')).toBeTruthy();
    await fireEvent.click(screen.getByRole('radio', { name: 'Note' }));
    expect(value.value).toBe('note');
    expect(container.querySelector('.noteKey')).toBeTruthy();
  });
});

describe('a checkbox', () => {
  it('is named by its words and turns both ways', async () => {
    const { value, parent } = holding(false, (on, set) =>
      h(UiCheckbox, { modelValue: on, 'onUpdate:modelValue': set }, () => 'Support'),
    );
    render(parent);
    const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Support' });
    await fireEvent.click(box);
    expect([value.value, box.checked]).toEqual([true, true]);
    await fireEvent.click(box);
    expect([value.value, box.checked]).toEqual([false, false]);
  });
});
