import { describe, expect, test } from 'vitest';
import { closeItem, findItem, keepItem, openItems, type QueueItem } from '../../src/slack/queue-store.ts';
import { isFinished } from '../support/a-slack-app.ts';
import { slackForTests } from '../support/slack-for-tests.ts';

const slack = slackForTests();

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
    const { workspace, needs } = await slack.open();
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
    const { needs } = await slack.open();
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
    const { needs } = await slack.open();
    for (let index = 0; index < 30; index += 1)
      await keepItem(anItem(`many-${index}`, `2025-10-01T00:00:${String(index).padStart(2, '0')}Z`), needs);
    expect((await openItems(needs)).filter(({ id }) => id.startsWith('many-'))).toHaveLength(30);
  });
});
