import { expect, type Browser } from '@playwright/test';
import { Colleague } from '../../e2e/support/colleague.ts';
import { aCustomer, type Customer } from '../../e2e/support/customer.ts';

/** Patience with what comes back only after a pause of the SDK's or a limit of ours. */
export const BACK = { timeout: 60_000 };

/** Jonas at the thread of a customer who has written, and whom he holds. */
export async function atWork(
  browser: Browser,
  options: Parameters<typeof Colleague.enter>[2],
): Promise<{ readonly jonas: Colleague; readonly customer: Customer }> {
  const customer = aCustomer('Faults');
  await customer.write('Hello');
  const jonas = await Colleague.enter(browser, 'jonas', options);
  await jonas.list('Queue');
  await jonas.open(customer.name);
  await jonas.act('Take');
  await expect(jonas.reply).toBeEditable();
  return { jonas, customer };
}

/** What the customer received, in order. */
export const textsOf = async (customer: Customer): Promise<readonly (string | undefined)[]> =>
  (await customer.received()).map(({ request }) => request.text?.body);

export const sendButton = (of: Colleague) =>
  of.page.getByRole('button', { name: 'Send on WhatsApp' });
