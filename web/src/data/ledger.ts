import {
  ledgerAnswerSchema,
  refusal,
  type CallableAnswer,
  type LedgerCommand,
  type Refusal,
} from '@switchboard/domain';
import { call } from './callables.ts';

type Answer<T extends string> = Extract<CallableAnswer<'ledger'>, { code: 'ok'; type: T }>;

/** The ledger as it stood at `at`; hours oldest first, times epoch ms. */
export type LedgerBook = Answer<'read'>;

/** What each command is answered with where it is not refused. */
interface Answers {
  readonly read: LedgerBook;
  readonly open: Answer<'open'>;
  readonly retry: Answer<'changed'>;
  readonly dismiss: Answer<'changed'>;
}

const ANSWERED = {
  read: 'read',
  open: 'open',
  retry: 'changed',
  dismiss: 'changed',
} as const satisfies Record<LedgerCommand['type'], string>;

/**
 * Reads the ledger, or does something about an item that waits for a person. Safe to repeat: an item
 * that does not wait any more stays as it is. No answer in time is the refusal `offline`, an answer to
 * another question `internal`.
 */
export async function ledger<C extends LedgerCommand>(
  command: C,
): Promise<Answers[C['type']] | Refusal> {
  const answer = await call('ledger', command, ledgerAnswerSchema);
  if (answer.code !== 'ok') return refusal(answer.code === 'unanswered' ? 'offline' : answer.code);
  return answer.type === ANSWERED[command.type]
    ? (answer as Answers[C['type']])
    : refusal('internal');
}
