import { expect, test } from '@playwright/test';
import { Colleague } from './support/colleague.ts';
import { aCustomer, control } from './support/customer.ts';
import { aPicture } from '../support/pictures.ts';
import { aPaper } from './support/files.ts';

/** The first media wakes a process of its own, which a busy machine takes its time for. */
const BRINGING = { timeout: 30_000 };

const photo = { bytes: aPicture(320, 200), mimeType: 'image/png' };

const photoIn = ({ thread }: Colleague) =>
  thread.getByRole('button', { name: /^Photo/ }).locator('img');

test('a photo that a customer sends is seen in the thread, and large where it is pressed', async ({
  browser,
}) => {
  const customer = aCustomer('Pia');
  await customer.sends('image', photo, { caption: 'Here it *leaks*' });
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.page.goto(`/inbox/queue/${await customer.conversationId()}`);
  const shown = photoIn(jonas);
  await expect
    .poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth), BRINGING)
    .toBe(320);
  await expect(jonas.thread.locator('strong', { hasText: 'leaks' })).toBeVisible();
  await jonas.thread.getByRole('button', { name: /^Photo/ }).click();
  const viewer = jonas.page.getByRole('dialog', { name: /^Photo/ });
  await expect(viewer).toBeVisible();
  await jonas.page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  await jonas.leave();
});

test('a photo that can’t be had at first is said to be coming, and comes', async ({ browser }) => {
  const customer = aCustomer('Rui');
  await control('faults', { op: 'media', mode: 'error', httpStatus: 500, times: 1 });
  await customer.sends('image', photo);
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.page.goto(`/inbox/queue/${await customer.conversationId()}`);
  await expect(jonas.thread.getByRole('listitem').filter({ hasText: 'Photo' })).toBeVisible();
  await expect(photoIn(jonas)).toBeVisible({ timeout: 60_000 });
  await jonas.leave();
});

test('a document is a file to keep under its own name, and never runs in the page', async ({
  browser,
}) => {
  const customer = aCustomer('Vera');
  const filename = 'Invoice K-20418.pdf';
  await customer.sends(
    'document',
    { bytes: aPaper(), mimeType: 'application/pdf', filename },
    { filename },
  );
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.page.goto(`/inbox/queue/${await customer.conversationId()}`);
  const keep = jonas.thread.getByRole('link', { name: `Download ${filename}` });
  await expect(keep).toBeVisible(BRINGING);
  const address = (await keep.getAttribute('href')) ?? '';
  const answer = await jonas.page.request.get(address);
  expect(answer.headers()).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringContaining('attachment; filename="Invoice K-20418.pdf"'),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  });
  expect(Buffer.from(await answer.body()).equals(Buffer.from(aPaper()))).toBe(true);
  const forged = address.replace(
    /signature=(.)/,
    (_, first) => `signature=${first === '_' ? '-' : '_'}`,
  );
  expect((await jonas.page.request.get(forged)).status()).toBe(403);
  await jonas.leave();
});

test('a place and a card say what they are', async ({ browser }) => {
  const customer = aCustomer('Lara');
  await customer.says({
    type: 'location',
    location: { latitude: 38.7369, longitude: -9.1427, name: 'Rua Nova 12', address: 'Lisbon' },
  });
  await customer.says({
    type: 'contacts',
    contacts: [
      {
        name: { formatted_name: 'Bruno Silva' },
        phones: [{ phone: '+351 912 000 111', type: 'CELL' }],
      },
    ],
  });
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.page.goto(`/inbox/queue/${await customer.conversationId()}`);
  await expect(jonas.thread.getByText('Rua Nova 12')).toBeVisible();
  await expect(jonas.thread.getByText('Bruno Silva')).toBeVisible();
  await expect(jonas.thread.getByText('+351 912 000 111')).toBeVisible();
  await jonas.leave();
});
