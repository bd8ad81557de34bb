import {
  doneSchema,
  refusal,
  type ChannelCommand,
  type Refusal,
  type ReceiptMoment,
  type ScheduleCommand,
} from '@switchboard/domain';
import { call } from './callables.ts';

/** Done, or why not. */
export type Done = { readonly code: 'ok' } | Refusal;

const done = async (
  name: 'channel' | 'receipt' | 'schedule',
  input: Parameters<typeof call>[1],
): Promise<Done> => {
  const { code } = await call(name, input, doneSchema);
  return code === 'ok' ? { code } : refusal(code === 'unanswered' ? 'offline' : code);
};

/** Changes how a number behaves toward customers, or has its templates brought. Safe to repeat. */
export const setNumber = (input: ChannelCommand): Promise<Done> => done('channel', input);

/** Says that the holder has opened a conversation, or is writing; the number's policy decides the rest. */
export const tellRead = (
  conversationId: string,
  moment: Exclude<ReceiptMoment, 'replied'>,
): Promise<Done> => done('receipt', { conversationId, moment });

/** Plans a message for later, changes one, or cancels it. Safe to repeat. */
export const schedule = (input: ScheduleCommand): Promise<Done> => done('schedule', input);
