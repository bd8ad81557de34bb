/**
 * Numbers of mobile phones that WhatsApp writes in two ways (Meta, "Phone numbers", Brazil, Argentina
 * and Mexico): an older one, and one with a digit more after the country or area code.
 */
const VARIANTS: readonly (readonly [longer: RegExp, shorter: string])[] = [
  [/^55([1-9]\d)9([6-9]\d{7})$/, '55$1$2'],
  [/^549(\d{10})$/, '54$1'],
  [/^521(\d{10})$/, '52$1'],
];

/**
 * One way to write a number, so that both of its ways lead to one person. For recognising alone: what
 * is shown and sent to is the number as WhatsApp gave it. `digits` without `+`.
 */
export function canonicalPhone(digits: string): string {
  for (const [longer, shorter] of VARIANTS)
    if (longer.test(digits)) return digits.replace(longer, shorter);
  return digits;
}
