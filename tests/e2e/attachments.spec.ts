import { expect, test, type Browser } from '@playwright/test';
import { oggPages, opusHead } from '../../web/src/features/conversation/testing/ogg.ts';
import { Colleague } from './support/colleague.ts';
import { aCustomer, type Customer } from './support/customer.ts';
import { aPicture } from '../support/pictures.ts';

/** The first file wakes processes of their own, which a busy machine takes its time for. */
const SENDING = { timeout: 30_000 };

const MB = 1024 * 1024;
const photo = () => ({
  name: 'leak.png',
  mimeType: 'image/png',
  buffer: Buffer.from(aPicture(320, 200)),
});

/** Jonas, who holds the conversation of a customer who has just written. */
async function holding(browser: Browser, name: string) {
  const customer = aCustomer(name);
  await customer.write('Hello');
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.page.goto(`/inbox/queue/${await customer.conversationId()}`);
  await jonas.act('Take');
  await expect(jonas.page.getByRole('button', { name: 'Attach a photo or file' })).toBeVisible();
  return { customer, jonas };
}

/** Chooses files as a person does: by the paper clip. */
async function attach(jonas: Colleague, entry: string, files: ReturnType<typeof photo>[]) {
  await jonas.page.getByRole('button', { name: 'Attach a photo or file' }).click();
  const [chooser] = await Promise.all([
    jonas.page.waitForEvent('filechooser'),
    jonas.page.getByRole('menuitem', { name: entry }).click(),
  ]);
  await chooser.setFiles(files);
}

const sendButton = ({ page }: Colleague) => page.getByRole('button', { name: 'Send on WhatsApp' });
const tray = ({ page }: Colleague) => page.getByRole('region', { name: 'Goes with your reply' });

/** What the customer was sent, by its type. */
const receivedAs = (customer: Customer, type: string) =>
  expect.poll(
    async () =>
      (await customer.received()).filter((one) => one.type === type).map((one) => one.request),
    SENDING,
  );

test('a photo that is chosen arrives with its caption', async ({ browser }) => {
  const { customer, jonas } = await holding(browser, 'Alba');
  await attach(jonas, 'Photo or video', [photo()]);
  await expect(tray(jonas).getByText('Its caption is what you write below.')).toBeVisible();
  await jonas.reply.fill('Is it *this* one?');
  await sendButton(jonas).click();
  await receivedAs(customer, 'image').toEqual([
    expect.objectContaining({ image: expect.objectContaining({ caption: 'Is it *this* one?' }) }),
  ]);
  await expect(tray(jonas)).toBeHidden();
  await expect(jonas.reply).toHaveValue('');
  await jonas.leave();
});

test('a picture that is pasted is sent without a word', async ({ browser }) => {
  const { customer, jonas } = await holding(browser, 'Bea');
  await jonas.reply.focus();
  await jonas.reply.evaluate(
    (field, bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], 'image.png', { type: 'image/png' }));
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    },
    [...photo().buffer],
  );
  await expect(tray(jonas).getByText('image.png')).toBeVisible();
  await sendButton(jonas).click();
  await receivedAs(customer, 'image').toHaveLength(1);
  await jonas.leave();
});

test('a file that is too large says so with its limit, and the others go', async ({ browser }) => {
  const { customer, jonas } = await holding(browser, 'Caro');
  const film = { name: 'long.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(17 * MB) };
  await attach(jonas, 'Photo or video', [film, photo()]);
  await expect(tray(jonas).getByRole('alert')).toHaveText(
    /Too large\. WhatsApp takes at most 16\.8 MB/,
  );
  await sendButton(jonas).click();
  await receivedAs(customer, 'image').toHaveLength(1);
  await expect(tray(jonas).getByText('long.mp4')).toBeVisible();
  await jonas.leave();
});

test('an upload that breaks off goes on where it was', async ({ browser }) => {
  const { customer, jonas } = await holding(browser, 'Dora');
  const parts: string[] = [];
  let broken = false;
  await jonas.page.route(/\/upload\/.*&part=/, async (route) => {
    const part = new URL(route.request().url()).searchParams.get('part') ?? '';
    parts.push(part);
    if (part !== '1' || broken) return route.continue();
    broken = true;
    return route.abort('connectionreset');
  });
  const paper = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(9 * MB, 32)]);
  const file = { name: 'plan.pdf', mimeType: 'application/pdf', buffer: paper };
  await attach(jonas, 'Document', [file]);
  await sendButton(jonas).click();
  await receivedAs(customer, 'document').toEqual([
    expect.objectContaining({ document: expect.objectContaining({ filename: 'plan.pdf' }) }),
  ]);
  expect(parts).toEqual(['0', '1', '1', '2']);
  await jonas.leave();
});

test('a voice note is recorded, heard and sent as one', async ({ browser }) => {
  const { customer, jonas } = await holding(browser, 'Elsa');
  const { page } = jonas;
  await page.getByRole('button', { name: 'Record a voice note' }).click();
  await expect(page.getByRole('timer')).toHaveText('0:02', SENDING);
  await page.getByRole('button', { name: 'Stop and listen' }).click();
  await expect(tray(jonas).getByRole('button', { name: 'Play' })).toBeVisible();
  await sendButton(jonas).click();
  await receivedAs(customer, 'audio').toEqual([
    expect.objectContaining({ audio: expect.objectContaining({ voice: true }) }),
  ]);
  const sound = jonas.thread.locator('audio');
  await expect(sound).toHaveAttribute('src', /^\/media\//, SENDING);
  const answer = await page.request.get((await sound.getAttribute('src')) ?? '');
  const pages = oggPages(new Uint8Array(await answer.body()));
  expect(pages.every((one) => one.sound)).toBe(true);
  expect(opusHead(pages).channels).toBe(1);
  // At 48 kHz, some two seconds.
  expect(pages.at(-1)?.position).toBeGreaterThan(48_000);
  await page.goto(customer.phone);
  await expect(page.getByText('Voice message').first()).toBeVisible();
  await jonas.leave();
});
