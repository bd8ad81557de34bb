/** Who works at Kestrel Appliances, and the number it answers under. */
import {
  agentPath,
  channelPath,
  claimsFor,
  create,
  STANDARD_THROUGHPUT,
  teamPath,
  workspacePath,
  type Agent,
  type Channel,
  type Role,
  type Workspace,
  type Write,
} from '@switchboard/domain';
import { DEMO_NUMBER } from '@switchboard/sandbox';

/** Every demo account has this one. */
export const PASSWORD = 'switchboard';

export const TEAMS = { sales: 'Sales', support: 'Support', billing: 'Billing' } as const;
export type TeamId = keyof typeof TEAMS;

const PEOPLE = {
  ana: ['Ana Ruiz', 'support'],
  jonas: ['Jonas Weber', 'support'],
  marek: ['Marek Nowak', 'support'],
  nadia: ['Nadia Fox', 'support'],
  dana: ['Dana Kim', 'support'],
  tomas: ['Tomás Vega', 'sales'],
  leila: ['Leila Haddad', 'sales'],
  omar: ['Omar Said', 'sales'],
  priya: ['Priya Nair', 'billing'],
  emil: ['Emil Berg', 'billing'],
  carmen: ['Carmen Ortega', 'supervisor'],
  ravi: ['Ravi Anand', 'admin'],
} as const satisfies Record<string, readonly [name: string, place: TeamId | Role]>;

/** A colleague: the part of the address before the @. */
export type Uid = keyof typeof PEOPLE;

/** The colleagues who answer customers. */
export type AgentUid = Exclude<Uid, 'carmen' | 'ravi'>;

/** The team that an agent works in. */
export const teamOf = (uid: AgentUid): TeamId => PEOPLE[uid][1];

/** A workspace that nobody has set up. */
export const UNNAMED: Workspace = { schemaVersion: 1, name: '', agentsReadAll: false };

/** The shop's settings. */
export const KESTREL: Workspace = { ...UNNAMED, name: 'Kestrel Appliances' };

const CHANNEL: Channel = {
  schemaVersion: 1,
  name: DEMO_NUMBER.name,
  displayPhoneNumber: '+1 555 010 0100',
  wabaId: DEMO_NUMBER.wabaId,
  portfolioId: '300000000000001',
  appId: null,
  defaultTeamId: 'support',
  health: 'connected',
  troubles: [],
  throughput: STANDARD_THROUGHPUT,
  namesAgents: false,
  receipts: 'reply',
  quality: null,
  messagingLimit: null,
  templatesAt: null,
};

/** A colleague's document, with the claims that follow from it in force. */
export function agentOf(uid: Uid): Agent {
  const [name, place] = PEOPLE[uid];
  const leads = place === 'supervisor' || place === 'admin';
  const agent = {
    schemaVersion: 1,
    name,
    email: `${uid}@demo.test`,
    role: leads ? place : 'agent',
    teams: leads ? [] : [place],
    allTeams: place === 'supervisor',
    active: true,
  } as const satisfies Partial<Agent>;
  return { ...agent, teams: [...agent.teams], claimsVersion: 1, claims: claimsFor(agent, KESTREL) };
}

export const UIDS = Object.keys(PEOPLE) as readonly Uid[];

/** What is there before the first customer writes: teams, number, colleagues. */
export const officeWrites = (): readonly Write[] => [
  ...Object.entries(TEAMS).map(([id, name]) => create(teamPath(id), { schemaVersion: 1, name })),
  create(channelPath(DEMO_NUMBER.phoneNumberId), CHANNEL),
  ...colleagueWrites(UIDS),
];

export const colleagueWrites = (uids: readonly Uid[]): readonly Write[] =>
  uids.map((uid) => create(agentPath(uid), agentOf(uid)));

/** The settings; written last, since their presence says that the rest is there. */
export const settingsWrite = (settings: Workspace): Write => create(workspacePath(), settings);
