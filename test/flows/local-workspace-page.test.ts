import type { App } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aBrowser, type BrowserForTests, browserIsMissing } from '../support/a-browser.ts';
import { aDemoApp } from '../support/a-demo-app.ts';
import { aWorkspace, type WorkspaceForTests } from '../support/a-workspace.ts';
import { MESSAGE_BLOCKS } from '../support/block-gallery.ts';

const missing = browserIsMissing();
const shots = process.env.PLUMBLINE_SHOTS;

test('the browser that these tests need is there', ({ skip }) => {
  if (missing && process.env.CI) throw new Error(missing);
  if (missing) skip(missing);
  expect(missing).toBeNull();
});

describe.skipIf(missing !== null)('the page of the local workspace', () => {
  let workspace: WorkspaceForTests;
  let app: App;
  let browser: BrowserForTests;
  let mara: Page;
  let ben: Page;

  beforeAll(async () => {
    workspace = await aWorkspace({
      commands: [{ command: '/kpi', description: 'Key figures', usage: '[day]' }],
      shortcuts: [{ callbackId: 'ask_about', name: 'Ask about this' }],
    });
    app = await aDemoApp(workspace);
    browser = await aBrowser();
    mara = await browser.openAs(workspace.url, workspace.person('mara'), `#/${workspace.channel('#sales')}`);
    ben = await browser.openAs(workspace.url, workspace.person('ben'), `#/${workspace.channel('#sales')}`);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await workspace?.close();
  });

  test('signs in by choosing a person', async () => {
    const page = await browser.openAs(workspace.url, workspace.person('mara'));
    await page.evaluate('sessionStorage.clear()');
    await page.goto(workspace.url);
    await shot(page, 'sign-in');
    await page.getByRole('button', { name: /Aisha Rahman/ }).click();
    await page.getByRole('button', { name: /finance/ }).waitFor();
    expect(await page.getByRole('button', { name: /data-owners/ }).count()).toBe(0);
    await page.close();
  });

  test('answers a mention in a thread with table, chart and buttons, and one part for the asker alone', async () => {
    await write(mara, 'Message #sales', '@plumbline revenue last week?');
    const thread = mara.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('Only visible to you').waitFor();
    expect(await thread.getByText('margin was 41.2 %').isVisible()).toBe(true);
    await ben.getByRole('button', { name: /reply|replies/ }).click();
    const bens = ben.getByRole('complementary', { name: 'Thread' });
    await bens.getByRole('table', { name: 'Revenue by branch' }).waitFor();
    expect(await bens.getByText('margin was 41.2 %').count()).toBe(0);
    await shot(mara, 'answer');
  });

  test('sorts a data table by a click on its heading and turns its pages', async () => {
    const table = mara.getByRole('table', { name: 'Revenue by branch' });
    const names = () => table.getByRole('rowheader').allTextContents();
    expect(await names()).toEqual(['Leeds', 'York', 'Bath', 'Web shop', 'Derby']);
    await table.getByRole('button', { name: 'Revenue, £' }).click();
    expect(await names()).toEqual(['York', 'Web shop', 'Leeds', 'Bath', 'Derby']);
    await mara.getByRole('button', { name: 'Next ›' }).click();
    expect(await names()).toEqual(['Hull']);
  });

  test('draws the chart with a bar for each figure and reads it out as a table', async () => {
    const chart = mara.getByRole('figure', { name: 'Revenue per day' });
    expect(await chart.locator('svg rect').count()).toBe(14);
    expect(await chart.getByRole('cell').first().textContent()).toBe('5,900');
  });

  test('presses a button, asks before a dangerous one, and marks feedback', async () => {
    const thread = mara.getByRole('complementary', { name: 'Thread' });
    await thread.getByRole('button', { name: 'Why?' }).click();
    await thread.getByText('Because of the bad week in Leeds.').waitFor();
    await thread.getByRole('button', { name: 'Undo' }).click();
    const dialog = mara.getByRole('dialog', { name: 'Undo the load?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await dialog.count()).toBe(0);
    await thread.getByRole('button', { name: 'Right' }).click();
    expect(await thread.getByRole('button', { name: 'Right' }).getAttribute('aria-pressed')).toBe('true');
    await thread.getByLabel('Chart type').selectOption('Line');
    expect(await thread.getByLabel('Chart type').inputValue()).toBe('line');
  });

  test('opens the answer to the newest question in the place of the one before', async () => {
    await write(mara, 'Message #sales', '@plumbline and the week before?');
    const thread = mara.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('and the week before?').waitFor();
    expect(await thread.getByText('revenue last week?').count()).toBe(0);
  });

  test('runs a slash command from the list that it offers', async () => {
    const field = mara.getByLabel('Message #sales');
    await field.fill('/k');
    await mara.getByRole('button', { name: /\/kpi/ }).click();
    await field.press('Enter');
    await mara.getByText('KPIs for today').waitFor();
    expect(await ben.getByText('KPIs for today').count()).toBe(0);
  });

  test('shares a dropped file and shows what Plumbline says about it', async () => {
    const dataTransfer = await mara.evaluateHandle(`(() => {
      const dropped = new DataTransfer();
      dropped.items.add(new File(['account,amount\\n4000,12.50\\n'], 'march.csv', { type: 'text/csv' }));
      return dropped;
    })()`);
    await mara.getByRole('main').first().dispatchEvent('drop', { dataTransfer });
    await mara.getByRole('main').first().getByRole('button', { name: 'Send' }).click();
    await mara.getByText(/Got march\.csv, 26 bytes/).waitFor();
    await mara.getByRole('link', { name: /march\.csv/ }).waitFor();
  });

  test('fills a form: says what is missing, shows the app’s own error, then records', async () => {
    await mara.getByRole('navigation').getByRole('button', { name: 'Home' }).click();
    await mara.getByRole('button', { name: 'New entry' }).click();
    const form = mara.getByRole('dialog', { name: 'New entry' });
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('This is needed.').first().waitFor();
    await form.getByLabel('Expense').check();
    await form.getByLabel('Amount').fill('2500');
    await form.getByLabel('Branch').selectOption('York');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Above 1,000 somebody else must approve.').waitFor();
    await shot(mara, 'form');
    await form.getByLabel('Amount').fill('12.50');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
    await shot(mara, 'home');
    await mara
      .getByRole('navigation')
      .getByRole('button', { name: /Messages/ })
      .click();
    await mara.getByText('Recorded 12.50 in York.').waitFor();
  });

  test('lists group messages by their people, where a mention is answered like in a channel', async () => {
    await mara.getByRole('navigation').getByRole('button', { name: 'Ben, Plumbline' }).click();
    await write(mara, 'Message Ben, Plumbline', 'hello Ben');
    await ben.getByRole('navigation').getByRole('button', { name: 'Mara, Plumbline' }).click();
    await ben.getByText('hello Ben').waitFor();
    await ben.getByRole('navigation').getByRole('button', { name: /sales/ }).click();
    await mara
      .getByRole('navigation')
      .getByRole('button', { name: /Messages/ })
      .click();
  });

  test('talks in the assistant pane: prompts, status, a streamed answer and a title', async () => {
    await mara.getByRole('button', { name: 'Ask Plumbline' }).click();
    const pane = mara.getByRole('complementary', { name: 'Plumbline assistant' });
    await pane.getByRole('button', { name: 'Revenue last week by branch' }).click();
    await pane.getByText('Plumbline is looking at orders').waitFor();
    await pane.getByText(/up 6\.1 % on the week before/).waitFor();
    await pane.getByText('Read 1,204 orders').waitFor();
    await pane.getByRole('heading', { name: 'Revenue last week by branch' }).waitFor();
    await shot(mara, 'assistant');
  });

  test('shows every kind of block that a message may hold', async () => {
    for (const block of Object.values(MESSAGE_BLOCKS))
      await app.client.chat.postMessage({
        channel: workspace.channel('#general'),
        text: 'a block',
        blocks: [block as unknown as KnownBlock],
      });
    await ben
      .getByRole('navigation')
      .getByRole('button', { name: /general/ })
      .click();
    const main = ben.getByRole('main');
    await main.getByText('Check sums').waitFor();
    expect(await main.getByText('does not know the block').count()).toBe(0);
    for (const heading of ['Revenue per month', 'Orders per month', 'Share by category'])
      expect(await main.getByRole('img', { name: heading }).count()).toBe(1);
    const line = main.getByRole('figure', { name: 'Revenue per month' });
    expect(await line.locator('circle').count()).toBe(12);
    expect(await line.getByText('-20k').isVisible()).toBe(true);
    expect(await main.getByText('48.0 %').isVisible()).toBe(true);
    await shot(ben, 'gallery');
    await ben.getByRole('navigation').getByRole('button', { name: /sales/ }).click();
  });

  test('never runs what a message contains', async () => {
    workspace.says('ben', '#sales', '<img src=x onerror=alert(1)> <script>alert(1)</script>');
    const { client } = app;
    await client.chat.postMessage({
      channel: workspace.channel('#sales'),
      text: 'markdown',
      blocks: [
        {
          type: 'markdown',
          text: '[link](javascript:alert(1)) <b onclick="x()">raw</b> ![i](https://example.com/x.png)',
        },
      ],
    });
    await ben.getByText('link raw').waitFor();
    const main = ben.getByRole('main').first();
    expect(await main.locator('script, img, b').count()).toBe(0);
    expect(await main.locator('a[href^="javascript"]').count()).toBe(0);
  });
});

async function write(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label).fill(text);
  await page.getByLabel(label).press('Enter');
}

/** For people who want to look: PLUMBLINE_SHOTS names a folder. */
async function shot(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
}
