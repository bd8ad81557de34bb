import { describe, expect, it } from 'vitest';
import { callbackData, parseCallbackData, recipient } from './outbound.ts';

const phone = { kind: 'phone', value: '15550123456' } as const;
const user = { kind: 'bsuid', value: 'US.13491208655302741918' } as const;

describe('whom a message goes to', () => {
  it('is the phone number with its plus, also where a user id is known', () => {
    expect(recipient([user, phone])).toEqual({
      recipient_type: 'individual',
      to: '+15550123456',
    });
  });

  it('is the user id where no number is known', () => {
    expect(recipient([user])).toEqual({
      recipient_type: 'individual',
      recipient: 'US.13491208655302741918',
    });
    expect(recipient([{ kind: 'parent', value: 'US.ENT.1' }])).toEqual({
      recipient_type: 'individual',
      recipient: 'US.ENT.1',
    });
  });

  it('is the number that became known last: an older one may be somebody else’s by now', () => {
    expect(recipient([phone, { kind: 'phone', value: '351912345408' }])).toMatchObject({
      to: '+351912345408',
    });
  });

  it('is the group before anybody in it', () => {
    expect(recipient([phone, { kind: 'group', value: 'G1' }])).toEqual({
      recipient_type: 'group',
      to: 'G1',
    });
  });

  it('is nobody where nothing known can be sent to', () => {
    expect(recipient([])).toBeNull();
    expect(recipient([{ kind: 'other', value: '1'.repeat(1_000) }])).toBeNull();
  });
});

describe('callback data', () => {
  it('leads back to the entry', () => {
    const data = callbackData('conversation', 'entry');
    expect(parseCallbackData(data)).toEqual({ conversationId: 'conversation', entryId: 'entry' });
  });

  it('stays under Meta’s 512 characters with our longest ids', () => {
    expect(callbackData('c'.repeat(43), 'e'.repeat(128)).length).toBeLessThanOrEqual(512);
  });

  it.each([null, '', 'somebody-else', 'sb1:', 'sb1:a', 'sb1:a/', 'sb1:/b', 'sb1:a/b/c', 'sb2:a/b'])(
    'of others is not ours: %j',
    (value) => {
      expect(parseCallbackData(value)).toBeNull();
    },
  );
});
