import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Browser, type Locator } from '@playwright/test';
import { Colleague } from './support/colleague.ts';
import { aCustomer, control } from './support/customer.ts';
import { aNoise, aPicture } from '../support/pictures.ts';
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

const NOTE = readFileSync(
  path.join(import.meta.dirname, '../../scripts/demo/files/still-dripping.ogg'),
);

/** A colleague in front of a voice note that a customer has just sent. */
async function atAVoiceNote(browser: Browser, name: string, before?: () => void) {
  const customer = aCustomer(name);
  await customer.sends(
    'audio',
    { bytes: NOTE, mimeType: 'audio/ogg; codecs=opus' },
    { voice: true },
  );
  const jonas = await Colleague.enter(browser, 'jonas');
  if (before) await jonas.page.addInitScript(before);
  await jonas.page.goto(`/inbox/queue/${await customer.conversationId()}`);
  const note = jonas.thread.getByRole('group', { name: 'Voice note' });
  await expect(note.getByRole('button', { name: 'Play' })).toBeEnabled(BRINGING);
  return { jonas, note, slider: note.getByRole('slider', { name: 'Position' }) };
}

/** The bars of a waveform that was worked out: not all of the same height. */
const barsOf = async (note: Locator): Promise<number> => {
  const drawn = (await note.locator('.wave path').first().getAttribute('d')) ?? '';
  return new Set([...drawn.matchAll(/v([\d.]+)/g)].map(([, height]) => height)).size;
};

test('a voice note is drawn as loud as it is, and wound by keys', async ({ browser }) => {
  const { jonas, note, slider } = await atAVoiceNote(browser, 'Ines');
  await expect.poll(() => barsOf(note)).toBeGreaterThan(5);
  await slider.focus();
  await jonas.page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', /^0:0[1-9] of /);
  await jonas.leave();
});

test('a voice note plays where the browser has no decoder for it, and nothing else may compile code', async ({
  browser,
}) => {
  const { jonas, note, slider } = await atAVoiceNote(browser, 'Gil', () => {
    const { canPlayType } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.canPlayType = function (type) {
      return type.startsWith('audio/ogg') ? '' : canPlayType.call(this, type);
    };
  });
  const audio = note.locator('audio');
  await expect(audio).toHaveAttribute('src', /^blob:/);
  await expect.poll(() => barsOf(note)).toBeGreaterThan(5);
  await expect
    .poll(() => audio.evaluate((one: HTMLAudioElement) => one.duration))
    .toBeGreaterThan(2);
  await note.getByRole('button', { name: /^Speed/ }).click();
  await note.getByRole('button', { name: 'Play' }).click();
  await expect
    .poll(() => audio.evaluate((one: HTMLAudioElement) => one.currentTime))
    .toBeGreaterThan(0.2);
  expect(await audio.evaluate((one: HTMLAudioElement) => one.playbackRate)).toBe(1.5);
  await note.getByRole('button', { name: 'Pause' }).click();
  await slider.press('Home');
  await slider.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', /^0:0[0-9] of /);
  const compiled = await jonas.page.evaluate(() =>
    WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)).then(
      () => true,
      () => false,
    ),
  );
  expect(compiled).toBe(false);
  await jonas.leave();
});

test('a large photo comes to the thread as a small picture, and whole where it is pressed', async ({
  browser,
}) => {
  const customer = aCustomer('Nora');
  await customer.sends('image', { bytes: aNoise(1_200, 900), mimeType: 'image/png' });
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.page.goto(`/inbox/queue/${await customer.conversationId()}`);
  const shown = photoIn(jonas);
  const widthOf = (picture: Locator) =>
    picture.evaluate((img: HTMLImageElement) => img.naturalWidth);
  await expect(shown).toBeVisible(BRINGING);
  // It may have been asked for before its small picture was made.
  await expect(async () => {
    await jonas.page.reload();
    await expect(shown).toHaveAttribute('src', /of=thumbnail/, { timeout: 2_000 });
  }).toPass(BRINGING);
  await expect.poll(() => widthOf(shown)).toBe(640);
  await jonas.thread.getByRole('button', { name: /^Photo/ }).click();
  const large = jonas.page.getByRole('dialog', { name: /^Photo/ }).locator('img');
  await expect.poll(() => widthOf(large)).toBe(1_200);
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

test('the photos of a conversation are looked through together, and lead to where they were sent', async ({
  browser,
}) => {
  const customer = aCustomer('Olga');
  await customer.sends('image', photo, { caption: 'The first one' });
  await customer.sends('image', photo, { caption: 'The second one' });
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.page.goto(`/inbox/queue/${await customer.conversationId()}`);
  await jonas.page.getByRole('button', { name: 'Photos and files' }).click();
  const gallery = jonas.page.getByRole('dialog', { name: 'Photos and files' });
  const tiles = gallery.getByRole('button', { name: /^Photo from/ });
  await expect(tiles).toHaveCount(2);
  await expect(tiles.locator('img')).toHaveCount(2, BRINGING);
  await tiles.last().click();
  const viewer = jonas.page.getByRole('dialog', { name: /^Photo from/ });
  await expect(viewer.getByText('1 of 2')).toBeVisible();
  await jonas.page.keyboard.press('ArrowRight');
  await expect(viewer.getByText('2 of 2')).toBeVisible();
  await viewer.getByRole('button', { name: 'Show in the conversation' }).click();
  await expect(gallery).toBeHidden();
  await expect(jonas.thread.getByText('The second one')).toBeInViewport();
  await jonas.leave();
});
