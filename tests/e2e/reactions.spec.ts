import { expect, test } from '@playwright/test';
import { Colleague } from './support/colleague.ts';
import { aCustomer } from './support/customer.ts';

test('a customer’s reaction stands on the message, follows a change of mind, and goes when it is taken back', async ({
  browser,
}) => {
  const customer = aCustomer('Ines');
  await customer.write('Thank you!');
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.page.goto(`/inbox/queue/${await customer.conversationId()}`);
  await jonas.act('Take');
  await jonas.send('You are welcome');
  await expect.poll(async () => (await customer.received()).length).toBe(1);
  const [reply] = await customer.received();
  if (!reply) throw new Error('Nothing was received.');

  const on = jonas.thread
    .getByRole('listitem')
    .filter({ hasText: 'You are welcome' })
    .getByRole('listitem');
  await customer.reacts(reply.wamid, '👍');
  await expect(on).toHaveText(`👍 ${customer.name}`);
  await customer.reacts(reply.wamid, '🎉');
  await expect(on).toHaveText(`🎉 ${customer.name}`);
  await customer.reacts(reply.wamid, null);
  await expect(on).toHaveCount(0);
  await jonas.leave();
});
