import { describe, expect, it } from 'vitest';
import { replyProblems, type JudgedReply, type Problem } from './reply.ts';

const none: readonly Problem[] = [];
const long = (length: number): string => 'x'.repeat(length);
const button = (title: string, id = title) => ({ id, title });
const choices = (...buttons: readonly unknown[]): JudgedReply => ({
  type: 'interactive',
  text: 'Which day suits you?',
  content: { kind: 'button', buttons },
});
const list = (sections: readonly unknown[], over: object = {}): JudgedReply => ({
  type: 'interactive',
  text: 'Which day suits you?',
  content: { kind: 'list', button: 'Days', sections, ...over },
});
const rows = (count: number, prefix = 'r') =>
  Array.from({ length: count }, (_, n) => ({ id: `${prefix}${n}`, title: `Day ${n}` }));

/** What leaves, beside the same with one thing too much. Limits as in Meta's pages of the types. */
const CASES: readonly (readonly [
  name: string,
  good: JudgedReply,
  bad: JudgedReply,
  problem: Partial<Problem>,
])[] = [
  [
    'a text of 4,096 characters',
    { type: 'text', text: long(4096) },
    { type: 'text', text: long(4097) },
    { field: 'text', problem: 'too-long', limit: 4096 },
  ],
  [
    'a text with something to see',
    { type: 'text', text: ' x ' },
    { type: 'text', text: ' \n ' },
    { field: 'text', problem: 'missing' },
  ],
  [
    'a caption of 1,024 characters',
    { type: 'image', text: long(1024) },
    { type: 'image', text: long(1025) },
    { field: 'text', problem: 'too-long', limit: 1024 },
  ],
  [
    'a sound, which has no caption',
    { type: 'audio', content: { voice: true } },
    { type: 'audio', text: 'Listen', content: { voice: true } },
    { field: 'text', problem: 'too-long', limit: 0 },
  ],
  [
    'a place on earth',
    { type: 'location', content: { latitude: -90, longitude: 180 } },
    { type: 'location', content: { latitude: -90.1, longitude: 180 } },
    { field: 'latitude', problem: 'out-of-range' },
  ],
  [
    'a card with a name',
    { type: 'contacts', content: { cards: [{ name: 'Anna' }] } },
    { type: 'contacts', content: { cards: [{ name: ' ' }] } },
    { field: 'cards.0.name', problem: 'missing' },
  ],
  [
    'at least one card',
    { type: 'contacts', content: { cards: [{ name: 'Anna' }] } },
    { type: 'contacts', content: { cards: [] } },
    { field: 'cards', problem: 'missing' },
  ],
  [
    'a reaction, also one taken back',
    { type: 'reaction', content: { emoji: '' } },
    { type: 'reaction', content: {} },
    { field: 'emoji', problem: 'missing' },
  ],
  [
    'three buttons',
    choices(button('Mon'), button('Tue'), button('Wed')),
    choices(button('Mon'), button('Tue'), button('Wed'), button('Thu')),
    { field: 'buttons', problem: 'too-many', limit: 3 },
  ],
  [
    'a button of 20 characters',
    choices(button(long(20))),
    choices(button(long(21))),
    { field: 'buttons.0.title', problem: 'too-long', limit: 20 },
  ],
  [
    'buttons that differ',
    choices(button('Mon'), button('Tue')),
    choices(button('Mon', 'a'), button('Mon ', 'b')),
    { field: 'buttons', problem: 'not-unique' },
  ],
  [
    'ten rows in all',
    list([
      { title: 'A', rows: rows(5, 'a') },
      { title: 'B', rows: rows(5, 'b') },
    ]),
    list([
      { title: 'A', rows: rows(5, 'a') },
      { title: 'B', rows: rows(6, 'b') },
    ]),
    { field: 'sections', problem: 'too-many' },
  ],
  [
    'sections with titles where there are several',
    list([{ rows: rows(1) }]),
    list([{ rows: rows(1, 'a') }, { title: 'B', rows: rows(1, 'b') }]),
    { field: 'sections', problem: 'missing' },
  ],
  [
    'a row of 24 characters',
    list([{ rows: [{ id: 'a', title: long(24) }] }]),
    list([{ rows: [{ id: 'a', title: long(25) }] }]),
    { field: 'sections.0.rows.0.title', problem: 'too-long', limit: 24 },
  ],
  [
    'a list under 4,096 characters',
    { ...list([{ rows: rows(1) }]), text: long(4096) },
    { ...choices(button('Mon')), text: long(1025) },
    { field: 'text', problem: 'too-long', limit: 1024 },
  ],
  [
    'a link to somewhere',
    {
      type: 'interactive',
      text: 'Pay',
      content: { kind: 'cta_url', label: 'Pay', url: 'https://kestrel.test/pay' },
    },
    {
      type: 'interactive',
      text: 'Pay',
      content: { kind: 'cta_url', label: 'Pay', url: 'javascript:alert(1)' },
    },
    { field: 'url', problem: 'not-a-link' },
  ],
  [
    'a template by its id',
    { type: 'template', content: { templateId: '7', values: { body: ['Marta'] } } },
    { type: 'template', content: { templateId: '../7', values: {} } },
    { field: 'templateId', problem: 'wrong' },
  ],
];

describe('a reply before it leaves', () => {
  it.each(CASES)('may be %s', (_, good) => {
    expect(replyProblems(good)).toEqual(none);
  });

  it.each(CASES)('is stopped at its field beyond that: %s', (_, __, bad, problem) => {
    expect(replyProblems(bad)).toContainEqual(expect.objectContaining(problem));
  });

  it('is stopped where its content is none of its type', () => {
    expect(
      replyProblems({ type: 'interactive', text: 'x', content: { kind: 'poll' } }),
    ).not.toEqual(none);
    expect(replyProblems({ type: 'location', content: 'here' })).not.toEqual(none);
  });
});
