import { GROUP_UPDATES, readContent } from '@switchboard/domain';
import { anInbound, NOW } from '@switchboard/domain/testing';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Component } from 'vue';
import { chooseLanguage } from '../../../../i18n/index.ts';
import type { MessageEntry } from '../../model/rows.ts';
import { inThread } from '../../testing/in-thread.ts';
import { resetWorld } from '../../testing/world.ts';
import { EarlierVersions, ForwardedMark, kindBubble, MessageHead, RemarkLine } from './index.ts';
import { saveFile } from './save-file.ts';

vi.mock('../../../../data/people.ts', async () =>
  (await import('../../testing/world.ts')).testPeople(),
);
vi.mock('./save-file.ts', () => ({ saveFile: vi.fn() }));

beforeAll(() => chooseLanguage('en'));
afterEach(cleanup);
beforeEach(resetWorld);

const entryOf = (type: string, item: object): MessageEntry => {
  const { text: _, ...bare } = anInbound({ type, at: NOW });
  return { ...bare, ...readContent(type, { type, ...item }), id: 'a' };
};
const draw = (component: Component, props: Record<string, unknown>) =>
  render(inThread(component, () => props)).container;
/** What a bubble says, with a space between its elements. */
const says = (node: Node): string =>
  node.childNodes.length === 0
    ? (node.textContent ?? '').replace(/\s+/g, ' ').trim()
    : [...node.childNodes]
        .filter(({ nodeType }) => nodeType !== Node.COMMENT_NODE)
        .map(says)
        .filter((text) => text !== '')
        .join(' ');
const shown = (type: string, body: unknown, item: object = {}) =>
  draw(kindBubble(type), { entry: entryOf(type, { [type]: body, ...item }) });
const interactive = (kind: string, reply: object) =>
  says(shown('interactive', { type: kind, [kind]: reply }));

describe('a location', () => {
  it('says where it is, and links a map and its page without loading them', () => {
    const container = shown('location', {
      latitude: 37.44221496582,
      longitude: -122.16165924072,
      name: 'Philz Coffee',
      address: '101 Forest Ave',
      url: 'https://philzcoffee.com/',
    });
    expect(says(container)).toBe(
      'Location Philz Coffee 101 Forest Ave 37.44221, -122.16166 Open in a map philzcoffee.com',
    );
    const map = screen.getByRole('link', { name: 'Open in a map' });
    expect(map.getAttribute('href')).toBe(
      'https://www.openstreetmap.org/?mlat=37.44221&mlon=-122.16166#map=17/37.44221/-122.16166',
    );
    expect(map.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(container.querySelector('img, iframe')).toBeNull();
  });

  it('links neither a point that no map has nor an address that runs', () => {
    shown('location', { latitude: -233, longitude: 40, url: 'javascript:alert(1)' });
    expect(screen.getByText('-233.00000, 40.00000')).toBeDefined();
    expect(screen.queryByRole('link')).toBeNull();
  });
});

describe('shared contacts', () => {
  const contacts = (...cards: object[]) =>
    draw(kindBubble('contacts'), { entry: entryOf('contacts', { contacts: cards }) });
  const ana = {
    name: { formatted_name: 'Ana Ruiz' },
    org: { company: 'Kestrel', title: 'Fitter' },
    phones: [{ phone: '+34 600 111 222', type: 'CELL' }],
    emails: [{ email: 'ana@kestrel.example' }],
    urls: [{ url: 'https://kestrel.example' }, { url: 'data:text/html,x' }],
    addresses: [{ street: 'Calle 1', city: 'Vigo' }],
  };

  it('show who it is and how to reach them, each with a button that copies it', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
    const container = contacts(ana);
    expect(says(container)).toBe(
      'Contact card Ana Ruiz Fitter · Kestrel +34 600 111 222 ana@kestrel.example Calle 1, Vigo kestrel.example Save as contact',
    );
    await fireEvent.click(screen.getByRole('button', { name: 'Copy +34 600 111 222' }));
    expect(writeText).toHaveBeenCalledWith('+34 600 111 222');
    vi.unstubAllGlobals();
  });

  it('are saved one by one', async () => {
    contacts(ana, { phones: [{ phone: '+1 555' }] });
    const [, second] = screen.getAllByRole('listitem');
    await fireEvent.click(within(second!).getByRole('button', { name: 'Save as contact' }));
    expect(saveFile).toHaveBeenCalledWith(
      '+1 555.vcf',
      'text/vcard',
      expect.stringContaining('FN:+1 555'),
    );
  });

  it('say where it is the customer’s own number, and are not blank without anything', () => {
    expect(says(contacts({ origin: 'contact_request', phones: [{ phone: '+1' }] }))).toContain(
      'Their own number, as you asked for it',
    );
    cleanup();
    expect(says(contacts({}))).toBe('Contact card No name Save as contact');
  });
});

