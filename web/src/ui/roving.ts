/**
 * Where the arrow keys lead in a list of choices: the next index that is not shut, round the ends;
 * `null` for every other key. `back` and `on` name the keys, so that right-to-left can swap them.
 */
export function roveTo(
  key: string,
  from: number,
  open: readonly boolean[],
  keys: { readonly back: readonly string[]; readonly on: readonly string[] },
): number | null {
  const count = open.length;
  const seek = (start: number, step: 1 | -1): number | null => {
    for (
      let i = 0, at = (start + count) % count;
      i < count;
      i += 1, at = (at + step + count) % count
    ) {
      if (open[at]) return at;
    }
    return null;
  };
  if (count === 0) return null;
  if (keys.on.includes(key)) return seek(from + 1, 1);
  if (keys.back.includes(key)) return seek(from - 1, -1);
  if (key === 'Home') return seek(0, 1);
  if (key === 'End') return seek(count - 1, -1);
  return null;
}

/**
 * Moves the keyboard along a row of tabs, heard at their list: answers the place of the tab that it
 * came to, `null` where the key leads nowhere. It goes on from where the keyboard is: what a tab opens
 * comes some frames later.
 */
export function moveAlongTabs(event: KeyboardEvent): number | null {
  const bar = event.currentTarget as HTMLElement;
  const tabs = [...bar.querySelectorAll<HTMLElement>('[role=tab]')];
  const keys = ['ArrowLeft', 'ArrowRight'];
  const [back = '', on = ''] = getComputedStyle(bar).direction === 'rtl' ? keys.reverse() : keys;
  const to = roveTo(
    event.key,
    tabs.indexOf(event.target as HTMLElement),
    tabs.map(() => true),
    { back: [back], on: [on] },
  );
  if (to === null) return null;
  event.preventDefault();
  tabs[to]?.focus();
  return to;
}
