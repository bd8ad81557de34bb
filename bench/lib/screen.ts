/** An agent's real screen: the built app in Chromium, and the moment at which something is painted on it. */
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { required } from './row.ts';

/** How the browser that `npm run bench` found is started. */
export const launchOptions = (): { readonly executablePath: string; readonly args: string[] } => ({
  executablePath: required('CHROMIUM_PATH'),
  // Chromium refuses its sandbox to root, which is what containers run as.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

/** The browser that `npm run bench` found. */
export const openBrowser = (): Promise<Browser> => chromium.launch(launchOptions());

/** What a context at a desk is opened with. */
const DESK: BrowserContextOptions = { viewport: { width: 1440, height: 1200 } };

/** A browser of one colleague's own, with nobody signed in yet. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = DESK,
): Promise<Page> {
  const baseURL = required('SWITCHBOARD_URL');
  const context = await browser.newContext({ baseURL, locale: 'en-GB', ...options });
  return context.newPage();
}

/** A colleague of the demo workspace, signed in at a desk of their own. */
export async function signIn(browser: Browser, uid: string): Promise<Page> {
  const page = await openPage(browser);
  await enter(page, uid);
  return page;
}

/** Signs a colleague of the demo workspace in, up to the lists; `url` where the context has no base. */
export async function enter(page: Page, uid: string, url = '/'): Promise<void> {
  await page.goto(url);
  await page.getByLabel('Work email').fill(`${uid}@demo.test`);
  await page.getByLabel('Password').fill('switchboard');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('tab', { name: /^Mine/ }).waitFor();
}

/** The row of a conversation in the list that is shown. */
export const rowOf = (conversationId: string): string => `[data-row="${conversationId}"]`;
/** The messages of the conversation that is open. */
export const THREAD = '[role="log"]';
/** Everything on the screen. */
export const SCREEN = 'body';

/** From now on the page remembers when something in it was last pressed; a page that is loaded anew does not. */
export const rememberPresses = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const remember = ({ timeStamp }: Event): void => {
      document.documentElement.dataset['pressed'] = `${performance.timeOrigin + timeStamp}`;
    };
    addEventListener('click', remember, { capture: true });
  });

/** When the last press happened, epoch ms: by the browser's own event, whenever the page got round to it. */
export const pressedAt = async (page: Page): Promise<number> =>
  Number(await page.evaluate(() => document.documentElement.dataset['pressed']));

const PATIENCE = 20_000;

/**
 * The moment, epoch ms, at which a frame with this text in such an element inside the viewport has been
 * drawn. Ask before it happens: from then on the page watches itself.
 */
export const paintedAt = (page: Page, selector: string, text: string): Promise<number> =>
  page.evaluate(watch, { selector, text, patience: PATIENCE });

/** Runs in the page, so it takes what it needs as its argument. */
function watch(asked: { selector: string; text: string; patience: number }): Promise<number> {
  const there = (): boolean =>
    [...document.querySelectorAll(asked.selector)].some((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      const inside = top < innerHeight && bottom > 0;
      return inside && element.textContent.includes(asked.text);
    });
  return new Promise((resolve, reject) => {
    // What changes in the middle of a frame is drawn at its end; anything else in the next one.
    let drawing = false;
    const { port1: end, port2: frame } = new MessageChannel();
    end.onmessage = () => (drawing = false);
    let beat = requestAnimationFrame(begin);
    function begin(): void {
      drawing = true;
      frame.postMessage(null);
      beat = requestAnimationFrame(begin);
    }
    const observer = new MutationObserver(look);
    const late = setTimeout(() => {
      stop();
      reject(new Error(`"${asked.text}" was not painted in ${asked.selector}`));
    }, asked.patience);
    function stop(): void {
      observer.disconnect();
      clearTimeout(late);
      cancelAnimationFrame(beat);
    }
    function look(): void {
      if (!there()) return;
      stop();
      // A task after the frame: it has been handed over.
      const drawn = (): void => {
        setTimeout(() => resolve(performance.timeOrigin + performance.now()));
      };
      if (drawing) drawn();
      else requestAnimationFrame(drawn);
    }
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
  });
}
