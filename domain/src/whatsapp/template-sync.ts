import type { Template } from '../documents/template.ts';
import { channelPath, templatePath } from '../paths.ts';
import { create, merge, update, type Write } from '../shared/plan.ts';

/** How long templates are believed before Meta is asked again, ms. */
export const TEMPLATES_MS = 6 * 60 * 60 * 1000;
/** How long after a sync that failed the next one is tried, ms. */
const AGAIN_MS = 10 * 60 * 1000;

/** When a number's templates count as asked for (epoch ms), after a sync that came to its end or did not. */
export const syncedAt = (complete: boolean, now: number): number =>
  complete ? now : now - TEMPLATES_MS + AGAIN_MS;

/** True where it is time to ask Meta for the templates of a number. */
export const syncDue = (templatesAt: number | null, now: number): boolean =>
  templatesAt === null || templatesAt + TEMPLATES_MS <= now;

/** Fields of webhooks that tell of a template: what is known of it has changed at Meta. */
const OF_TEMPLATES = /^message_template_(status|quality)_update$/;

/**
 * Writes after which the next sweep asks Meta for the templates of these numbers; none where an event of
 * the account is about something else.
 */
export const decideStale = (field: string, channelIds: readonly string[]): readonly Write[] =>
  OF_TEMPLATES.test(field)
    ? channelIds.map((id) => merge(channelPath(id), { templatesAt: null }))
    : [];

/** One template as Meta has it. */
export interface SyncedTemplate {
  readonly id: string;
  readonly template: Template;
}

const without = ({ syncedAt: _, ...template }: Template) => JSON.stringify(template);

/** Writes for what is new or has changed. `known` by id; a template that is as it was costs nothing. */
export const decideTemplates = (
  rows: readonly SyncedTemplate[],
  known: ReadonlyMap<string, Template>,
): readonly Write[] =>
  rows.flatMap(({ id, template }) => {
    const before = known.get(id);
    if (before === undefined) return [create(templatePath(id), template)];
    return without(before) === without(template) ? [] : [update(templatePath(id), template)];
  });

/** Writes for a template that Meta has no longer: entries and drafts may still name it. */
export const decideGone = (id: string, template: Template, now: number): readonly Write[] =>
  template.status === 'DELETED'
    ? []
    : [update(templatePath(id), { status: 'DELETED', syncedAt: now })];