describe('an answer', () => {
  it('is what was chosen, with its description', () => {
    const reply = { id: 'p', title: 'Priority', description: 'Next day' };
    expect(interactive('list_reply', reply)).toMatch(/^Answer .*Next day/);
    expect(interactive('list_reply', reply)).toContain('Priority');
    cleanup();
    expect(says(shown('button', { text: 'No', payload: 'p' }))).toBe('Choice No');
  });

  it('of a form is a list of what was entered', () => {
    const container = shown('interactive', {
      type: 'nfm_reply',
      nfm_reply: {
        name: 'flow',
        body: 'Sent',
        response_json: '{"flow_token":"T","rating":4,"days":["Mon","Tue"]}',
      },
    });
    expect(says(container)).toBe('Form filled in rating 4 days Mon, Tue Sent');
    expect(container.querySelectorAll('dt')).toHaveLength(2);
  });

  it('of a form that can’t be read is its text', () => {
    const reply = { name: 'flow', body: 'Sent', response_json: '{"broken":' };
    expect(interactive('nfm_reply', reply)).toBe('Form filled in {"broken": Sent');
  });

  it('with an address is called that', () => {
    const reply = { name: 'address_message', response_json: '{"values":{"city":"Pune"}}' };
    expect(interactive('nfm_reply', reply)).toBe('Address city Pune');
  });

  it('about calls says whether they are allowed, and for how long', () => {
    const until = { response: 'accept', expiration_timestamp: NOW / 1000 };
    expect(interactive('call_permission_reply', until)).toMatch(/You may call until .*\d\./);
    expect(interactive('call_permission_reply', { response: 'accept' })).toContain('You may call.');
    expect(interactive('call_permission_reply', { response: 'reject' })).toContain(
      'Does not want to be called.',
    );
  });

  it('of a kind that nobody knows is called by WhatsApp’s word', () => {
    expect(interactive('payment_method', {})).toBe('Answer · payment_method · not shown yet');
  });
});

describe('an order', () => {
  it('says what, how many, for how much, and what it comes to', () => {
    const container = shown('order', {
      text: 'Love these',
      product_items: [
        { product_retailer_id: 'di9', quantity: 2, item_price: 30, currency: 'USD' },
        { product_retailer_id: 'nq4', quantity: '1', item_price: '25.5', currency: 'USD' },
      ],
    });
    expect(says(container)).toBe(
      'Order · 2 items 2 × di9 $60.00 1 × nq4 $25.50 Total $85.50 Love these',
    );
  });

  it('without anything says so', () => {
    expect(says(shown('order', { product_items: [] }))).toBe('Order · no items');
  });
});

describe('what WhatsApp does not hand over', () => {
  const errors = [{ code: 131051, title: 'Message type unknown' }];

  it('says what it was and what helps', () => {
    expect(says(shown('unsupported', { type: 'poll_creation' }, { errors }))).toBe(
      'Message that WhatsApp does not hand over A poll, or a vote in one Ask Marta Oliveira to write the answer as a message. Code 131051 · Message type unknown',
    );
  });

  it('is called by WhatsApp’s word where nobody knows it, and by none in the older form', () => {
    expect(says(shown('unsupported', { type: 'aura' }))).toBe(
      'Message that WhatsApp does not hand over · aura Ask Marta Oliveira to send it another way.',
    );
    cleanup();
    expect(says(shown('unknown', undefined, { errors }))).toContain('send it another way');
  });

  it('may come if it is sent again', () => {
    expect(says(shown('unsupported', undefined, { errors: [{ code: 131060 }] }))).toContain(
      'Ask Marta Oliveira to send it again. Code 131060',
    );
  });
});

describe('a notice', () => {
  const notice = (type: string) =>
    says(shown('system', { type, body: 'User A changed from 15550123456 to 15550123457' }));

  it('is a sentence of ours, without the numbers that WhatsApp puts into its own', () => {
    for (const type of ['user_changed_number', 'customer_changed_number'])
      expect(notice(type)).toMatch(/^Marta Oliveira has a new number\. \d/);
    expect(notice('user_changed_user_id')).toContain('a new user id');
    expect(notice('customer_identity_changed')).toContain('security code of Marta Oliveira');
  });

  it('of a kind that nobody knows says where it is from, and no numbers', () => {
    expect(notice('constructor')).toMatch(/^Notice from WhatsApp \d\d:\d\d$/);
    expect(says(shown('request_welcome', undefined))).toMatch(
      /^Marta Oliveira opened the conversation/,
    );
  });
});

