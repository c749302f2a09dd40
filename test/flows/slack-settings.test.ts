import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { closeItem, findItem, keepItem, openItems, type QueueItem } from '../../src/slack/queue-store.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { anAnswer, aSlackApp, isFinished, scriptedNeeds } from '../support/a-slack-app.ts';
import { aWorkspace } from '../support/a-workspace.ts';

let store: ADynamodb;
beforeAll(async () => {
  store = await aDynamodb();
});
afterAll(() => store.close());
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open() {
  const workspace = await aWorkspace();
  closing.push(() => workspace.close());
  const needs = scriptedNeeds(store, () => anAnswer());
  const app = await aSlackApp(workspace, needs);
  closing.push(() => app.stop());
  return { workspace, needs };
}

function anItem(id: string, at: string): QueueItem {
  return {
    id,
    kind: 'wrong',
    question: 'revenue',
    asker: 'U1',
    channel: null,
    thread: null,
    confidence: null,
    receiptId: null,
    comment: null,
    at,
  };
}

describe('what a data owner sets in Slack', () => {
  test('holds at once: where questions that went wrong go, and where only a mention is answered', async () => {
    const { workspace, needs } = await open();
    await workspace.runsCommand('mara', '#sales', '/plumbline', 'settings');
    await workspace.waitFor('the refusal', () =>
      JSON.stringify(workspace.messages('#sales')).includes('Only a data owner can do this'),
    );
    await workspace.runsCommand('dana', '#sales', '/plumbline', 'settings');
    await workspace.waitFor('the form', () => workspace.form('dana'));
    expect(await workspace.submitsForm('dana', { queue: '', quiet: 'finance', hold: '90' })).toMatchObject({
      errors: { hold: expect.stringContaining('name one above') },
    });
    expect(await workspace.submitsForm('dana', { queue: 'finance', hold: 'most' })).toMatchObject({
      errors: { hold: expect.stringContaining('0 to 100') },
    });
    const refused = await workspace.submitsForm('dana', { queue: 'nowhere', quiet: 'finance' });
    expect(refused).toMatchObject({
      errors: { queue: expect.stringContaining('There is no channel “nowhere”') },
    });
    await workspace.submitsForm('dana', { queue: '#finance', quiet: 'finance, #general' });
    await workspace.waitFor('the confirmation', () =>
      workspace
        .messages('@dana')
        .some(({ text }) =>
          text.includes('Questions that went wrong go to finance; only when mentioned: finance, general.'),
        ),
    );

    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    await workspace.waitForReply(question, isFinished);
    workspace.says('dana', '#finance', 'and by branch?', question.ts);
    const again = workspace.says('dana', '#finance', '@plumbline and by branch?', question.ts);
    await workspace.waitForReply(again, isFinished);
    expect(needs.asked.map(({ door }) => door)).toEqual(['mention', 'mention']);

    await workspace.runsCommand('dana', '#sales', '/plumbline', 'settings');
    await workspace.waitFor('the form', () =>
      JSON.stringify(workspace.form('dana') ?? '').includes('finance, general'),
    );
  });
});

describe('the queue', () => {
  test('lists what is open, newest first, and each item is closed by one', async () => {
    const { needs } = await open();
    await keepItem(anItem('que-1', '2025-11-01T00:00:00Z'), needs);
    await keepItem(anItem('que-2', '2025-11-02T00:00:00Z'), needs);
    expect((await openItems(needs)).map(({ id }) => id)).toEqual(['que-2', 'que-1']);
    const closed = await Promise.all([1, 2, 3].map(() => closeItem('que-1', needs)));
    expect(closed.filter(Boolean)).toHaveLength(1);
    expect((await openItems(needs)).map(({ id }) => id)).toEqual(['que-2']);
    expect((await findItem('que-1', needs))?.question).toBe('revenue');
    expect(await closeItem('que-1', needs)).toBe(false);
  });

  test('holds more than the twenty that a conversation keeps', async () => {
    const { needs } = await open();
    for (let index = 0; index < 30; index += 1)
      await keepItem(anItem(`many-${index}`, `2025-10-01T00:00:${String(index).padStart(2, '0')}Z`), needs);
    expect((await openItems(needs)).filter(({ id }) => id.startsWith('many-'))).toHaveLength(30);
  });
});
