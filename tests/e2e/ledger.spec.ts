import { createHmac } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { Colleague } from './support/colleague.ts';
import { required, system } from './support/local-system.ts';

/** A webhook that no number of ours is meant by, signed as Meta signs. */
async function tellOfStranger(text: string): Promise<void> {
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550109999', phone_number_id: '100000000000009' },
              messages: [
                {
                  from: '15550123456',
                  id: `wamid.${Date.now()}`,
                  timestamp: String(Math.floor(Date.now() / 1000)),
                  type: 'text',
                  text: { body: text },
                },
              ],
            },
          },
        ],
      },
    ],
  });
  const secret = required('WHATSAPP_APP_SECRET');
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const answer = await fetch(`${system.app}/whatsapp/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature },
    body,
  });
  expect(answer.status).toBe(200);
}

test('an admin sees that everything is accounted for, reads what waits and dismisses it', async ({
  browser,
}) => {
  await tellOfStranger('Is anybody there?');
  const ravi = await Colleague.enter(browser, 'ravi');
  const { page } = ravi;
  await page.goto('/ledger');
  await expect(page.getByRole('heading', { name: 'Ledger', level: 1 })).toBeVisible();
  await expect(page.getByText(/waits? for you$/).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/missing/)).toHaveCount(0);
  await page.getByRole('button', { name: /^Open/ }).first().click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText('Is anybody there?')).toBeVisible();
  await page.keyboard.press('Escape');
  const waiting = await page.getByRole('button', { name: /^Dismiss/ }).count();
  await page
    .getByRole('button', { name: /^Dismiss/ })
    .first()
    .click();
  await page.getByRole('textbox').fill('A number that we gave up');
  await sheet.getByRole('button', { name: /^Dismiss/ }).click();
  await expect(page.getByRole('button', { name: /^Dismiss/ })).toHaveCount(waiting - 1);
  await ravi.leave();
});

test('the ledger is nothing for an agent', async ({ browser }) => {
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.page.goto('/ledger');
  await expect(jonas.page.getByRole('tab', { name: /^Mine/ })).toBeVisible();
  await jonas.leave();
});
