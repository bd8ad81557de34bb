import { describe, expect, it } from 'vitest';
import { aTemplate, NOW } from '../testing/index.ts';
import {
  emptyVariable,
  fillTemplate,
  isSendable,
  readTemplate,
  templateComponents,
  templateVariables,
  type TemplateValues,
} from './template.ts';

const values = (over: Partial<TemplateValues> = {}): TemplateValues => ({
  header: [],
  body: ['Peter', 'Forno 60 oven'],
  buttons: [],
  ...over,
});
const tracking = aTemplate({
  header: { kind: 'TEXT', text: 'Order {{1}}' },
  body: 'Hello {{1}}, it is on its way.',
  buttons: [
    { type: 'QUICK_REPLY', text: 'Thanks' },
    { type: 'URL', text: 'Track', url: 'https://kestrel.test/t/{{1}}' },
  ],
});
const invoice = aTemplate({ header: { kind: 'DOCUMENT', text: '' }, body: 'Here it is.' });

describe('the gaps of a template', () => {
  it('are those of header, body and links, each counted in its own part', () => {
    expect(templateVariables(tracking)).toEqual([
      { part: 'header', at: 0, name: '1' },
      { part: 'body', at: 0, name: '1' },
      { part: 'buttons', at: 0, name: '1' },
    ]);
  });

  it('stand in the order of their numbers, each once, however often and where they are named', () => {
    const body = '{{2}}, {{10}} and {{1}}, again {{2}}';
    expect(templateVariables(aTemplate({ body })).map(({ name }) => name)).toEqual([
      '1',
      '2',
      '10',
    ]);
  });

  it('with names stand in the order in which they are read', () => {
    const body = 'Hello {{first_name}}, your {{appliance}} is ready, {{first_name}}.';
    const named = aTemplate({ format: 'named', body });
    expect(templateVariables(named).map(({ name }) => name)).toEqual(['first_name', 'appliance']);
  });

  it('are found open where nothing or only spaces stand for them', () => {
    expect(emptyVariable(aTemplate(), values())).toBeNull();
    expect(emptyVariable(aTemplate(), values({ body: ['Peter', '  '] }))).toMatchObject({ at: 1 });
    expect(emptyVariable(aTemplate(), values({ body: [] }))).toMatchObject({ at: 0 });
  });
});

describe('a filled template', () => {
  it('reads as the customer will read it', () => {
    const shown = fillTemplate(tracking, { header: ['K20418'], body: ['Marta'], buttons: ['xyz'] });
    expect(shown).toEqual({
      header: 'Order K20418',
      body: 'Hello Marta, it is on its way.',
      footer: '',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Thanks' },
        { type: 'URL', text: 'Track', url: 'https://kestrel.test/t/xyz' },
      ],
    });
  });

  it('keeps a gap as it is written while nothing stands for it', () => {
    expect(fillTemplate(aTemplate(), values({ body: ['Peter'] })).body).toContain(
      'your {{2}} last',
    );
  });

  it('takes a value as it is, also one that looks like a gap or a pattern', () => {
    const shown = fillTemplate(aTemplate(), values({ body: ['{{2}}', '$&'] }));
    expect(shown.body).toMatch(/^Hello \{\{2\}\}, we repaired your \$& last/);
  });
});

describe('the components of a send', () => {
  it('name only what is filled, the link by its place among all buttons', () => {
    const filled = { header: ['K20418'], body: ['Marta'], buttons: ['xyz'] };
    expect(templateComponents(tracking, filled, null)).toEqual([
      { type: 'header', parameters: [{ type: 'text', text: 'K20418' }] },
      { type: 'body', parameters: [{ type: 'text', text: 'Marta' }] },
      { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'xyz' }] },
    ]);
    expect(templateComponents(aTemplate({ body: 'Hello' }), values(), null)).toEqual([]);
  });

  it('carry the names of named gaps', () => {
    const named = aTemplate({ format: 'named', body: 'Hello {{first_name}}' });
    expect(templateComponents(named, values({ body: ['Peter'] }), null)).toEqual([
      {
        type: 'body',
        parameters: [{ type: 'text', parameter_name: 'first_name', text: 'Peter' }],
      },
    ]);
  });

  it('show the file of the header', () => {
    expect(templateComponents(invoice, values({ body: [] }), { id: '42' })).toEqual([
      { type: 'header', parameters: [{ type: 'document', document: { id: '42' } }] },
    ]);
  });
});

describe('what can be sent from here', () => {
  it('is approved, and has no part that nobody can fill', () => {
    expect(isSendable(aTemplate())).toBe(true);
    expect(isSendable(aTemplate({ status: 'PAUSED' }))).toBe(false);
    expect(isSendable(aTemplate({ partial: true }))).toBe(false);
    expect(isSendable(aTemplate({ header: { kind: 'LOCATION', text: '' } }))).toBe(false);
    expect(isSendable(aTemplate({ buttons: [{ type: 'FLOW', text: 'Fill in' }] }))).toBe(false);
  });
});

describe('a row of Meta’s list', () => {
  const row = {
    id: 900,
    name: 'order_update',
    language: 'pt_BR',
    status: 'approved',
    category: 'UTILITY',
    parameter_format: 'NAMED',
    components: [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: 'Olá {{nome}}' },
      { type: 'FOOTER', text: 'Kestrel' },
      { type: 'BUTTONS', buttons: [{ type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+1' }] },
    ],
  };

  it('is read whole, also with a number as its id', () => {
    expect(readTemplate(row, 'W', NOW)).toEqual({
      id: '900',
      template: {
        schemaVersion: 1,
        wabaId: 'W',
        name: 'order_update',
        language: 'pt_BR',
        status: 'APPROVED',
        category: 'UTILITY',
        format: 'named',
        header: { kind: 'IMAGE', text: '' },
        body: 'Olá {{nome}}',
        footer: 'Kestrel',
        buttons: [{ type: 'PHONE_NUMBER', text: 'Ligar', phone: '+1' }],
        partial: false,
        syncedAt: NOW,
      },
    });
  });

  it('with a part of another kind is kept, and marked', () => {
    const components = [...row.components, { type: 'CAROUSEL', cards: [] }];
    expect(readTemplate({ ...row, components }, 'W', NOW)?.template.partial).toBe(true);
  });

  it('is none without an id or a name', () => {
    expect(readTemplate({ ...row, id: '' }, 'W', NOW)).toBeNull();
    expect(readTemplate({ ...row, name: null }, 'W', NOW)).toBeNull();
    expect(readTemplate('row', 'W', NOW)).toBeNull();
  });
});
