/**
 * Where a failure is put: the send endpoint, every call about media, the download of media alone
 * (which then meets this fault only), or our webhook deliveries.
 */
export type FaultOp = 'messages' | 'media' | 'download' | 'webhook';

/**
 * What goes wrong. On `messages`, `media` and `download`: `error` answers Meta's error, `timeout` never
 * answers and does nothing, `timeout-after-accept` does everything and never answers, `slow`
 * answers late, `fail-later` accepts and reports `failed` by webhook. On `webhook`: `error` and
 * `timeout` lose the delivery on its way, `timeout-after-accept` delivers and loses the answer,
 * `slow` delivers late; all but `slow` are followed by Meta's redelivery of the whole POST.
 */
export type FaultMode = 'error' | 'timeout' | 'timeout-after-accept' | 'slow' | 'fail-later';

/** `times` null means until switched off; `delay` in milliseconds is for `slow` and hangs. */
export interface Fault {
  op: FaultOp;
  mode: FaultMode;
  code: number;
  httpStatus: number | null;
  times: number | null;
  delay: number | null;
}

/** Faults in force, at most one per operation. */
export type FaultTable = Partial<Record<FaultOp, Fault>>;

/** Puts a fault in force in place of the operation's former one. */
export function withFault(table: FaultTable, fault: Fault): FaultTable {
  return { ...table, [fault.op]: fault };
}

/** Ends the operation's fault. */
export function withoutFault(table: FaultTable, op: FaultOp): FaultTable {
  return Object.fromEntries(Object.entries(table).filter(([key]) => key !== op));
}

/** The fault that the next call of `op` meets, and the table after it has been used once. */
export function takeFault(
  table: FaultTable,
  op: FaultOp,
): { fault: Fault | null; table: FaultTable } {
  const fault = table[op];
  if (fault === undefined) return { fault: null, table };
  if (fault.times === null) return { fault, table };
  if (fault.times <= 1) return { fault, table: withoutFault(table, op) };
  return { fault, table: withFault(table, { ...fault, times: fault.times - 1 }) };
}
