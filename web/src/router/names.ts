/** Names of the routes. */
export const ROUTES = {
  signIn: 'signIn',
  inbox: 'inbox',
  conversation: 'conversation',
  people: 'people',
  ledger: 'ledger',
  alerts: 'alerts',
} as const;
