/** What a figure is to be. Pure. */

/** A ceiling, or a floor: `{ atLeast }`. */
export type Goal = number | { readonly atLeast: number };

/** True where a value meets its goal; the goal itself is good enough. No number meets none. */
export function isMet(value: number, goal: Goal): boolean {
  return typeof goal === 'number' ? value <= goal : value >= goal.atLeast;
}

/** The number of a goal, and the sign that belongs before it. */
export const wordsOf = (goal: Goal): { readonly sign: '≤' | '≥'; readonly number: number } =>
  typeof goal === 'number' ? { sign: '≤', number: goal } : { sign: '≥', number: goal.atLeast };