describe('a call', () => {
  const call = (content: object) =>
    says(draw(kindBubble('call'), { entry: { ...entryOf('call', {}), content } }));

  it('that was missed says by whom, and what may be done', () => {
    expect(call({ kind: 'missed' })).toMatch(/^Missed call from Marta Oliveira\. Free replies/);
  });

  it('that was taken says how long it was', () => {
    expect(call({ kind: 'taken', seconds: 120 })).toMatch(/took 2 minutes\./);
  });
});

describe('news about a group', () => {
  const news = (content: object) =>
    says(draw(kindBubble('group_update'), { entry: { ...entryOf('group_update', {}), content } }));

  it.each(GROUP_UPDATES)('has a sentence in every language: %s', async (kind) => {
    for (const language of ['es', 'pt', 'en'] as const) {
      await chooseLanguage(language);
      expect(news({ kind, who: ['+1 5550 ••• 456'] })).not.toMatch(/conversation\.kinds|^\d/);
    }
  });

  it('names who came by masked numbers', () => {
    expect(news({ kind: 'joined', who: ['+1 5550 ••• 456', '+1 5550 ••• 457'] })).toMatch(
      /^New in the group: \+1 5550 ••• 456, \+1 5550 ••• 457 /,
    );
  });

  it('that nobody knows says that something changed', () => {
    expect(news({ kind: 'constructor' })).toMatch(/^Something about the group was changed\./);
  });
});

describe('beside a message', () => {
  const entry = entryOf('text', { text: { body: 'Hi' } });
  const remark = (over: object) => says(draw(RemarkLine, { entry: { ...entry, ...over } }));
  const mark = (forwarded: string) =>
    says(draw(ForwardedMark, { entry: { ...entry, context: { forwarded } } }));

  it('stands why it is not where it happened, or who answers', () => {
    expect(remark({ late: true, receivedAt: NOW })).toMatch(/^Arrived late, at \d/);
    expect(remark({ origin: 'history' })).toBe('From the time before Switchboard');
    expect(remark({ origin: 'standby' })).toBe('While another service answers');
  });

  it('stands that it was forwarded', () => {
    expect([mark('once'), mark('often')]).toEqual(['Forwarded', 'Forwarded many times']);
  });
});

describe('above a message', () => {
  const head = (item: object, type = 'text') =>
    says(draw(MessageHead, { entry: entryOf(type, { text: { body: 'Hi' }, ...item }) }));

  it('stands the advertisement that it came from', () => {
    const referral = {
      source_type: 'ad',
      headline: 'Chat with us',
      body: 'Fridges are here',
      source_url: 'https://fb.me/x',
    };
    expect(head({ referral })).toBe(
      'Came from an advertisement Chat with us Fridges are here fb.me',
    );
    expect(head({ referral: { source_type: 'post' } })).toBe('Came from a post');
    expect(head({ referral: { source_type: 'ad or post', source_url: 'AD_URL' } })).toBe(
      'Came from an advertisement or a post',
    );
  });

  it('stands the product that it asks about', () => {
    expect(head({ context: { referred_product: { product_retailer_id: 'di9' } } })).toBe(
      'Asks about the product di9',
    );
  });

  it('stands what WhatsApp reports about it, unless the bubble says so itself', () => {
    const errors = [{ code: 131052, title: 'Media download error' }];
    expect(head({ image: { id: 'M' }, errors }, 'image')).toBe(
      'Code 131052 · Media download error',
    );
    expect(head({ errors }, 'unsupported')).toBe('');
  });
});

describe('a changed message', () => {
  const before = [{ ...anInbound({ text: 'At tne' }), id: 'a' }];
  const changed = (type: string) =>
    draw(EarlierVersions, { entry: { ...anInbound({ type }), id: 'a' }, before });

  it('says that it was edited and, on request, what it said before', async () => {
    const container = changed('text');
    expect(says(container)).toBe('Edited Show what it said before');
    const button = screen.getByRole('button', { expanded: false });
    await fireEvent.click(button);
    expect(within(screen.getByRole('list')).getByText('At tne')).toBeDefined();
    expect(button.getAttribute('aria-expanded')).toBe('true');
    await fireEvent.click(button);
    expect(screen.queryByText('At tne')).toBeNull();
  });

  it('that was deleted says so itself', () => {
    expect(says(changed('revoke'))).toBe('Show what it said before');
    cleanup();
    const { text: _, ...bare } = anInbound({ type: 'revoke' });
    expect(says(draw(kindBubble('revoke'), { entry: { ...bare, id: 'a' } }))).toBe(
      'This message was deleted',
    );
    cleanup();
    expect(says(shown('revoke', { original_message_id: 'wamid.A' }))).toBe('Deleted a message');
  });
});
