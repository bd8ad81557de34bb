import type { CallableName } from '@switchboard/domain';
import { alerts } from './alerts/alerts.ts';
import { channel } from './channel/channel.ts';
import { command } from './command/command.ts';
import { ledger } from './ledger/ledger.ts';
import { media } from './media/access.ts';
import { people } from './people/people.ts';
import { receipt } from './receipts/receipt.ts';
import { schedule } from './schedule/schedule.ts';
import type { Callable } from './platform/callable.ts';

/** The job of each callable. */
export const JOBS: { readonly [N in CallableName]: Callable<N> } = {
  command,
  people,
  media,
  ledger,
  alerts,
  channel,
  receipt,
  schedule,
};
