import type { Translate } from '../../../i18n/index.ts';
import type { TakenAway } from '../model/taken-away.ts';
import type { Words } from '../words.ts';

/** Who took the conversation away and when, and what became of the text that was being written. */
export function awayText(t: Translate, words: Words, away: TakenAway, text: string): string {
  const by = words.named(
    away.by === 'switchboard' ? { kind: 'system' } : { kind: 'agent', id: away.by },
    'subject',
  );
  const time = words.clock(away.at);
  const to = away.to === null ? '' : words.agent(away.to);
  const said = {
    given: () =>
      away.to === away.by
        ? t('conversation.away.over', { to, time })
        : t('conversation.away.given', { by, to, time }),
    moved: () => t('conversation.away.moved', { by, team: words.team(away.teamId), time }),
    resolved: () => t('conversation.away.resolved', { by, time }),
    freed: () => t('conversation.away.freed', { by, time }),
  }[away.how]();
  return text === '' ? said : `${said} ${t('conversation.away.kept')}`;
}
