import { asText, lineText, pushText, readContent, searchText } from '@switchboard/domain';
import { anInbound } from '@switchboard/domain/testing';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { drawnText } from '../../web/src/features/conversation/testing/drawn-text.ts';
import { resetWorld } from '../../web/src/features/conversation/testing/world.ts';
import { excerpt } from '../../web/src/features/conversation/model/excerpt.ts';
import { chooseLanguage, useI18n } from '../../web/src/i18n/index.ts';
import { lineOf, typeText } from '../../web/src/i18n/type-name.ts';
import { messagesOf, PAYLOADS, PAYLOADS_ARE_HERE, readPayloads } from './payloads.ts';

/* Runs in the project `web`: it draws, and needs nothing running. */
vi.mock('../../web/src/data/people.ts', async () =>
  (await import('../../web/src/features/conversation/testing/world.ts')).testPeople(),
);

const suite = PAYLOADS_ARE_HERE
  ? 'the bubbles of real webhook bodies'
  : `the bubbles of real webhook bodies (skipped: there is no ${PAYLOADS})`;

/** Types of which everything is shown. */
const WHOLE = [
  ...['text', 'location', 'contacts', 'button', 'reaction', 'order', 'system'],
  ...['unsupported', 'unknown', 'request_welcome', 'edit', 'revoke'],
];

describe.skipIf(!PAYLOADS_ARE_HERE)(suite, () => {
  beforeAll(async () => {
    resetWorld();
    await chooseLanguage('en');
  });

  it('are never blank, and leave nothing out of what can be shown', () => {
    const messages = readPayloads().flatMap(({ file, body }) =>
      messagesOf(body).map(({ item }) => {
        const type = asText(item['type']) ?? 'unknown';
        const { text: _, ...bare } = anInbound({ type });
        return { file, type, said: drawnText({ ...bare, ...readContent(type, item), id: 'a' }) };
      }),
    );
    expect(messages.length).toBeGreaterThanOrEqual(100);
    expect(messages.filter(({ said }) => said.trim() === '')).toEqual([]);
    const partly = messages.filter(({ said }) => said.includes('not shown yet'));
    expect(partly.filter(({ type }) => WHOLE.includes(type))).toEqual([]);
  });

  it('have a line for rows, words for screen readers and notifications, and what they say is found', () => {
    const { t } = useI18n();
    const nameOf = (type: string) => typeText(t, type);
    const lacking = readPayloads().flatMap(({ file, body }) =>
      messagesOf(body).flatMap(({ item }) => {
        const type = asText(item['type']) ?? 'unknown';
        const { text: _, ...bare } = anInbound({ type });
        const entry = { ...bare, ...readContent(type, item), id: 'a' };
        const lines = {
          row: lineOf(t, type, lineText(type, entry) ?? ''),
          reader: excerpt(t, entry),
          push: pushText(entry, nameOf),
          search: type === 'text' ? searchText(entry) : 'what its own test says',
        };
        const blank = Object.entries(lines).filter(([, line]) => !/\p{L}|\p{N}|\p{S}/u.test(line));
        return blank.map(([name]) => ({ file, type, name }));
      }),
    );
    expect(lacking).toEqual([]);
  });
});
