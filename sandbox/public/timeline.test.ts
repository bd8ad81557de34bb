// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message, Option } from './api.js';
import { initials, phoneText } from './dom.js';
import { Timeline } from './timeline.js';

const AT = new Date(2026, 10, 22, 14, 3).getTime();

function message(changes: Partial<Message> = {}, text = 'hello'): Message {
  return {
    id: 'wamid.1',
    side: 'business',
    at: AT,
    tick: null,
    type: 'text',
    content: { label: '', header: '', text, footer: '', media: null, list: '', options: [] },
    editable: null,
    edited: false,
    deleted: false,
    quote: null,
    reactions: {},
    group: '',
    ...changes,
  };
}

const actions = { openMenu: vi.fn(), choose: vi.fn(), openList: vi.fn(), show: vi.fn() };
let list: HTMLElement;
let timeline: Timeline;

const texts = (): (string | null)[] =>
  [...list.querySelectorAll('.text')].map((element) => element.textContent);

beforeEach(() => {
  const scroller = document.createElement('div');
  list = scroller.appendChild(document.createElement('ol'));
  document.body.replaceChildren(scroller);
  timeline = new Timeline(scroller, list, document.createElement('button'), actions);
});

describe('the messages on the screen', () => {
  it('show what people write as text and never as HTML', () => {
    const evil = '<img src=x onerror=alert(1)>';
    const content = {
      label: evil,
      header: evil,
      text: evil,
      footer: evil,
      media: null,
      list: '',
      options: [],
    };
    timeline.replace([
      message({
        content,
        quote: { id: 'q', who: evil, text: evil },
        reactions: { business: evil },
      }),
    ]);
    expect(list.querySelector('img')).toBeNull();
    expect(texts()).toEqual([evil]);
  });

  it('are there once, whatever becomes of them', () => {
    const own = message({ side: 'customer', tick: 'waiting' });
    expect(timeline.upsert(own)).toBe(true);
    expect(timeline.upsert({ ...own, tick: 'read' })).toBe(false);
    expect(list.querySelectorAll('.message')).toHaveLength(1);
    expect(list.querySelector('.tick')?.textContent).toBe('Read');
  });

  it('stand in the order of their times, under the day they belong to', () => {
    timeline.replace([message({ id: '1' }, 'one'), message({ id: '3', at: AT + 2000 }, 'three')]);
    timeline.upsert(message({ id: '2', at: AT + 1000 }, 'two'));
    timeline.upsert(message({ id: '0', at: AT - 24 * 60 * 60 * 1000 }, 'the day before'));
    expect(texts()).toEqual(['the day before', 'one', 'two', 'three']);
    expect(list.querySelectorAll('.day')).toHaveLength(2);
  });

  const option = (changes: Partial<Option>): Option => ({
    kind: 'answer',
    title: 'Yes',
    description: '',
    section: '',
    value: '',
    answer: { type: 'button' },
    ...changes,
  });
  const offering = (list: string, ...options: Option[]) =>
    message({ content: { ...message().content, list, options } });

  it('offer their answers to tap', () => {
    const offer = offering('', option({}));
    timeline.replace([offer]);
    list.querySelector<HTMLElement>('.option')?.click();
    expect(actions.choose).toHaveBeenCalledWith(offer, offer.content.options[0]);
  });

  it('offer the rows of a list behind one button', () => {
    const rows = [option({ kind: 'row' }), option({ kind: 'row', title: 'No' })];
    const offer = offering('Times', ...rows);
    timeline.replace([offer]);
    const shown = [...list.querySelectorAll<HTMLElement>('.option')];
    expect(shown.map(({ textContent }) => textContent)).toEqual(['Times']);
    shown[0]?.click();
    expect(actions.openList).toHaveBeenCalledWith(offer);
  });

  it('offer links as links, which open elsewhere', () => {
    const value = 'https://kestrel.example/';
    timeline.replace([offering('', option({ kind: 'link', value, title: 'Book' }))]);
    const link = list.querySelector('a.option');
    expect(link?.getAttribute('href')).toBe(value);
    expect(link?.getAttribute('rel')).toBe('noopener noreferrer');
    expect(link?.getAttribute('target')).toBe('_blank');
  });

  it('say that they were written in a group', () => {
    timeline.replace([message({ group: 'G1' })]);
    expect(list.querySelector('.label')?.textContent).toBe('In a group');
  });

  it('keep the focus when they are drawn again', () => {
    timeline.replace([message()]);
    list.querySelector<HTMLElement>('.more')?.focus();
    timeline.upsert(message({ reactions: { customer: '👍' } }));
    expect(document.activeElement).toBe(list.querySelector('.more'));
  });
});

describe('names and numbers', () => {
  it('initials are the first and the last', () => {
    expect(initials('Noor Haddad')).toBe('NH');
    expect(initials(' samo.k ')).toBe('S');
    expect(initials('Ana Maria de Souza')).toBe('AS');
  });

  it('a number reads as people write it', () => {
    expect(phoneText('15550123456')).toBe('+1 555 012 3456');
    expect(phoneText('351912000001')).toBe('+351912000001');
  });
});
