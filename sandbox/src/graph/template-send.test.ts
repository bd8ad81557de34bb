import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { demoTemplates } from '../world/demo-templates.ts';
import { judgeTemplate } from './template-create.ts';
import { templateProblem } from './template-send.ts';
import type { Template } from './template.ts';

const templates = demoTemplates('200000000000001');
const named = (name: string, language = 'en') =>
  templates.find((one) => one.name === name && one.language === language);

const text = (value: string, parameter_name?: string): JsonObject => ({
  type: 'text',
  text: value,
  ...(parameter_name === undefined ? {} : { parameter_name }),
});
const body = (...parameters: JsonObject[]): JsonObject => ({ type: 'body', parameters });
const header = (parameter: JsonObject): JsonObject => ({ type: 'header', parameters: [parameter] });
const button = (sub_type: string, index: string | number, parameter: JsonObject): JsonObject => ({
  type: 'button',
  sub_type,
  index,
  parameters: [parameter],
});

function refusal(template: Template | undefined, ...components: JsonObject[]) {
  const content = { name: 'x', language: { code: 'en' }, components };
  const problem = templateProblem(template, content);
  return problem && [problem.code, problem.details];
}

const pdf = { type: 'document', document: { link: 'https://x/a.pdf', filename: 'a.pdf' } };
const order = named('order_update');
const track = button('url', '0', text('K20418'));
const twoTexts = body(text('Noor'), text('K20418'));

describe('a template that goes out', () => {
  it.each([
    ['variables by place', named('follow_up_after_repair'), [twoTexts]],
    [
      'a payload for a quick reply',
      named('follow_up_after_repair'),
      [twoTexts, button('quick_reply', 1, { type: 'payload', payload: 'call' })],
    ],
    ['a document above, a link with a variable', order, [header(pdf), twoTexts, track]],
    [
      'variables by name, in any order',
      named('appointment_confirmation'),
      [
        body(
          text('fridge', 'appliance'),
          text('Noor', 'customer_name'),
          text('Friday', 'visit_day'),
        ),
      ],
    ],
    [
      'a title with a variable',
      named('repair_estimate'),
      [header(text('K20418')), body(text('fridge'), text('$140'))],
    ],
    [
      'a place above',
      named('technician_on_the_way'),
      [
        header({ type: 'location', location: { latitude: 38.7, longitude: -9.1 } }),
        body(text('Inês'), text('20')),
        button('url', '0', text('van-7')),
      ],
    ],
    [
      'a price, as its fallback',
      named('repair_estimate'),
      [
        header(text('K20418')),
        body(text('fridge'), {
          type: 'currency',
          currency: { fallback_value: '$140', code: 'USD', amount_1000: 140_000 },
        }),
      ],
    ],
    [
      'a code to copy',
      named('spring_service'),
      [
        header({ type: 'image', image: { id: '1' } }),
        body(text('fridges')),
        button('copy_code', '0', { type: 'coupon_code', coupon_code: 'SPRING20' }),
      ],
    ],
  ])('has %s', (_, template, components) => {
    expect(refusal(template, ...components)).toBeNull();
  });
});

