import { Problem } from './say.mjs';

/**
 * A number that a person gave on the command line; `otherwise` where they gave none.
 * @param {string | undefined} given
 * @param {number} otherwise
 */
export function wholeNumber(given, otherwise) {
  const number = given === undefined ? otherwise : Number(given);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Problem(
    `"${given}" is no whole number above 0.`,
    'A seed and a count are given as in: npm run soak -- --seed 7 --messages 500',
  );
}
