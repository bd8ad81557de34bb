import {
  expect,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from '@playwright/test';

/** Steps down a list before it is looked through from its top again. */
const FROM_THE_TOP = 25;

/** Scrolls what an element is scrolled in, by so many px. Runs in the page. */
function scrollAround(inside: Element, by: number): void {
  const scrolls = (one: Element) =>
    ['auto', 'scroll'].includes(getComputedStyle(one).overflowY) &&
    one.scrollHeight > one.clientHeight;
  let around = inside.parentElement;
  while (around !== null && !scrolls(around)) around = around.parentElement;
  (around ?? document.scrollingElement)?.scrollBy(0, by);
}

/** A colleague at a screen of their own, and what they do there by roles and names. */
export class Colleague {
  readonly page: Page;
  readonly context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  /**
   * Opens a browser of their own and signs in. `road` is the proxy by which it reaches everything,
   * `wrong` how far its clock is ahead, ms, `at` another place that serves the app.
   */
  static async enter(
    browser: Browser,
    uid: string,
    options: { phone?: boolean; road?: string; wrong?: number; at?: string } = {},
  ): Promise<Colleague> {
    const viewport = options.phone ? { width: 390, height: 844 } : { width: 1440, height: 900 };
    const proxy = options.road ? { proxy: { server: options.road } } : {};
    const place = options.at ? { baseURL: options.at } : {};
    const context = await browser.newContext({ viewport, locale: 'en-GB', ...proxy, ...place });
    if (options.wrong) await context.addInitScript(setClock, options.wrong);
    const page = await context.newPage();
    const colleague = new Colleague(context, page);
    await page.goto('/');
    await page.getByLabel('Work email').fill(`${uid}@demo.test`);
    await page.getByLabel('Password').fill('switchboard');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('tab', { name: /^Mine/ })).toBeVisible({ timeout: 20_000 });
    return colleague;
  }

  /** A second tab of the same browser, at the same address. */
  async tab(): Promise<Colleague> {
    const page = await this.context.newPage();
    await page.goto(this.page.url());
    return new Colleague(this.context, page);
  }

  /** Shows one of the lists. */
  async list(name: 'Mine' | 'Queue' | 'Team' | 'All'): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}\\b`) }).click();
    // The press is drawn first; until the list is there, rows are still the other one's.
    await expect(this.page.getByRole('region', { name, exact: true })).toBeVisible();
  }

  /** A conversation's row, by the customer's name. */
  row(name: string): Locator {
    return this.page.getByRole('link', { name: new RegExp(`^${name},`) });
  }

  /**
   * Scrolls the list from its top until the row is there, and from the top again: only rows near the
   * screen are in the document.
   */
  async find(name: string): Promise<Locator> {
    const row = this.row(name);
    let steps = 0;
    await expect(async () => {
      if ((await row.count()) === 0) {
        // By the list itself: a phone has no wheel.
        await this.page
          .getByRole('link', { name: /waiting|window/ })
          .first()
          .evaluate(scrollAround, steps % FROM_THE_TOP === 0 ? -100_000 : 400);
        steps += 1;
      }
      await expect(row).toBeVisible({ timeout: 300 });
    }).toPass();
    return row;
  }

  /** Opens a conversation from the list that is shown. */
  async open(name: string): Promise<void> {
    const opened = this.page.getByRole('heading', { name, level: 1 });
    // A list that has just been shown is still being laid out: a press may land between two places.
    await expect(async () => {
      await (await this.find(name)).click();
      await expect(opened).toBeVisible({ timeout: 3_000 });
    }).toPass();
  }

  /** What the conversation shows, newest last. */
  get thread(): Locator {
    return this.page.getByRole('log').filter({ visible: true }).first();
  }

  /** An action of the conversation: a button on a desktop, in the menu on a phone. */
  async act(name: string): Promise<void> {
    const button = this.page.getByRole('button', { name, exact: true }).first();
    const more = this.page.getByRole('button', { name: 'More actions' });
    // What an action is depends on who holds it: first the conversation must say so.
    await expect(button.or(more).first()).toBeVisible();
    if (await button.isVisible()) return button.click();
    await more.click();
    await this.page.getByRole('menuitem', { name }).click();
  }

  get reply(): Locator {
    return this.page.getByRole('textbox', { name: 'Reply on WhatsApp' });
  }

  /** Writes and sends a reply. */
  async send(text: string): Promise<void> {
    await this.reply.fill(text);
    await this.page.getByRole('button', { name: 'Send on WhatsApp' }).click();
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}

/** Runs in the page before anything else: its clock is ahead by so many ms. */
function setClock(ahead: number): void {
  const real = Date.now.bind(Date);
  const wrong = (): number => real() + ahead;
  globalThis.Date = new Proxy(Date, {
    construct: (target, args: unknown[]) =>
      Reflect.construct(target, args.length > 0 ? args : [wrong()]) as Date,
    get: (target, name, receiver) =>
      name === 'now' ? wrong : (Reflect.get(target, name, receiver) as unknown),
  });
}
