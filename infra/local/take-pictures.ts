import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { BOT, CHANNELS, directMessageId, PEOPLE } from './slack-server/workspace-data.ts';

/**
 * Takes the README's pictures anew, in the page of a Plumbline that runs with the sample data:
 * `npm start`, then `npm run pictures -- http://127.0.0.1:4040/`. CHROMIUM_PATH names the browser.
 */
const FOLDER = import.meta.dirname;
const address = process.argv[2] ?? 'http://127.0.0.1:4040/';

type Scene = { picture: string; person: string; place: string; act(page: Page): Promise<void> };

const SCENES: Scene[] = [
  {
    picture: 'answer',
    person: 'mara',
    place: '@',
    async act(page) {
      await ask(page, 'Message Plumbline', 'revenue per month this year');
      await page.getByRole('figure').first().scrollIntoViewIfNeeded();
    },
  },
  {
    picture: 'clarification',
    person: 'mara',
    place: '@',
    act: (page) => ask(page, 'Message Plumbline', 'revnue of sneekers last week'),
  },
  {
    picture: 'private-part',
    person: 'mara',
    place: 'sales',
    act: (page) => ask(page, 'Message #sales', '@plumbline revenue last week'),
  },
  {
    picture: 'home',
    person: 'dana',
    place: '@',
    async act(page) {
      await page.getByRole('navigation').getByRole('button', { name: 'Home' }).click();
      await page.getByRole('img', { name: /course of each figure/ }).waitFor();
    },
  },
  {
    picture: 'receipt',
    person: 'mara',
    place: '@',
    async act(page) {
      await ask(page, 'Message Plumbline', 'orders by branch last month');
      await page
        .getByRole('button', { name: /Show the SQL/ })
        .last()
        .click();
      await page.getByRole('dialog').waitFor();
    },
  },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const { picture, person, place, act } of SCENES) {
  const id = idOf(PEOPLE, person);
  const page = await browser.newPage({ viewport: { width: 1360, height: 900 }, locale: 'en-GB' });
  await page.goto(`${address}?as=${id}#/${place === '@' ? directMessageId(id) : idOf(CHANNELS, place)}`);
  await act(page);
  await page.waitForTimeout(800);
  await page.screenshot({ path: join(FOLDER, `${picture}.png`) });
  await page.close();
}
await browser.close();

/** Waits until the answer stands in the thread. */
async function ask(page: Page, field: string, question: string): Promise<void> {
  await page.getByLabel(field).fill(question);
  await page.getByLabel(field).press('Enter');
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread.getByText(BOT.name, { exact: false }).first().waitFor();
  await thread
    .getByRole('button', { name: /Right|Sneakers/ })
    .first()
    .waitFor();
}

function idOf(list: readonly { id: string; name: string }[], name: string): string {
  return list.find((each) => each.name === name)?.id ?? '';
}
