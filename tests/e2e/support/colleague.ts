import {
  expect,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from '@playwright/test';

/** A colleague at a screen of their own, and what they do there by roles and names. */
export class Colleague {
  readonly page: Page;
  readonly context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  /** Opens a browser of their own and signs in. */
  static async enter(
    browser: Browser,
    uid: string,
    options: { phone?: boolean } = {},
  ): Promise<Colleague> {
    const viewport = options.phone ? { width: 390, height: 844 } : { width: 1440, height: 900 };
    const context = await browser.newContext({ viewport, locale: 'en-GB' });
    const page = await context.newPage();
    const colleague = new Colleague(context, page);
    await page.goto('/');
    await page.getByLabel('Work email').fill(`${uid}@demo.test`);
    await page.getByLabel('Password').fill('switchboard');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('tab', { name: /^Mine/ })).toBeVisible({ timeout: 20_000 });
    return colleague;
  }

  /** Shows one of the lists. */
  async list(name: 'Mine' | 'Queue' | 'Team' | 'All'): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}\\b`) }).click();
  }

  /** A conversation's row, by the customer's name. */
  row(name: string): Locator {
    return this.page.getByRole('link', { name: new RegExp(`^${name},`) });
  }

  /** Scrolls the list until the row is there: only rows near the screen are in the document. */
  async find(name: string): Promise<Locator> {
    const row = this.row(name);
    await expect(async () => {
      if ((await row.count()) === 0) {
        await this.page
          .getByRole('link', { name: /waiting|window/ })
          .first()
          .hover();
        await this.page.mouse.wheel(0, 400);
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
    if (await button.isVisible()) return button.click();
    await this.page.getByRole('button', { name: 'More actions' }).click();
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
