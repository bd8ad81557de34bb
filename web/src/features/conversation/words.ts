import { PHONE_APP, SERVICE, type Actor, type RefusalCode } from '@switchboard/domain';
import { computed, inject, provide, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import { useNames, useTeams } from '../../data/people.ts';
import { useI18n, type MessageKey, type Translate } from '../../i18n/index.ts';
import type { Named } from './model/event-sentence.ts';
import { clock, type Reading } from '../../i18n/clock.ts';
import type { MessageEntry } from './model/rows.ts';
import { dayName, moment } from './model/when.ts';

/** Names and times of one thread as words in the reader's language. */
export interface Words {
  readonly me: string;
  readonly now: Readonly<Ref<number>>;
  /** The customer's name, or the word for a customer or a group without one. */
  readonly customer: ComputedRef<string>;
  /** A colleague's name; "a colleague" until it is known. */
  readonly agent: (uid: string) => string;
  /** A colleague's name for a badge; empty until it is known. */
  readonly badge: (uid: string) => string;
  readonly team: (teamId: string) => string;
  /** The author of an entry: "You", a name, the bot, the program. */
  readonly author: (actor: Actor) => string;
  /** The author of a message; in a group, who of them. */
  readonly writer: (entry: MessageEntry) => string;
  /** Somebody as the subject of a sentence ("You took it") or its object ("to you"). */
  readonly named: (named: Named, as: 'subject' | 'object') => string;
  /** `14:03` */
  readonly clock: (at: number) => string;
  /** `14:03` today, else with its day. */
  readonly moment: (at: number) => string;
  /** `Today`, `Monday`, `12 August`. */
  readonly day: (at: number) => string;
  /** `4 minutes`, `3 hours`: a length of time in words. */
  readonly span: (ms: number) => string;
}

const KEY: InjectionKey<Words> = Symbol('words of a thread');

interface Source {
  readonly me: () => string;
  readonly now: Readonly<Ref<number>>;
  readonly customerName: () => string;
  /** The customer is a group of them. */
  readonly ofGroup: () => boolean;
}

/** Points and lengths of time in words. */
const times = (
  t: Translate,
  now: Source['now'],
  reading: () => Reading,
): Pick<Words, 'clock' | 'moment' | 'day' | 'span'> => ({
  clock: (at) => clock(at, reading()),
  moment: (at) => moment(at, now.value, reading()),
  day(at) {
    const name = dayName(at, now.value, reading());
    return name.word === null ? name.name : t(`conversation.${name.word}`);
  },
  span(ms) {
    const minutes = Math.max(0, Math.floor(ms / 60_000));
    return minutes < 100
      ? t('conversation.minutes', minutes)
      : t('conversation.hours', Math.floor(minutes / 60));
  },
});

/** Makes the {@link Words} of a thread and hands them to every component below. */
export function provideWords({ me, now, customerName, ofGroup }: Source): Words {
  const { t, language } = useI18n();
  const { nameOf } = useNames();
  const { teams } = useTeams();
  const agent = (uid: string): string => nameOf(uid) ?? t('conversation.someone');
  const team = (id: string): string => teams.value.get(id)?.name ?? t('conversation.otherTeam');

  const words: Words = {
    get me() {
      return me();
    },
    now,
    customer: computed(
      () => customerName() || t(ofGroup() ? 'inbox.row.group' : 'conversation.customer'),
    ),
    agent,
    badge: (uid) => nameOf(uid) ?? '',
    team,
    author({ kind, id }) {
      if (kind === 'customer') return words.customer.value;
      if (id === PHONE_APP.id) return t('conversation.phone');
      if (id === SERVICE.id) return t('conversation.service');
      return words.named(
        kind === 'agent' && id === me() ? { kind: 'me' } : { kind, id },
        'subject',
      );
    },
    writer: (entry) =>
      (entry.kind === 'inbound' && (entry.participant?.name ?? entry.participant?.phone)) ||
      words.author(entry.author),
    named(named, as) {
      switch (named.kind) {
        case 'me':
          return t(as === 'subject' ? 'conversation.you' : 'conversation.youObject');
        case 'agent':
          return agent(named.id);
        case 'team':
          return team(named.id);
        case 'bot':
          return t('conversation.bot');
        case 'system':
          return t('conversation.program');
      }
    },
    ...times(t, now, () => ({ locale: language.value })),
  };
  provide(KEY, words);
  return words;
}

/** The {@link Words} of the thread that a component stands in. */
export function useWords(): Words {
  const words = inject(KEY);
  if (!words) throw new Error('Components of a thread stand inside ConversationView.');
  return words;
}

/** A sentence cut at its names, so that a template can set those apart: `{ name: true, text: 'Ana' }`. */
export interface Part {
  readonly name: boolean;
  readonly text: string;
}

/** Not in any text: WhatsApp and our own catalogue strip control characters before this. */
const EDGE = '\u0001';

/** Translates a sentence whose values are names. */
export function sentenceParts(
  translate: (key: MessageKey, values: Record<string, string>) => string,
  key: MessageKey,
  names: Readonly<Record<string, string>>,
): readonly Part[] {
  const marked = Object.fromEntries(
    Object.entries(names).map(([slot, name]) => [slot, EDGE + name.replaceAll(EDGE, '') + EDGE]),
  );
  return translate(key, marked)
    .split(EDGE)
    .map((text, index) => ({ name: index % 2 === 1, text }))
    .filter(({ text }) => text !== '');
}

/** Why something was refused, as a sentence. `unknown` has its own: nobody knows whether it happened. */
export function useRefusal(): (code: RefusalCode | 'unknown') => string {
  const { t } = useI18n();
  return (code) => (code === 'unknown' ? t('conversation.refused.unknown') : t(`refusals.${code}`));
}
