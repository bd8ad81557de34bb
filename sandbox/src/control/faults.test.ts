import { describe, expect, it } from 'vitest';
import { takeFault, withFault, withoutFault, type Fault } from './faults.ts';

function fault(changes: Partial<Fault> = {}): Fault {
  return {
    op: 'messages',
    mode: 'error',
    code: 131000,
    httpStatus: null,
    times: null,
    delay: null,
    ...changes,
  };
}

describe('faults', () => {
  it('meet only their own operation', () => {
    const table = withFault({}, fault());
    expect(takeFault(table, 'webhook').fault).toBeNull();
    expect(takeFault(table, 'messages').fault).toEqual(fault());
  });

  it('last until switched off, or as many calls as asked for', () => {
    expect(takeFault(withFault({}, fault()), 'messages').table).toEqual({ messages: fault() });
    const first = takeFault(withFault({}, fault({ times: 2 })), 'messages');
    const second = takeFault(first.table, 'messages');
    expect(second.fault).not.toBeNull();
    expect(takeFault(second.table, 'messages').fault).toBeNull();
  });

  it('end one by one', () => {
    const table = withFault(withFault({}, fault()), fault({ op: 'webhook' }));
    expect(Object.keys(withoutFault(table, 'messages'))).toEqual(['webhook']);
  });
});
