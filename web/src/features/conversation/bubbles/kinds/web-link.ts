/** An address of somebody else's as one that may be followed: `http` or `https`; `null` for any other. */
export function webLink(value: string | undefined): URL | null {
  const url = URL.canParse(value ?? '') ? new URL(value ?? '') : null;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : null;
}
