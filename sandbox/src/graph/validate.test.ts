import { describe, expect, it } from 'vitest';
import { dialledNumber, judgeRequest } from './validate.ts';

const base = { messaging_product: 'whatsapp', to: '+15550123456' };

function refusalOf(body: unknown): { code: number; message: string; details?: string } | null {
  const judged = judgeRequest(body);
  return judged.ok ? null : judged.error;
}

describe('what Meta refuses before acceptance', () => {
  it('a body without the product, or without any JSON, is code 100 and names the parameter', () => {
    const error = { code: 100, message: '(#100) The parameter messaging_product is required.' };
    expect(refusalOf({ to: '+1' })).toMatchObject(error);
    expect(refusalOf(null)).toMatchObject(error);
    expect(refusalOf(['x'])).toMatchObject(error);
  });

  it('another product is code 100', () => {
    expect(refusalOf({ ...base, messaging_product: 'sms' })).toMatchObject({
      code: 100,
      message: '(#100) Param messaging_product must be one of {WHATSAPP} - got "sms".',
    });
  });

  it('a message to nobody is code 100', () => {
    expect(refusalOf({ messaging_product: 'whatsapp', type: 'text' })).toMatchObject({
      code: 100,
      message: '(#100) The parameter to is required.',
    });
  });

  it.each(['', 'abc', '+1234', '+1234567890123456', { a: 1 }])(
    'a malformed number %j is code 131009',
    (to) => {
      expect(refusalOf({ ...base, to, text: { body: 'hi' } })).toMatchObject({ code: 131009 });
    },
  );

  it('an unknown type is code 100 and lists what there is', () => {
    const error = refusalOf({ ...base, type: 'poll' });
    expect(error).toMatchObject({ code: 100 });
    expect(error?.message).toContain('TEMPLATE');
  });

  it('a text of 4096 characters passes, one more is code 100', () => {
    expect(refusalOf({ ...base, type: 'text', text: { body: 'x'.repeat(4096) } })).toBeNull();
    expect(refusalOf({ ...base, type: 'text', text: { body: 'x'.repeat(4097) } })).toMatchObject({
      code: 100,
      message: "(#100) Param text['body'] must be at most 4096 characters long.",
    });
  });

  it.each([
    ['text', {}, 100],
    ['image', {}, 131008],
    ['image', { link: 'ftp://x' }, 131009],
    ['audio', { id: '1', caption: 'no' }, 131009],
    ['document', { id: '1', caption: 'x'.repeat(1025) }, 100],
    ['location', { latitude: 1 }, 131008],
    ['location', { latitude: 91, longitude: 0 }, 131009],
    ['reaction', { emoji: '👍' }, 131008],
    ['reaction', { message_id: 'wamid.x' }, 131008],
    ['template', { language: { code: 'en' } }, 131008],
    ['template', { name: 'hello' }, 131008],
    ['interactive', { body: { text: 'x' } }, 131008],
    ['interactive', { type: 'button', body: { text: 'x' }, action: { buttons: [] } }, 131009],
    ['contacts', [], 131008],
    ['contacts', [{ name: {} }], 131008],
    ['contacts', [{ name: { formatted_name: 'Ana' } }], 131009],
    ['contacts', [{ name: { formatted_name: 'Ana', first_name: 'Ana' }, phones: [{}] }], 131008],
    ['contacts', [{ name: { formatted_name: 'A', first_name: 'A' }, birthday: '1 May' }], 131009],
    ['text', { body: 'hi', preview_url: 'yes' }, 100],
    ['image', { id: '1', filename: 'a.jpg' }, 131009],
    ['audio', { id: '1', voice: 'yes' }, 100],
    ['location', { latitude: 1, longitude: 1, name: 'x'.repeat(1001) }, 131009],
    ['reaction', { message_id: 'wamid.x', emoji: 'yes' }, 131009],
  ])('%s with %j is code %i', (type, content, code) => {
    expect(refusalOf({ ...base, type, [type]: content })).toMatchObject({ code });
  });

  it('a button title of 21 characters is code 131009', () => {
    const reply = { id: 'a', title: 'x'.repeat(21) };
    const action = { buttons: [{ type: 'reply', reply }] };
    const interactive = { type: 'button', body: { text: 'Which?' }, action };
    expect(refusalOf({ ...base, type: 'interactive', interactive })).toMatchObject({
      code: 131009,
      details: 'Button title length invalid. Min length: 1, Max length: 20',
    });
  });

  it('an eleventh row in a list is code 131009', () => {
    const rows = Array.from({ length: 11 }, (_, n) => ({ id: String(n), title: `Row ${n}` }));
    const action = { button: 'Choose', sections: [{ rows }] };
    const interactive = { type: 'list', body: { text: 'Which?' }, action };
    expect(refusalOf({ ...base, type: 'interactive', interactive })).toMatchObject({
      code: 131009,
    });
  });

  it('callback data of 513 characters is code 100', () => {
    const body = { ...base, text: { body: 'hi' }, biz_opaque_callback_data: 'x'.repeat(513) };
    expect(refusalOf(body)).toMatchObject({ code: 100 });
  });
});

describe('what Meta accepts', () => {
  it('text is the type where none is named', () => {
    expect(judgeRequest({ ...base, text: { body: 'hi' } })).toMatchObject({
      ok: true,
      request: { kind: 'send', type: 'text', recipient: { kind: 'phone', input: '+15550123456' } },
    });
  });

  it('a business-scoped user id is a recipient, and a phone number beside it wins', () => {
    const { to, ...bare } = { ...base, text: { body: 'hi' } };
    const recipient = 'US.13491208655302741918';
    expect(judgeRequest({ ...bare, recipient })).toMatchObject({
      request: { recipient: { kind: 'userId', input: recipient } },
    });
    expect(judgeRequest({ ...bare, to, recipient })).toMatchObject({
      request: { recipient: { kind: 'phone', input: to } },
    });
  });

  it('a read receipt needs a message id and may carry the typing indicator', () => {
    const read = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.x' };
    expect(judgeRequest(read)).toMatchObject({ request: { kind: 'read', typing: false } });
    expect(judgeRequest({ ...read, typing_indicator: { type: 'text' } })).toMatchObject({
      request: { kind: 'read', typing: true },
    });
    expect(refusalOf({ ...read, typing_indicator: {} })).toMatchObject({ code: 131009 });
    expect(refusalOf({ messaging_product: 'whatsapp', status: 'read' })).toMatchObject({
      code: 100,
      message: '(#100) The parameter message_id is required.',
    });
    expect(refusalOf({ ...read, status: 'delivered' })).toMatchObject({ code: 100 });
  });
});

describe('dialling', () => {
  const knowsNobody = (): boolean => false;

  it('a plus sign says that the number is whole', () => {
    expect(dialledNumber('+351 912 000 001', '1', knowsNobody)).toBe('351912000001');
  });

  it('without a plus sign the calling code of the business is put before', () => {
    expect(dialledNumber('5550123456', '1', knowsNobody)).toBe('15550123456');
    expect(dialledNumber('15550123456', '1', knowsNobody)).toBe('115550123456');
  });

  it('without a plus sign a known customer is meant as written', () => {
    expect(dialledNumber('15550123456', '1', () => true)).toBe('15550123456');
  });
});
