import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { LocalWorkspaceOptions } from '../../infra/local/slack-server/start-local-workspace.ts';
import type { Json, Message } from '../../infra/local/slack-server/workspace-types.ts';
import type { SlackNeeds } from '../../src/slack/needs.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { anAnswer, aSlackApp, type Script, scriptedNeeds } from '../support/a-slack-app.ts';
import { aWorkspace, type WorkspaceForTests } from '../support/a-workspace.ts';

let store: ADynamodb;
beforeAll(async () => {
  store = await aDynamodb();
});
afterAll(() => store.close());

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(
  script: Script = () => anAnswer(),
  options: { workspace?: LocalWorkspaceOptions; needs?: Parameters<typeof scriptedNeeds>[2] } = {},
): Promise<{ workspace: WorkspaceForTests; needs: ReturnType<typeof scriptedNeeds> }> {
  const workspace = await aWorkspace(options.workspace);
  closing.push(() => workspace.close());
  const needs = scriptedNeeds(store, script, options.needs);
  await start(workspace, needs);
  return { workspace, needs };
}

async function start(workspace: WorkspaceForTests, needs: SlackNeeds) {
  const app = await aSlackApp(workspace, needs);
  closing.push(() => app.stop());
  return app;
}

const finished = (message: Message) => !message.text.startsWith('One moment') && message.text !== '';

function types(message: Message): unknown[] {
  return (message.blocks ?? []).map((block) => block.type);
}

describe('a question in Slack', () => {
  test('in a direct message is streamed and ends with text, table, chart and buttons', async () => {
    const { workspace, needs } = await open();
    const question = workspace.says('mara', '@mara', 'revenue last week by category');
    const reply = await workspace.waitForReply(question, finished);
    expect(reply.threadTs).toBe(question.ts);
    expect(reply.text).toContain('Revenue was £1,200.00 last week');
    expect(types(reply)).toEqual([
      'markdown',
      'context',
      'data_visualization',
      'data_table',
      'context',
      'actions',
      'actions',
      'context_actions',
    ]);
    expect(needs.asked).toMatchObject([{ text: 'revenue last week by category', door: 'dm' }]);
  });

  test('with a mention in a channel is answered in its thread, and further replies need no mention', async () => {
    const { workspace, needs } = await open();
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    const reply = await workspace.waitForReply(question, finished);
    expect(reply.threadTs).toBe(question.ts);
    const followUp = workspace.says('dana', '#finance', 'and by branch?', question.ts);
    await workspace.waitForReply(followUp, finished);
    expect(needs.asked.map(({ text, door }) => [text, door])).toEqual([
      ['revenue last week', 'mention'],
      ['and by branch?', 'thread'],
    ]);
    expect(new Set(needs.asked.map(({ thread }) => thread)).size).toBe(1);
  });

  test('shows its SQL in a form, and its rows as a CSV file', async () => {
    const { workspace } = await open();
    const question = workspace.says('mara', '@mara', 'revenue last week by category');
    const reply = await workspace.waitForReply(question, finished);
    expect(await workspace.clicks('mara', reply, 'Show SQL')).toEqual({ ok: true });
    const form = await workspace.waitFor('the form', () => workspace.form('mara'));
    expect(JSON.stringify(form)).toContain('select category, sum(net_amount) as revenue');
    await workspace.clicks('mara', reply, 'CSV');
    const file = await workspace.waitFor('the file', () =>
      workspace.replies(question).find((each) => each.files?.length),
    );
    const id = file.files?.[0] ?? '';
    const bytes = await workspace.parts.workspace.storage.readFile(id);
    expect(Buffer.from(bytes ?? []).toString()).toBe(
      '\uFEFFCategory,Revenue\r\nBoots,700.00\r\nTrainers,500.00\r\n',
    );
  });
});
