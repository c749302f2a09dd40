import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../infra/local/slack-server/workspace-types.ts';
import { vegaChartDrawer } from '../../src/adapters/vega-chart-drawer.ts';
import { createSlackApp } from '../../src/slack/slack-app.ts';
import { anAnswer, isFinished, type Script } from '../support/a-slack-app.ts';
import type { WorkspaceForTests } from '../support/a-workspace.ts';
import { freePort } from '../support/serving.ts';
import { slackForTests } from '../support/slack-for-tests.ts';

const slack = slackForTests();

/** An app that waits for Slack's requests at this address, signed with the workspace's secret. */
async function overHttp(): Promise<{ workspace: WorkspaceForTests; address: string }> {
  const workspace = await slack.aWorkspace();
  const { botToken, signingSecret, apiUrl } = workspace;
  const app = createSlackApp({ slack: { botToken, signingSecret, apiUrl }, needs: slack.needs() });
  const port = await freePort();
  await app.start(port);
  slack.closeAfterwards(() => app.stop());
  return { workspace, address: `http://127.0.0.1:${port}/slack/events` };
}

function types(message: Message): unknown[] {
  return (message.blocks ?? []).map((block) => block.type);
}

describe('a question in Slack', () => {
  test('in a direct message is streamed and ends with text, table, chart and buttons', async () => {
    const { workspace, needs } = await slack.open();
    const question = workspace.says('mara', '@mara', 'revenue last week by category');
    const reply = await workspace.waitForReply(question, isFinished);
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
    const { workspace, needs } = await slack.open();
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    const reply = await workspace.waitForReply(question, isFinished);
    expect(reply.threadTs).toBe(question.ts);
    const followUp = workspace.says('dana', '#finance', 'and by branch?', question.ts);
    await workspace.waitForReply(followUp, isFinished);
    expect(needs.asked.map(({ text, door }) => [text, door])).toEqual([
      ['revenue last week', 'mention'],
      ['and by branch?', 'thread'],
    ]);
    expect(new Set(needs.asked.map(({ thread }) => thread)).size).toBe(1);
  });

  test('shows its SQL in a form, and its rows as a CSV file', async () => {
    const { workspace } = await slack.open();
    const question = workspace.says('mara', '@mara', 'revenue last week by category');
    const reply = await workspace.waitForReply(question, isFinished);
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

  test('that names a receipt shows it to whoever may see it, and it can be run again', async () => {
    const { workspace, needs } = await slack.open();
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week by category');
    await workspace.waitForReply(question, isFinished);
    const [receipt] = await needs.receipts.listSince('2000-01-01T00:00:00.000Z', 1);
    const inChannel = workspace.says('dana', '#finance', `@plumbline receipt ${receipt?.id}`);
    const shown = await workspace.waitForReply(inChannel, isFinished);
    expect(JSON.stringify(shown.blocks)).toContain('select category, sum(net_amount) as revenue');
    const elsewhere = workspace.says('mara', '#sales', `@plumbline ${receipt?.id}`);
    expect((await workspace.waitForReply(elsewhere, isFinished)).text).toMatch(/not from this channel/);
    const stranger = workspace.says('ben', '@ben', `receipt ${receipt?.id}`);
    expect((await workspace.waitForReply(stranger, isFinished)).text).toMatch(/belong to somebody else/);

    await workspace.clicks('dana', shown, 'Run it again');
    await workspace.waitFor('the form', () => workspace.form('dana'));
    expect(JSON.stringify(workspace.form('dana'))).toContain('exactly the same figures');
  });

  test('gets a picture with words for those who do not see it, where no chart of Slack fits', async () => {
    const days = Array.from({ length: 40 }, (_, index) => [
      `2025-0${index < 30 ? 1 : 2}-${String((index % 30) + 1).padStart(2, '0')}`,
      `${index}.50`,
    ]);
    const long = anAnswer({
      table: {
        columns: [
          { name: 'day', label: 'Day', type: 'date' },
          { name: 'revenue', label: 'Revenue', type: 'decimal' },
        ],
        rows: days,
        truncated: false,
      },
      chart: {
        kind: 'line',
        title: 'Revenue per day',
        x: 'day',
        y: ['revenue'],
        series: null,
        unitLabel: 'GBP',
        source: '',
      },
    });
    const charts = vegaChartDrawer();
    slack.closeAfterwards(() => charts.close());
    const { workspace } = await slack.open(() => long, { charts });
    const question = workspace.says('mara', '@mara', 'revenue per day');
    const picture = await workspace.waitForReply(question, (each) => Boolean(each.files?.length));
    const file = workspace.parts.workspace.files.get(picture.files?.[0] ?? '');
    expect(file).toMatchObject({ name: 'revenue-per-day.png', mimetype: 'image/png' });
    expect(file?.altText).toBe(
      'Line chart: Revenue per day. 40 points, 1 Jan 2025 to 10 Feb 2025. Revenue: lowest 0.5, highest 39.5.',
    );
  });

  test('is answered more plainly where Slack refuses the newer blocks, or all of them', async () => {
    const { workspace } = await slack.open();
    const ask = async (place: string, method: string, refusals: number) => {
      workspace.mischief.plan(method, { kind: 'error', error: 'invalid_blocks' }, refusals);
      const reply = await workspace.waitForReply(
        workspace.says('mara', place, '@plumbline revenue'),
        isFinished,
      );
      return { text: reply.text, types: types(reply) };
    };
    const older = await ask('#finance', 'chat.update', 1);
    expect(older.types).toEqual(['rich_text', 'context', 'context', 'actions', 'actions']);
    const none = await ask('#finance', 'chat.update', 2);
    expect(none).toEqual({ text: expect.stringContaining('Revenue was'), types: [] });
    const streamed = await ask('@mara', 'chat.stopStream', 1);
    expect(streamed.types).toEqual(['markdown', 'context', 'context', 'actions', 'actions']);
    expect(streamed.text.match(/Revenue was/g)).toHaveLength(1);
  });

  test('shows its sentences as they come in a direct message, each once, and not where others read along', async () => {
    let goOn = () => {};
    const waiting = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const text = 'Revenue was £1,200.00 last week. Boots made £700.00. Trainers made £500.00.';
    const streaming: Script = async (question) => {
      question.onText?.('Revenue was £1,200.00 last week.');
      question.onText?.(' Boots made £700.00.');
      await waiting;
      return anAnswer({ text });
    };
    const { workspace, needs } = await slack.open(streaming);
    const question = workspace.says('mara', '@mara', 'revenue last week');
    const begun = await workspace.waitFor('the first sentences', () =>
      workspace.replies(question).find((each) => each.text.includes('Boots made')),
    );
    expect(begun.stream?.open).toBe(true);
    const other = workspace.says('mara', '#finance', '@plumbline revenue last week');
    await workspace.waitFor('the other question', () => needs.asked.length === 2);
    expect(needs.asked[1]?.onText).toBeUndefined();
    goOn();
    const whole = await workspace.waitForReply(question, (each) => each.stream?.open === false);
    expect(whole.text.replaceAll('\u2060', '')).toBe(text);
    await workspace.waitForReply(other, isFinished);
  });

  test('in Slack over signed HTTP is answered as well', async () => {
    const { workspace, address } = await overHttp();
    workspace.sendRequestsTo(address);
    const question = workspace.says('mara', '@mara', 'revenue last week');
    expect((await workspace.waitForReply(question, isFinished)).text).toContain('Revenue was');
    expect(await workspace.runsCommand('mara', '#sales', '/plumbline', 'help')).toEqual({ ok: true });
    const forged = await fetch(address, {
      method: 'POST',
      body: '{"type":"event_callback"}',
    });
    expect(forged.status).toBe(401);
  });

  test('in Slack over HTTP goes on being answered after signed bodies that are not what Slack sends', async () => {
    const { workspace, address } = await overHttp();
    const { signingSecret } = workspace;
    const statuses: number[] = [];
    for (const body of ['null', ' null ', '[]', '7', '"x"', 'payload=null'])
      statuses.push(await sendSigned(address, body, signingSecret));
    expect(statuses).toEqual([400, 400, 400, 400, 400, 400]);
    expect(await sendSigned(address.replace('events', 'elsewhere'), '{}', signingSecret)).toBe(404);
    workspace.sendRequestsTo(address);
    const question = workspace.says('mara', '@mara', 'revenue last week');
    expect((await workspace.waitForReply(question, isFinished)).text).toContain('Revenue was');
  });
});

async function sendSigned(address: string, body: string, secret: string): Promise<number> {
  const at = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  const isForm = body.startsWith('payload=');
  const reply = await fetch(address, {
    method: 'POST',
    body,
    headers: {
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${signature}`,
    },
    signal: AbortSignal.timeout(5000),
  }).catch(() => null);
  return reply?.status ?? 0;
}
