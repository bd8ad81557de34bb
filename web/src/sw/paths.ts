/** Paths of the same origin that are not screens: the worker leaves them to the network. */
export const NOT_OF_THE_APP: RegExp[] = [
  /^\/whatsapp\//,
  /^\/api\//,
  /^\/media\//,
  /^\/upload\//,
  /^\/__\//,
];