describe('a template that Meta refuses', () => {
  it('is unknown, in another language, or was never approved: 132001', () => {
    expect(refusal(undefined)).toEqual([132001, 'template name (x) does not exist in en']);
    for (const name of ['win_a_fridge', 'loyalty_card'])
      expect(refusal(named(name), body(text('Noor')))?.[0]).toBe(132001);
  });

  it('is paused or disabled: 132015, 132016', () => {
    const paused = named('autumn_offer');
    expect(refusal(paused)?.[0]).toBe(132015);
    expect(refusal(paused && { ...paused, status: 'DISABLED' })?.[0]).toBe(132016);
  });

  it('has another number of parameters: 132000, with both numbers', () => {
    expect(refusal(named('follow_up_after_repair'), body(text('Noor')))).toEqual([
      132000,
      'body: number of localizable_params (1) does not match the expected number of params (2)',
    ]);
    expect(refusal(named('visit_booked'), header(text('x')))?.[0]).toBe(132000);
    expect(refusal(named('repair_estimate'), twoTexts)?.[1]).toMatch(/^header: /);
  });

  it('has another format: 132012, with both formats', () => {
    const image = { type: 'image', image: { link: 'https://x/a.jpg' } };
    expect(refusal(order, twoTexts, track)).toEqual([
      132012,
      'header: Format mismatch, expected DOCUMENT, received UNKNOWN',
    ]);
    expect(refusal(order, header(image), twoTexts, track)?.[1]).toMatch(/received IMAGE$/);
    expect(refusal(named('visit_booked'), header(image))?.[1]).toMatch(/expected TEXT/);
    expect(refusal(named('follow_up_after_repair'), body(text('Noor'), image))?.[0]).toBe(132012);
  });

  it('has its variables by name where they go by place, or the other way round', () => {
    const appointment = named('appointment_confirmation');
    expect(refusal(appointment, body(text('a'), text('b'), text('c')))).toEqual([
      100,
      'Parameter name is missing or empty',
    ]);
    const byName = body(text('a', 'name'), text('b', 'appliance'));
    expect(refusal(named('follow_up_after_repair'), byName)?.[0]).toBe(132012);
    const stranger = body(text('a', 'who'), text('b', 'appliance'), text('c', 'visit_day'));
    expect(refusal(appointment, stranger)?.[1]).toContain('(who)');
    const twice = body(text('a', 'appliance'), text('b', 'appliance'), text('c', 'visit_day'));
    expect(refusal(appointment, twice)?.[0]).toBe(132012);
  });

  it('has an empty value, or one with line breaks: 131008, 132018', () => {
    const follow = named('follow_up_after_repair');
    expect(refusal(follow, body(text(''), text('oven')))?.[0]).toBe(131008);
    expect(refusal(follow, body(text('a\nb'), text('oven')))?.[0]).toBe(132018);
    expect(refusal(follow, body(text('a     b'), text('oven')))?.[0]).toBe(132018);
    expect(refusal(follow, body(text('a    b'), text('oven')))).toBeNull();
  });

  it('becomes too long when it is filled in: 132005', () => {
    const long = body(text('x'.repeat(1000)), text('oven'));
    expect(refusal(named('follow_up_after_repair'), long)?.[0]).toBe(132005);
  });

  it('lacks what its header or its buttons need: 131008', () => {
    const empty = header({ type: 'document', document: { filename: 'a.pdf' } });
    expect(refusal(order, empty, twoTexts, track)?.[0]).toBe(131008);
    expect(refusal(order, header(pdf), twoTexts)).toEqual([
      131008,
      'buttons: Button at index 0 of type Url requires a parameter',
    ]);
  });

  it('names a button that is not there, or is another: 132012', () => {
    const payload = { type: 'payload', payload: 'x' };
    expect(refusal(order, header(pdf), twoTexts, track, button('url', '3', text('x')))?.[1]).toBe(
      'buttons: Format mismatch, expected NONE, received URL',
    );
    const wrong = button('quick_reply', '0', payload);
    expect(refusal(order, header(pdf), twoTexts, wrong)?.[0]).toBe(132012);
  });
});

describe('the templates of the demo', () => {
  it('would all be taken in for review', () => {
    for (const { name, language, category, parameterFormat, components } of templates) {
      const draft = { name, language, category, components, parameter_format: parameterFormat };
      expect(judgeTemplate(draft, '1'), `${name} ${language}`).toMatchObject({ ok: true });
    }
  });

  it('have ids of their own that a JSON number keeps', () => {
    const ids = templates.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(String(Number(id))).toBe(id);
  });
});

describe('a template for review', () => {
  const draft = {
    name: 'new_one',
    language: 'en',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: 'Hello {{1}}, hello.', example: { body_text: [['Noor']] } }],
  };
  const bodyOnly = (text: string, example?: JsonObject) => ({
    ...draft,
    components: [{ type: 'BODY', text, ...(example === undefined ? {} : { example }) }],
  });
  const sample = { body_text: [['Noor']] };

  it('starts as pending', () => {
    expect(judgeTemplate(draft, '1')).toMatchObject({ ok: true, template: { status: 'PENDING' } });
  });

  it.each([
    ['no category', { ...draft, category: undefined }],
    ['a name with capitals', { ...draft, name: 'New One' }],
    ['a language that is none', { ...draft, language: 'english' }],
    ['a category that is none', { ...draft, category: 'FUN' }],
    ['a format that is none', { ...draft, parameter_format: 'NUMBERED' }],
    ['no body', { ...draft, components: [] }],
    ['a body that begins with a variable', bodyOnly('{{1}}, hello.', sample)],
    ['variables that skip a number', bodyOnly('Hello {{2}}, hello.', sample)],
    ['variables without samples', bodyOnly('Hello {{1}}, hello.')],
    [
      'a footer with a variable',
      { ...draft, components: [...draft.components, { type: 'FOOTER', text: '{{1}}' }] },
    ],
    [
      'a button without words',
      {
        ...draft,
        components: [
          ...draft.components,
          { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: '' }] },
        ],
      },
    ],
    [
      'a link with its variable in the middle',
      {
        ...draft,
        components: [
          ...draft.components,
          { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Go', url: 'https://x/{{1}}/y' }] },
        ],
      },
    ],
  ])('with %s is refused: code 100', (_, changed) => {
    const raw = JSON.parse(JSON.stringify(changed)) as unknown;
    expect(judgeTemplate(raw, '1')).toMatchObject({ ok: false, error: { code: 100 } });
  });
});
