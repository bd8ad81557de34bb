import * as v from 'valibot';
import { REFUSALS, type RefusalCode } from './refusal.ts';

/**
 * A refusal as it comes over the wire. Whether a repeat can help is not read from it: the code says
 * that (`REFUSALS`).
 */
export const refusedSchema = v.object({
  code: v.picklist(Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]]),
});
