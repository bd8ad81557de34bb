import { expect, test } from '@playwright/test';
import { Colleague } from './support/colleague.ts';
import { aCustomer } from './support/customer.ts';
import { watchMarks, WAY } from './support/marks.ts';

/* The main job, end to end: a customer writes, one agent answers, a colleague cannot. */

test('a message from the customer’s phone stands in the queue of every agent of support, without a reload', async ({
  browser,
}) => {
  const customer = aCustomer('Nora');
  const phone = await (await browser.newContext()).newPage();
  await phone.goto(customer.phone);
  const jonas = await Colleague.enter(browser, 'jonas', { phone: true });
  const ana = await Colleague.enter(browser, 'ana');
  await jonas.list('Queue');
  await ana.list('Queue');

  await phone.getByRole('textbox', { name: /^Write as/ }).fill('My fridge is leaking');
  await phone.getByRole('button', { name: /^Send as/ }).click();

  for (const agent of [jonas, ana])
    await expect(agent.page.getByText('My fridge is leaking').first()).toBeVisible();
  await jonas.leave();
  await ana.leave();
  await phone.context().close();
});

test('Jonas takes it, Ana sees at once that he has it, and her composer says why it is closed', async ({
  browser,
}) => {
  const customer = aCustomer('Petra');
  await customer.write('The oven does not heat');
  const jonas = await Colleague.enter(browser, 'jonas', { phone: true });
  const ana = await Colleague.enter(browser, 'ana');
  await jonas.list('Queue');
  await ana.list('Queue');
  await ana.open(customer.name);
  await jonas.open(customer.name);

  await jonas.act('Take');
  await expect(jonas.reply).toBeEditable();

  await expect(ana.page.getByText(/Jonas.* has had this since/)).toBeVisible();
  await expect(ana.reply).toHaveCount(0);
  await ana.list('Team');
  await expect(await ana.find(customer.name)).toHaveAccessibleName(/Jonas.* has it/);
  await jonas.leave();
  await ana.leave();
});

test('the reply reaches the customer, and its bubble goes from waiting to sent, delivered and read', async ({
  browser,
}) => {
  const customer = aCustomer('Igor');
  await customer.write('Where is my technician?');
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.list('Queue');
  await jonas.open(customer.name);
  await jonas.act('Take');
  await customer.goes('offline');
  const marks = await watchMarks(jonas.page);
  const mark = (name: string) => jonas.thread.getByRole('img', { name, exact: true });
  await jonas.send('He is ten minutes away');

  await expect(jonas.thread.getByText('He is ten minutes away')).toBeVisible();
  await expect(mark('Sent')).toBeVisible();
  await customer.goes('online');
  await expect(mark('Delivered')).toBeVisible();
  const phone = await (await browser.newContext()).newPage();
  await phone.goto(customer.phone);
  await expect(
    phone.getByRole('region', { name: 'Messages' }).getByText('He is ten minutes away'),
  ).toBeVisible();
  await expect(mark('Read')).toBeVisible();
  const seen = await marks();
  expect(seen).toEqual(WAY.filter((name) => seen.includes(name)));
  // Two changes within one frame are drawn as the second.
  expect(['Waiting to be sent', 'Being sent']).toContain(seen[0]);
  expect(seen.slice(-3)).toEqual(['Sent', 'Delivered', 'Read']);
  expect(await customer.received()).toHaveLength(1);

  await jonas.list('Mine');
  await jonas.find(customer.name);
  await jonas.leave();
  await phone.context().close();
});

test('of two who press Take in the same instant exactly one has it, and the other is told who was faster', async ({
  browser,
}) => {
  const pair = [await Colleague.enter(browser, 'jonas'), await Colleague.enter(browser, 'ana')];
  // Until both have pressed before either saw the other's Take: one of them may come too late to press.
  await expect(async () => {
    const customer = aCustomer('Emma');
    await customer.write('Hello?');
    for (const agent of pair) {
      await agent.list('Queue');
      await agent.open(customer.name);
    }
    const buttons = pair.map(({ page }) =>
      page.getByRole('button', { name: 'Take', exact: true }).first(),
    );
    for (const button of buttons) await expect(button).toBeEnabled();
    const handles = await Promise.all(buttons.map((button) => button.elementHandle()));
    const pressed = await Promise.all(
      handles.map((handle) =>
        handle?.evaluate((button) => {
          (button as HTMLElement).click();
          return button.isConnected;
        }),
      ),
    );
    expect(pressed).toEqual([true, true]);
  }).toPass();

  await expect(async () => {
    const open = await Promise.all(pair.map(({ reply }) => reply.count()));
    expect(open.sort()).toEqual([0, 1]);
  }).toPass();
  const winner = (await pair[0]?.reply.count()) === 1 ? 'Jonas' : 'Ana';
  const loser = (winner === 'Jonas' ? pair[1] : pair[0]) as Colleague;
  await expect(loser.page.getByText(new RegExp(`${winner}.* took it at`)).first()).toBeVisible();
  for (const agent of pair) await agent.leave();
});

test('the supervisor gives it to Ana: the screen of Jonas follows, and what he was typing stays with the reason', async ({
  browser,
}) => {
  const customer = aCustomer('Lucia');
  await customer.write('The washing machine jumps');
  const jonas = await Colleague.enter(browser, 'jonas');
  const carmen = await Colleague.enter(browser, 'carmen');
  await jonas.list('Queue');
  await jonas.open(customer.name);
  await jonas.act('Take');
  await jonas.reply.fill('Please unplug it and');

  await carmen.page.goto(`/inbox/all/${await customer.conversationId()}`);
  await carmen.act('Assign');
  await carmen.page.getByRole('radio', { name: /^Ana/ }).click();
  await carmen.page.getByRole('button', { name: /^Give it to Ana/ }).click();

  await expect(jonas.page.getByText(/gave this to Ana/)).toBeVisible();
  await expect(jonas.page.getByText('Your text is kept, nothing was sent.')).toBeVisible();
  await expect(jonas.page.getByText('Please unplug it and').first()).toBeVisible();
  const ana = await Colleague.enter(browser, 'ana');
  await ana.open(customer.name);
  await expect(ana.reply).toBeEditable();
  expect(await customer.received()).toEqual([]);
  for (const person of [jonas, carmen, ana]) await person.leave();
});

test('resolved, and written to again: the same thread, the next case, the history above it', async ({
  browser,
}) => {
  const customer = aCustomer('Olav');
  await customer.write('The dryer is loud');
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.list('Queue');
  await jonas.open(customer.name);
  const address = jonas.page.url();
  await jonas.act('Take');
  await jonas.send('We have noted it');
  await expect(jonas.thread.getByRole('img', { name: /Delivered|Sent/ })).toBeVisible();
  await jonas.act('Resolve');
  await expect(jonas.page.getByText('The case is resolved. Reopen it to reply.')).toBeVisible();

  await customer.write('It is loud again');
  await expect(jonas.thread.getByText('It is loud again')).toBeVisible();
  await expect(jonas.thread.getByText('The dryer is loud')).toBeVisible();
  await expect(jonas.thread.getByText(/Case #2/)).toBeVisible();
  expect(new URL(jonas.page.url()).pathname.split('/').at(-1)).toBe(
    new URL(address).pathname.split('/').at(-1),
  );
  await jonas.leave();
});
