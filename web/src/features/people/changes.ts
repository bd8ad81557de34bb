import type { PeopleCommand, Role } from '@switchboard/domain';

/** What an admin may change of a colleague, as it is or as it shall be. */
export interface Duties {
  readonly role: Role;
  readonly teams: readonly string[];
  readonly allTeams: boolean;
}

const sameTeams = (a: Duties, b: Duties): boolean =>
  a.allTeams === b.allTeams && [...a.teams].sort().join() === [...b.teams].sort().join();

/** "All teams" is a supervisor's: with another role it is not kept. */
const settled = (duties: Duties): Duties => ({
  ...duties,
  allTeams: duties.role === 'supervisor' && duties.allTeams,
});

/** The commands that lead from one to the other, in the order in which they are sent; none where nothing changes. */
export function changesBetween(uid: string, from: Duties, to: Duties): readonly PeopleCommand[] {
  const wanted = settled(to);
  const commands: PeopleCommand[] = [];
  if (wanted.role !== from.role) commands.push({ type: 'setRole', uid, role: wanted.role });
  if (!sameTeams(from, wanted)) {
    const { allTeams } = wanted;
    commands.push({ type: 'setTeams', uid, teams: [...wanted.teams].sort(), allTeams });
  }
  return commands;
}
