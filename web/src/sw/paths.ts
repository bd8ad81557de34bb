/** Paths of the same origin that are not screens: the worker leaves them to the network. */
export const NOT_OF_THE_APP: RegExp[] = [
  /^\/whatsapp\//,
  /^\/api\//,
  /^\/media\//,
  /^\/upload\//,
  /^\/__\//,
];

/** The cache of what a device has opened beside what the worker brings. */
export const OPENED = 'opened';
