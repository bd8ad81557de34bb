/** Puts the focus where a person left the list: on the row, or on the list's heading where the row is gone. */
export function focusList(conversationId: string): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[href]')];
  const row = links.find((link) => link.pathname.endsWith(`/${conversationId}`));
  if (row) return row.focus();
  const heading = document.querySelector<HTMLElement>('h1');
  heading?.setAttribute('tabindex', '-1');
  heading?.focus();
}
