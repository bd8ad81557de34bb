/**
 * The demo workspace's people and their one password. Reached only behind the build flag of the
 * emulators: a test proves that nothing of it is in a production bundle.
 */
export const DEMO_PASSWORD = 'switchboard';

interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly role: 'agent' | 'supervisor' | 'admin';
  /** `all` for those of every team. */
  readonly team: 'support' | 'sales' | 'billing' | 'all';
}

/** Offered at once: one of each role. */
export const FIRST: readonly DemoPerson[] = [
  { id: 'jonas', name: 'Jonas Weber', role: 'agent', team: 'support' },
  { id: 'carmen', name: 'Carmen Ortega', role: 'supervisor', team: 'all' },
  { id: 'ravi', name: 'Ravi Anand', role: 'admin', team: 'all' },
];

/** Behind a link. */
export const OTHERS: readonly DemoPerson[] = [
  { id: 'ana', name: 'Ana Ruiz', role: 'agent', team: 'support' },
  { id: 'marek', name: 'Marek Nowak', role: 'agent', team: 'support' },
  { id: 'nadia', name: 'Nadia Fox', role: 'agent', team: 'support' },
  { id: 'dana', name: 'Dana Kim', role: 'agent', team: 'support' },
  { id: 'tomas', name: 'Tomás Vega', role: 'agent', team: 'sales' },
  { id: 'leila', name: 'Leila Haddad', role: 'agent', team: 'sales' },
  { id: 'omar', name: 'Omar Said', role: 'agent', team: 'sales' },
  { id: 'priya', name: 'Priya Nair', role: 'agent', team: 'billing' },
  { id: 'emil', name: 'Emil Berg', role: 'agent', team: 'billing' },
];

/** The address that a person of the demo signs in with. */
export const emailOf = (person: { readonly id: string }): string => `${person.id}@demo.test`;
