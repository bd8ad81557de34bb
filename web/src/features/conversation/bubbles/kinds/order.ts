import { asNumber, asObjects, asText, type Json } from '@switchboard/domain';

/** One line of an order. */
export interface OrderLine {
  readonly product: string | undefined;
  readonly quantity: number | undefined;
  /** Of all of them, in the reader's manner; `null` where price or quantity is not known. */
  readonly price: string | null;
}

/** What was ordered; `total` only where every line has a price, all in one currency. */
export interface Order {
  readonly lines: readonly OrderLine[];
  readonly total: string | null;
}

/** Reads an order; `locale` is a BCP 47 tag. Its prices are those of one piece (Meta, "Order messages"). */
export function orderOf(content: Json, locale: string): Order {
  const items = asObjects(content['items']).map((item) => {
    const [quantity, price] = [asNumber(item['quantity']), asNumber(item['price'])];
    return {
      product: asText(item['productId']),
      quantity,
      sum: quantity === undefined || price === undefined ? null : quantity * price,
      currency: asText(item['currency']) ?? '',
    };
  });
  const sums = items.flatMap(({ sum }) => sum ?? []);
  const [currency = '', ...others] = new Set(items.map((item) => item.currency));
  const whole = sums.length > 0 && sums.length === items.length && others.length === 0;
  const total = sums.reduce((all, sum) => all + sum, 0);
  return {
    lines: items.map(({ product, quantity, sum, currency }) => ({
      product,
      quantity,
      price: sum === null ? null : money(sum, currency, locale),
    })),
    total: whole ? money(total, currency, locale) : null,
  };
}

/** An amount with its currency; a code that is none stands beside the number. */
function money(amount: number, currency: string, locale: string): string {
  if (/^[a-z]{3}$/i.test(currency))
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(amount);
  return `${number} ${currency}`.trim();
}
