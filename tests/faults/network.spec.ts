import { expect } from '@playwright/test';
import { aCustomer } from '../e2e/support/customer.ts';
import { db } from '../e2e/support/local-system.ts';
import { atWork, BACK, sendButton, textsOf } from '../support/faults/at-work.ts';
import { SLOW_3G } from '../support/faults/line.ts';
import { test } from '../support/faults/roads.ts';

/* What breaks between a colleague's browser and everything else. */

test('thirty seconds without Firestore: the screen says so, nothing is claimed or lost, and it comes back by itself', async ({
  browser,
  road,
  firestore,
}) => {
  const { jonas, customer } = await atWork(browser, { road });
  const waiting = aCustomer('Queued');
  await waiting.write('Anybody?');
  await jonas.list('Queue');
  await jonas.open(waiting.name);
  await jonas.page.evaluate(() => Object.assign(window, { sameDocument: true }));

  firestore.cut();
  await jonas.act('Take');
  await expect(jonas.page.getByText(/No answer came|no connection to the server/)).toBeVisible(
    BACK,
  );
  await expect(jonas.reply).toHaveCount(0);
  await jonas.list('Mine');
  await jonas.open(customer.name);
  await jonas.send('Sent into the gap');
  await expect(jonas.page.getByText(/No answer came|no connection to the server/)).toBeVisible(
    BACK,
  );
  await expect(jonas.reply).toHaveValue('Sent into the gap');
  await expect(jonas.page.getByText(/^Offline since/).first()).toBeVisible(BACK);
  await customer.write('Written meanwhile');
  await jonas.reply.fill('Sent into the gap, and typed on');
  expect(await textsOf(customer)).toEqual([]);
  await firestore.mendAfter(30_000);

  await expect(jonas.page.getByText('Live', { exact: true })).toBeVisible(BACK);
  await expect(jonas.thread.getByText('Written meanwhile')).toBeVisible();
  await expect(jonas.reply).toHaveValue('Sent into the gap, and typed on');
  await sendButton(jonas).click();
  await expect.poll(() => textsOf(customer)).toEqual(['Sent into the gap, and typed on']);
  expect(await jonas.page.evaluate(() => 'sameDocument' in window)).toBe(true);
  await jonas.list('Queue');
  await expect(await jonas.find(waiting.name)).toHaveAccessibleName(/no one has it yet/);
  await jonas.leave();
});

test('a reply whose answer is lost on the way is called unclear, and sent again it arrives once', async ({
  browser,
  road,
  firestore,
}) => {
  const { jonas, customer } = await atWork(browser, { road });
  firestore.mute();
  await jonas.send('Did this leave?');
  await expect.poll(() => textsOf(customer)).toEqual(['Did this leave?']);
  await jonas.context.setOffline(true);
  await expect(jonas.page.getByText(/No answer came from the server/)).toBeVisible(BACK);
  await expect(jonas.reply).toHaveValue('Did this leave?');
  firestore.mend();
  await jonas.context.setOffline(false);
  await expect(jonas.page.getByText('Live', { exact: true })).toBeVisible(BACK);
  await sendButton(jonas).click();
  await expect(jonas.reply).toHaveValue('');
  await expect.poll(() => textsOf(customer)).toEqual(['Did this leave?']);
  await expect(jonas.thread.getByText('Did this leave?')).toHaveCount(1);
  await jonas.leave();
});

test('a reply that never left is kept, and goes once when it is sent again', async ({
  browser,
  road,
  firestore,
}) => {
  const { jonas, customer } = await atWork(browser, { road });
  firestore.stall();
  await jonas.send('Into a tunnel');
  await expect(jonas.page.getByRole('button', { name: 'Sending' })).toBeVisible();
  await jonas.context.setOffline(true);
  // Unclear, or known not to have been sent: as far as it had come.
  await expect(jonas.page.getByText(/No answer came|no connection to the server/)).toBeVisible(
    BACK,
  );
  firestore.cut();
  firestore.mend();
  await jonas.context.setOffline(false);
  await expect(jonas.page.getByText('Live', { exact: true })).toBeVisible(BACK);
  await expect(jonas.reply).toHaveValue('Into a tunnel');
  await sendButton(jonas).click();
  await expect.poll(() => textsOf(customer)).toEqual(['Into a tunnel']);
  await jonas.leave();
});

test('on slow 3G a reply takes its time, shows that it does, and goes once', async ({
  browser,
  road,
  firestore,
}) => {
  const { jonas, customer } = await atWork(browser, { road });
  firestore.slow(SLOW_3G);
  await jonas.send('Patience');
  await expect(jonas.page.getByRole('button', { name: 'Sending' })).toBeVisible();
  await sendButton(jonas)
    .click({ force: true, timeout: 2_000 })
    .catch(() => undefined);
  await expect(jonas.reply).toHaveValue('', BACK);
  await expect.poll(() => textsOf(customer)).toEqual(['Patience']);
  await expect(jonas.thread.getByText('Patience')).toHaveCount(1, BACK);
  await jonas.leave();
});

test('a command whose answer is lost: its event tells that it was carried out; where that can’t be read either it is called unknown until the screen shows it', async ({
  browser,
  road,
  firestore,
  hosting,
}) => {
  const { jonas, customer } = await atWork(browser, { road });
  const id = await customer.conversationId();
  hosting.mute();
  await jonas.act('Resolve');
  await expect(jonas.page.getByText('Resolved. Nobody holds it.')).toBeVisible(BACK);
  hosting.mend();
  await jonas.act('Reopen');
  await expect(jonas.reply).toBeEditable();

  firestore.stall();
  hosting.mute();
  await jonas.act('Resolve');
  await expect(jonas.page.getByText(/Look whether it happened/)).toBeVisible(BACK);
  firestore.mend();
  hosting.mend();
  await expect(jonas.page.getByText('The case is resolved. Reopen it to reply.')).toBeVisible(BACK);
  await expect(jonas.page.getByText(/Look whether it happened/)).toHaveCount(0);
  const events = await db
    .collection(`conversations/${id}/timeline`)
    .where('kind', '==', 'event')
    .orderBy('at')
    .get();
  expect(events.docs.map((event) => event.get('type') as string)).toEqual([
    'taken',
    'resolved',
    'reopened',
    'resolved',
  ]);
  await jonas.leave();
});
