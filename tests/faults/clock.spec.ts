import { expect, test } from '@playwright/test';
import { Colleague } from '../e2e/support/colleague.ts';
import { aCustomer } from '../e2e/support/customer.ts';
import { db } from '../e2e/support/local-system.ts';
import { textsOf } from '../support/faults/at-work.ts';

/* A colleague's device whose clock is wrong. The rules have the server's; the screen must agree with them. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

for (const wrong of [5 * MINUTE, -5 * MINUTE]) {
  const ahead = `${Math.abs(wrong / MINUTE)} minutes ${wrong > 0 ? 'ahead' : 'behind'}`;

  test(`with a clock ${ahead} waiting times, windows and the order are those of the server, and a reply goes`, async ({
    browser,
  }) => {
    const [closing, closed, fresh] = ['Closing', 'Closed', 'Fresh'].map(aCustomer);
    if (!closing || !closed || !fresh) throw new Error('There are three customers.');
    await closed.write('Too long ago', Date.now() - DAY - 3 * MINUTE);
    await closing.write('Almost a day ago', Date.now() - DAY + 4 * MINUTE);
    await fresh.write('Just now');
    const jonas = await Colleague.enter(browser, 'jonas', { wrong });
    await jonas.list('Queue');
    await expect(await jonas.find(fresh.name)).toHaveAccessibleName(
      /waiting (less than a minute|[12] minutes?)/,
    );

    await jonas.open(closing.name);
    await jonas.act('Take');
    await jonas.send('In the last minutes');
    await expect.poll(() => textsOf(closing)).toEqual(['In the last minutes']);
    // WhatsApp's times have whole seconds: an answer of the same second would stand before the reply.
    await closing.write('Thank you', Date.now() + 1_000);
    await expect(jonas.thread.getByText('Thank you')).toBeVisible();
    const said = jonas.thread.getByText(/^(Almost a day ago|In the last minutes|Thank you)$/);
    await expect(said).toHaveText(['Almost a day ago', 'In the last minutes', 'Thank you']);

    await jonas.list('Queue');
    await jonas.open(closed.name);
    await jonas.act('Take');
    await expect(jonas.page.getByText(/24-hour window closed/).first()).toBeVisible();
    await expect(jonas.reply).toHaveCount(0);
    const path = `conversations/${await closed.conversationId()}`;
    // The window's word stood there before the Take, which may still be on its way.
    await expect
      .poll(async () => (await db.doc(path).get()).get('assignee') as unknown)
      .toEqual({ kind: 'agent', id: 'jonas' });
    await jonas.leave();
  });
}
