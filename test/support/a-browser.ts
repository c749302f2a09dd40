import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Page } from 'playwright-core';

/** Debian's browser; CHROMIUM_PATH names another one. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type BrowserForTests = {
  /** A window signed in as this person, in the local workspace at `url`. */
  openAs(url: string, personId: string, hash?: string): Promise<Page>;
  close(): Promise<void>;
};

/** Says how to make the browser tests run where the browser is missing; in CI that is a failure. */
export function browserIsMissing(): string | null {
  if (existsSync(CHROMIUM)) return null;
  return `The browser tests cannot run: there is no Chromium at ${CHROMIUM}. Install it (apt-get install chromium) or set CHROMIUM_PATH.`;
}

export async function aBrowser(): Promise<BrowserForTests> {
  const missing = browserIsMissing();
  if (missing) throw new Error(missing);
  await buildPageWhenStale();
  // Starts with a new, empty profile in a temporary folder, which goes when the browser is closed.
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  return {
    async openAs(url, personId, hash = '') {
      // A window for each person: tabs behind others are slowed down by the browser.
      const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, locale: 'en-GB' });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      await page.goto(`${url}?as=${personId}${hash}`);
      await page.getByRole('navigation', { name: 'Channels' }).waitFor();
      return page;
    },
    async close() {
      await browser.close();
    },
  };
}

/** `npm ci` builds the page; while it is being worked on, tests see the newest one. */
async function buildPageWhenStale(): Promise<void> {
  const folder = path.resolve(import.meta.dirname, '../../infra/local/page');
  const built = path.join(folder, 'dist/index.html');
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0;
  const newest = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !path.relative(folder, entry.parentPath).startsWith('dist'))
    .map((entry) => statSync(path.join(entry.parentPath, entry.name)).mtimeMs)
    .reduce((latest, at) => Math.max(latest, at), 0);
  if (newest <= builtAt) return;
  await promisify(execFile)(process.execPath, [path.join(folder, '../build-page.js')]);
}
