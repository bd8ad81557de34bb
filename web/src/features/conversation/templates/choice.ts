import { isSendable, type Template } from '@switchboard/domain';
import type { TemplateRow } from '../../../data/templates.ts';
import { plainName } from './template-name.ts';

/** Why a template can't be sent from here. */
export type Unsendable = 'paused' | 'rejected' | 'pending' | 'gone' | 'unapproved' | 'partial';

/** Meta's words for what is not approved (Meta, "Template status"). */
const REASONS: Readonly<Record<string, Unsendable>> = {
  PAUSED: 'paused',
  REJECTED: 'rejected',
  PENDING: 'pending',
  IN_APPEAL: 'pending',
  DISABLED: 'gone',
  DELETED: 'gone',
  PENDING_DELETION: 'gone',
};

/** Why it can't be sent from here; `null` where it can. */
export function whyNot(template: Template): Unsendable | null {
  if (isSendable(template)) return null;
  if (template.status === 'APPROVED') return 'partial';
  return Object.hasOwn(REASONS, template.status)
    ? (REASONS[template.status] ?? 'unapproved')
    : 'unapproved';
}

/** What makes a template the nearest one. */
export interface Taste {
  /** Ids of those used last, the newest first. */
  readonly used: readonly string[];
  /** The language in which to write, as `pt` or `pt_BR`. */
  readonly language: string;
}

const speaks = (template: Template, language: string): boolean =>
  template.language.slice(0, 2).toLowerCase() === language.slice(0, 2).toLowerCase();

/**
 * Templates with the nearest first: what can be sent, then what was used last, then what is in the
 * right language, then `UTILITY`, then by name.
 */
export function byNearness(
  templates: readonly TemplateRow[],
  { used, language }: Taste,
): readonly TemplateRow[] {
  const rank = (row: TemplateRow): readonly number[] => {
    const place = used.indexOf(row.id);
    return [
      Number(whyNot(row) !== null),
      place < 0 ? used.length : place,
      Number(!speaks(row, language)),
      Number(row.category !== 'UTILITY'),
    ];
  };
  const ranks = new Map(templates.map((row) => [row.id, rank(row)]));
  const difference = (a: TemplateRow, b: TemplateRow): number =>
    (ranks.get(a.id) ?? [])
      .map((value, at) => value - (ranks.get(b.id)?.[at] ?? 0))
      .find((value) => value !== 0) ?? a.name.localeCompare(b.name);
  return templates.toSorted(difference);
}

/** So many are offered as chips. */
const FEW = 3;

/** The few that are offered at once, each name once; the chosen one is always among them. */
export function chipsOf(
  nearest: readonly TemplateRow[],
  chosen: TemplateRow | null,
): readonly TemplateRow[] {
  const sendable = nearest.filter((row) => whyNot(row) === null);
  const named = new Map(sendable.toReversed().map((row) => [row.name, row]));
  const few = sendable.filter((row) => named.get(row.name) === row).slice(0, FEW);
  if (chosen === null || few.includes(chosen)) return few;
  const others = few.filter(({ name }) => name !== chosen.name);
  return [chosen, ...others.slice(0, FEW - 1)];
}

/** Letters without case and accents. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** Those whose name or words have every word that was asked for, in their order. */
export function found(templates: readonly TemplateRow[], asked: string): readonly TemplateRow[] {
  const words = folded(asked).split(/\s+/).filter(Boolean);
  return templates.filter((row) => {
    const text = folded(`${plainName(row.name)} ${row.body}`);
    return words.every((word) => text.includes(word));
  });
}
