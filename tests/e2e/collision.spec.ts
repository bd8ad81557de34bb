import { expect, test } from '@playwright/test';
import { Colleague } from './support/colleague.ts';
import { aCustomer } from './support/customer.ts';

/* Two at one conversation: who looks on is told, and nothing that was typed is lost. */

test('Jonas takes a row of the queue, and Ana, who looks at it, reads that he has it before it goes', async ({
  browser,
}) => {
  const customer = aCustomer('Luisa');
  await customer.write('The freezer beeps');
  const jonas = await Colleague.enter(browser, 'jonas');
  const ana = await Colleague.enter(browser, 'ana');
  await jonas.list('Queue');
  await ana.list('Queue');
  const row = await ana.find(customer.name);

  await jonas.find(customer.name);
  await jonas.page.getByRole('button', { name: `Take: ${customer.name}` }).click();

  await expect(row).toHaveAccessibleName(/Jonas.* has it/);
  await expect(ana.page.getByRole('button', { name: `Take: ${customer.name}` })).toHaveCount(0);
  await expect(row).toHaveCount(0);
  await jonas.leave();
  await ana.leave();
});

test('a text that was being typed is kept with its reason, also after a reload, and may become a note', async ({
  browser,
}) => {
  const customer = aCustomer('Bruno');
  await customer.write('Is the part there?');
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.list('Queue');
  await jonas.open(customer.name);
  await jonas.act('Take');
  await jonas.reply.fill('It comes on Friday');

  const carmen = await Colleague.enter(browser, 'carmen');
  await carmen.page.goto(`/inbox/all/${await customer.conversationId()}`);
  await carmen.act('Assign');
  await carmen.page.getByRole('radio', { name: /^Ana/ }).click();
  await carmen.page.getByRole('button', { name: /^Give it to/ }).click();

  await expect(jonas.page.getByText('Your text is kept, nothing was sent.')).toBeVisible();
  await jonas.page.reload();
  await expect(
    jonas.page.getByText('Your reply was not sent: the conversation was no longer yours.'),
  ).toBeVisible();
  await expect(jonas.page.getByText('It comes on Friday')).toBeVisible();

  await jonas.page.getByRole('button', { name: 'Make it a note' }).click();
  await expect(jonas.page.getByRole('textbox', { name: /note/i })).toHaveValue(
    'It comes on Friday',
  );
  await jonas.page.getByRole('button', { name: 'Save note' }).click();
  await expect(jonas.thread.getByText('It comes on Friday')).toBeVisible();
  await expect(jonas.page.getByText('Your reply was not sent')).toHaveCount(0);
  expect(await customer.received()).toEqual([]);
  await jonas.leave();
  await carmen.leave();
});
