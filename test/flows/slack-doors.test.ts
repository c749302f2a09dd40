import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BOT } from '../../infra/local/slack-server/workspace-data.ts';
import { addDays } from '../../src/domain/day.ts';
import type { Trend } from '../../src/ports/chart-drawer.ts';
import { runNotice } from '../../src/runs/run-notice.ts';
import type { Uploads } from '../../src/slack/uploads.ts';
import type { SharedSpreadsheet } from '../../src/uploads/accept-upload.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { aRun } from '../support/a-run.ts';
import { anAnswer, aSlackApp, isFinished, type Script, scriptedNeeds } from '../support/a-slack-app.ts';
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

async function open(script: Script = () => anAnswer(), given: Parameters<typeof scriptedNeeds>[2] = {}) {
  const workspace = await aWorkspace();
  closing.push(() => workspace.close());
  const needs = scriptedNeeds(store, script, given);
  const app = await aSlackApp(workspace, needs);
  closing.push(() => app.stop());
  return { workspace, needs, app };
}

/** What a person was shown privately in a channel. */
async function shown(
  workspace: Awaited<ReturnType<typeof aWorkspace>>,
  user: string,
  place: string,
): Promise<string> {
  const message = await workspace.waitFor('something private', () =>
    workspace.messages(place).findLast((each) => each.ephemeralFor === workspace.person(user)),
  );
  return JSON.stringify([message.text, message.blocks]);
}

describe('the doors', () => {
  test('the assistant pane greets by role with four questions, names the thread, and answers in it', async () => {
    const { workspace, needs } = await open();
    const threads = () => [...workspace.parts.workspace.assistantThreads.values()];
    const root = workspace.opensAssistant('mara', '#sales');
    const other = workspace.opensAssistant('aisha');
    const promptsOf = (ts: string) =>
      workspace.waitFor('four prompts', () => {
        const thread = threads().find((each) => each.threadTs === ts);
        return thread?.prompts.length === 4 && thread.prompts;
      });
    const prompts = await promptsOf(root.ts);
    expect(await promptsOf(other.ts)).not.toEqual(prompts);
    const question = workspace.says('mara', '@mara', prompts[0]?.message ?? '', root.ts);
    const reply = await workspace.waitForReply(question, isFinished);
    expect(reply.threadTs).toBe(root.ts);
    expect(needs.asked.at(-1)?.door).toBe('assistant');
    await workspace.waitFor(
      'the title',
      () => threads().find((each) => each.threadTs === root.ts)?.title === prompts[0]?.message,
    );
  });

  test('/ask shows the question in the channel and answers in its thread', async () => {
    const { workspace, needs } = await open();
    expect(await workspace.runsCommand('mara', '#finance', '/ask', 'revenue <!here> last week')).toEqual({
      ok: true,
    });
    const reply = await workspace.waitFor('the answer', () =>
      workspace.messages('#finance').find((each) => each.text.startsWith('Revenue was')),
    );
    const root = workspace.messages('#finance')[0];
    expect(root?.text).toBe(`<@${workspace.person('mara')}> asked: revenue &lt;!here&gt; last week`);
    expect(reply.threadTs).toBe(root?.ts);
    expect(needs.asked.at(-1)?.door).toBe('command');
  });

  test('/ask in a channel that the bot is not in is answered in the direct message', async () => {
    const { workspace } = await open();
    const finance = workspace.parts.workspace.channels.get(workspace.channel('#finance'));
    if (finance)
      workspace.parts.workspace.putChannel({
        ...finance,
        members: finance.members.filter((id) => id !== BOT.userId),
      });
    await workspace.runsCommand('mara', '#finance', '/ask', 'revenue last week');
    await workspace.waitFor('the answer', () =>
      workspace.messages('@mara').some((each) => each.text.startsWith('Revenue was')),
    );
    expect(await shown(workspace, 'mara', '#finance')).toContain('I am not in this channel');
  });

  test('/plumbline helps, lists runs and uploads, and tells of a receipt; /ask alone asks back', async () => {
    const { workspace, needs } = await open();
    await needs.runLog.create(
      aRun({ id: `run-${Date.now()}`, feed: 'orders', outcome: 'loaded', startedBy: 'U0AISHA001' }),
    );
    await workspace.runsCommand('mara', '#sales', '/plumbline', 'help');
    expect(await shown(workspace, 'mara', '#sales')).toContain('/plumbline catalog');
    await workspace.runsCommand('ben', '#sales', '/plumbline', 'runs');
    expect(await shown(workspace, 'ben', '#sales')).toContain('orders');
    await workspace.runsCommand('aisha', '#sales', '/plumbline', 'uploads');
    expect(await shown(workspace, 'aisha', '#sales')).toContain('You have not uploaded anything yet.');
    await workspace.runsCommand('dana', '#sales', '/plumbline', 'receipt rcp-0');
    expect(await shown(workspace, 'dana', '#sales')).toContain('There is no such receipt.');
    await workspace.runsCommand('guest', '#general', '/plumbline', 'runs');
    expect(await shown(workspace, 'guest', '#general')).toContain('You may not see');
    await workspace.runsCommand('mara', '#general', '/ask');
    expect(await shown(workspace, 'mara', '#general')).toContain('What would you like to know?');
    const question = workspace.says('mara', '@mara', 'revenue last week');
    await workspace.waitForReply(question, isFinished);
    const [receipt] = await needs.receipts.listSince('2000-01-01T00:00:00.000Z', 1);
    await workspace.runsCommand('mara', '#data-runs', '/plumbline', `receipt ${receipt?.id}`);
    expect(await shown(workspace, 'mara', '#data-runs')).toContain('select category');
    await workspace.runsCommand('ben', '#data-runs', '/plumbline', `receipt ${receipt?.id}`);
    expect(await shown(workspace, 'ben', '#data-runs')).toContain('belong to somebody else');
  });

  test("'Ask about this' takes the text of a message and answers in its thread", async () => {
    const { workspace, needs } = await open();
    const message = workspace.says('dana', '#finance', 'Why did boots fall?');
    await workspace.runsShortcut('mara', message, 'ask-about-this');
    await workspace.waitFor('the form', () => workspace.form('mara'));
    await workspace.submitsForm('mara', { question: 'revenue of boots last week' });
    const reply = await workspace.waitForReply(message, isFinished);
    expect(reply.threadTs).toBe(message.ts);
    expect(needs.asked.at(-1)).toMatchObject({ door: 'shortcut', text: 'revenue of boots last week' });
    // Of an answer it is a follow-up.
    await workspace.runsShortcut('mara', reply, 'ask-about-this');
    await workspace.waitFor('the second form', () => workspace.form('mara'));
    await workspace.submitsForm('mara', { question: 'and by branch?' });
    await workspace.waitFor('the follow-up', () => needs.asked.length === 2);
    expect(needs.asked[1]?.leansOn?.turns.map((turn) => turn.question)).toEqual([
      'revenue of boots last week',
    ]);
  });

  test('thanks, and replies to somebody else, are not questions; nor is a thread that the bot is not in', async () => {
    const { workspace, needs } = await open();
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    await workspace.waitForReply(question, isFinished);
    workspace.says('dana', '#finance', 'thanks!', question.ts);
    workspace.says('dana', '#finance', '@mara did you see this?', question.ts);
    const other = workspace.says('dana', '#finance', 'lunch?');
    workspace.says('mara', '#finance', 'yes, at 12', other.ts);
    await workspace.parts.app.idle();
    await sleep(100);
    expect(needs.asked).toHaveLength(1);
  });

  test('hello, help and a mention without words are greeted with questions of the role; the thread is ours then', async () => {
    const { workspace, needs } = await open();
    for (const text of ['hello', 'help']) {
      const greeting = workspace.says('aisha', '@aisha', text);
      const reply = await workspace.waitForReply(greeting, isFinished);
      expect(reply.text).toContain('Ask me about the books');
      expect(JSON.stringify(reply.blocks).includes('/plumbline catalog')).toBe(text === 'help');
    }
    const mention = workspace.says('mara', '#finance', '@plumbline');
    const reply = await workspace.waitForReply(mention, isFinished);
    expect(needs.asked).toHaveLength(0);
    await workspace.clicks('mara', reply, 'Best branches');
    await workspace.waitForReply(reply, (each) => each.text.startsWith('Revenue was'));
    workspace.says('mara', '#finance', 'orders last week', mention.ts);
    await workspace.waitFor('the second question', () => needs.asked.length === 2);
  });

  test('chatter in words of which none is known is left alone in a thread, and answered to a mention', async () => {
    const { workspace } = await open((question) =>
      question.text.startsWith('lunch')
        ? {
            kind: 'needs-detail',
            text: "I do not know what 'lunch' means here.",
            choices: [],
            unknownWords: ['lunch'],
          }
        : anAnswer(),
    );
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    await workspace.waitForReply(question, isFinished);
    workspace.says('dana', '#finance', 'lunch?', question.ts);
    await workspace.waitFor('it to be taken back', () =>
      workspace.calls.some(({ method }) => method === 'chat.delete'),
    );
    const again = workspace.says('dana', '#finance', '@plumbline lunch?', question.ts);
    await workspace.waitForReply(again, (each) => each.text.includes("'lunch'"));
  });

  test('/plumbline with a word that it does not know says so; receipt alone asks which', async () => {
    const { workspace } = await open();
    await workspace.runsCommand('mara', '#sales', '/plumbline', 'frobnicate <!here>');
    expect(await shown(workspace, 'mara', '#sales')).toContain('I do not know “/plumbline frobnicate”');
    await workspace.runsCommand('ben', '#sales', '/plumbline', 'receipt');
    expect(await shown(workspace, 'ben', '#sales')).toContain('Which receipt?');
  });

  test('a channel may want to be answered only when the bot is mentioned', async () => {
    const { workspace, needs } = await open(() => anAnswer(), {
      settings: { onlyWhenMentioned: ['#finance'] },
    });
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    await workspace.waitForReply(question, isFinished);
    workspace.says('dana', '#finance', 'and by branch?', question.ts);
    const again = workspace.says('dana', '#finance', '@plumbline and by branch?', question.ts);
    await workspace.waitForReply(again, isFinished);
    await workspace.parts.app.idle();
    expect(needs.asked.map(({ door }) => door)).toEqual(['mention', 'mention']);
  });

  test('a busy channel waits as long as Slack says, and does not hold up another', async () => {
    const { workspace } = await open();
    workspace.mischief.plan('chat.postMessage', { kind: 'rate-limit', retryAfterSeconds: 1 });
    const began = performance.now();
    const slow = workspace.says('mara', '#finance', '@plumbline revenue last week');
    await sleep(150);
    const quick = workspace.says('mara', '@mara', 'revenue last week');
    await workspace.waitForReply(quick, isFinished);
    expect(performance.now() - began).toBeLessThan(950);
    await workspace.waitForReply(slow, isFinished);
    expect(performance.now() - began).toBeGreaterThan(950);
  });

  test('says something within a second, while the answer takes its time', async () => {
    const { workspace } = await open(async (question) => {
      question.onProgress?.('reading');
      await sleep(700);
      return anAnswer();
    });
    for (const place of ['@mara', '#finance']) {
      const began = performance.now();
      const question = workspace.says('mara', place, '@plumbline revenue last week');
      await workspace.waitFor('a first sign', () =>
        workspace.messages(place).some((each) => each.user === BOT.userId && each.ts > question.ts),
      );
      expect(performance.now() - began).toBeLessThan(600);
      await workspace.waitForReply(question, isFinished);
    }
  });
});

describe('the Home tab and the figures', () => {
  const today = '2025-11-12';
  beforeEach(async () => {
    const { kpis } = scriptedNeeds(store, () => anAnswer());
    const days = Array.from({ length: 10 }, (_, index) => addDays(today, index - 10));
    await kpis.refresh({
      batchNumber: 1,
      days,
      category: days.map((orderDate, index) => ({
        category: 'Boots',
        orderDate,
        dailyRevenue: `${100 + index}.00`,
        avgOrderValue: '50.00',
        avgReturnRate: '0.0500',
      })),
      daily: days.map((orderDate, index) => ({
        orderDate,
        totalOrders: 10 + index,
        totalRevenue: `${1000 + index * 10}.00`,
        totalItemsSold: 20,
        returnRate: '0.0500',
        uniqueCustomers: 9,
      })),
      branch: days.map((orderDate) => ({
        branch: 'B03',
        orderDate,
        totalOrders: 3,
        totalRevenue: '333.00',
        totalItemsSold: 4,
        returnRate: '0.1000',
      })),
    });
  });

  test('show the company to a manager, a branch to its manager, and nothing to a guest', async () => {
    const { workspace } = await open();
    const homeOf = async (user: string) => {
      workspace.opensHome(user);
      return JSON.stringify(await workspace.waitFor('the Home tab', () => workspace.home(user)));
    };
    const mara = await homeOf('mara');
    expect(mara).toContain('£1,090.00');
    expect(mara).toContain('▲ up 0.9%');
    expect(mara).toContain('▁');
    expect(mara).not.toContain('waiting for a data owner');
    const ben = await homeOf('ben');
    expect(ben).toContain('£333.00');
    expect(ben).not.toContain('£1,090.00');
    expect(await homeOf('guest')).not.toContain('£');
    expect(await homeOf('dana')).toContain('waiting for a data owner');
  });

  test('Refresh shows what has happened since, and a recent question can be asked again', async () => {
    const { workspace, needs } = await open();
    await needs.audit.append({
      id: needs.ids.next('aud'),
      at: needs.clock.now().toISOString(),
      asker: workspace.person('mara'),
      door: 'dm',
      channel: null,
      thread: null,
      question: 'orders yesterday',
      outcome: 'answered',
      provenance: 'live',
      planKind: 'live',
      sqlFingerprint: null,
      rows: 1,
      tookMs: 3,
      tokens: 0,
      costUsd: '0',
      rule: null,
      receiptId: null,
    });
    workspace.opensHome('mara');
    await workspace.waitFor('the Home tab', () => workspace.home('mara'));
    await workspace.clicks('mara', 'home', 'Ask again');
    await workspace.waitFor('the answer', () =>
      workspace.messages('@mara').some((each) => each.text.startsWith('Revenue was')),
    );
    expect(needs.asked.at(-1)).toMatchObject({ text: 'orders yesterday', door: 'home' });
    const posted = workspace
      .messages('@mara')
      .filter((each) => JSON.stringify(each).includes('asked: orders yesterday'));
    expect(posted).toHaveLength(1);
    expect(await workspace.clicks('mara', 'home', 'Refresh')).toEqual({ ok: true });
  });

  test('Home shows the courses as a picture that Slack keeps for it, the same file for the same figures', async () => {
    const drawn: Trend[][] = [];
    const charts = {
      draw: async () => new Uint8Array(),
      drawTrends: async (trends: Trend[]) => new Uint8Array([0x89, drawn.push(trends)]),
      close: async () => {},
    };
    const { workspace, needs } = await open(() => anAnswer(), { charts });
    const pictureOf = (user: string) =>
      workspace.waitFor('the picture', () => {
        const home = workspace.home(user) as { blocks: { slack_file?: { id: string } }[] } | undefined;
        return home?.blocks.find((block) => block.slack_file)?.slack_file?.id;
      });
    workspace.opensHome('mara');
    const file = await pictureOf('mara');
    expect(JSON.stringify(workspace.home('mara'))).not.toMatch(/[▁▂▃▄▅▆▇█]{5}/);
    expect(workspace.parts.workspace.files.get(file)?.shares).toEqual([]);
    workspace.opensHome('dana');
    expect(await pictureOf('dana')).toBe(file);
    expect(drawn).toHaveLength(1);
    expect(drawn[0]?.[0]).toMatchObject({ label: 'Revenue', value: '£1,090.00' });
    const [kept] = await needs.smallRecords.list('home-picture');
    expect(kept).toBeDefined();
    workspace.parts.workspace.files.delete(file);
    workspace.opensHome('mara');
    await workspace.waitFor('the bars', () => /[▁▂▃▄▅▆▇█]{5}/.test(JSON.stringify(workspace.home('mara'))));
    expect(await needs.smallRecords.list('home-picture')).toEqual([]);
  });

  test('/kpi shows the latest day, /kpi boots a category, and anything else is a question', async () => {
    const { workspace, needs } = await open();
    await workspace.runsCommand('mara', '#sales', '/kpi');
    expect(await shown(workspace, 'mara', '#sales')).toContain('£1,090.00');
    await workspace.runsCommand('dana', '#sales', '/kpi', 'boots');
    expect(await shown(workspace, 'dana', '#sales')).toContain('£109.00');
    await workspace.runsCommand('ben', '#sales', '/kpi', 'boots');
    expect(await shown(workspace, 'ben', '#sales')).toContain('whole company are not for you');
    await workspace.runsCommand('mara', '#finance', '/kpi', 'orders last week');
    await workspace.waitFor('the answer', () =>
      workspace.messages('#finance').some((each) => each.text.startsWith('Revenue was')),
    );
    expect(needs.asked.at(-1)?.text).toBe('orders last week');
  });
});

describe('runs', () => {
  const failed = () =>
    aRun({
      files: [A_FILE],
      id: `run-${process.hrtime.bigint()}`,
      outcome: 'failed',
      batch: 'bat-7',
      rows: { read: 10, loaded: 0, refused: 4, waiting: 0 },
      failure: {
        stage: 'validate',
        code: 'file.missing-column',
        sentence: 'The file lacks <!channel> a column.',
        where: 'orders.csv',
      },
    });

  test('are announced in one message each, edited as they go on, also when the record of it was lost', async () => {
    const { workspace, app } = await open();
    const run = failed();
    const first = await app.announcer.announce(runNotice({ ...run, outcome: 'running', failure: null }));
    const second = await app.announcer.announce(runNotice(run));
    expect(second).toEqual(first);
    const messages = workspace.messages('#data-runs').filter((each) => each.user === BOT.userId);
    expect(messages).toHaveLength(1);
    expect(JSON.stringify(messages[0]?.blocks)).toContain('The file lacks <!channel> a column.');
    const marked = (messages[0]?.blocks ?? []).flatMap(
      (block) => JSON.stringify(block).match(/"mrkdwn".*?\}/g) ?? [],
    );
    expect(marked.join()).toContain('&lt;!here&gt;.csv');
    expect(marked.join()).not.toMatch(/<[!@#]/);
  });

  test('are told in the thread that the file came from', async () => {
    const { workspace, app } = await open();
    const dropped = workspace.says('aisha', '#finance', 'here is March');
    const run = { ...failed(), replyTo: { channel: dropped.channel, thread: dropped.ts } };
    await app.announcer.announce(runNotice(run));
    await app.announcer.announce(runNotice(run));
    expect(workspace.replies(dropped)).toHaveLength(1);
  });

  test('are run again and undone by those who may operate, and refused rows are sent privately', async () => {
    const done: string[] = [];
    const { workspace, app } = await open(() => anAnswer(), {
      rerunRun: async (run, by, options) =>
        `Run again: ${done.push(`rerun ${run} ${by}${options?.overNewer ? ' over newer' : ''}`)}`,
      undoBatch: async (batch) => `Undone: ${done.push(`undo ${batch}`)}`,
      refusedRows: async () => ({ name: 'refused.csv', csv: Buffer.from('row,reason\n') }),
    });
    const run = failed();
    await app.announcer.announce(runNotice(run));
    const [notice] = workspace.messages('#data-runs');
    if (!notice) throw new Error('nothing was announced');
    await workspace.clicks('ben', notice, 'Re-run');
    await workspace.waitFor('the refusal', () =>
      workspace.messages('#data-runs').some((each) => each.text.startsWith('You need the right')),
    );
    await workspace.clicks('dana', notice, 'Re-run');
    await workspace.waitForReply(notice, (each) => each.text.startsWith('Run again'));
    await workspace.clicks('dana', notice, 'Undo');
    await workspace.waitForReply(notice, (each) => each.text.startsWith('Undone'));
    await workspace.clicks('dana', notice, 'Show refused rows');
    await workspace.waitFor('the file', () => workspace.messages('@dana').some((each) => each.files?.length));
    const refusals = [
      { reason: 'A newer version of this row came with batch bat-9.', count: 1, example: 'a' },
    ];
    const older = { ...run, id: 'run-older', refusals };
    await app.announcer.announce(runNotice(older));
    const told = workspace.messages('#data-runs').at(-1);
    if (!told) throw new Error('the second run was not announced');
    await workspace.clicks('dana', told, 'Load over newer rows');
    await workspace.waitForReply(told, (each) => each.text.startsWith('Run again'));
    expect(done).toEqual([
      `rerun ${run.id} U0DANA0001`,
      'undo bat-7',
      'rerun run-older U0DANA0001 over newer',
    ]);
  });
});

describe('shared files', () => {
  test('of those who may upload are downloaded and handed on, once', async () => {
    const files: SharedSpreadsheet[] = [];
    const { workspace } = await open(() => anAnswer(), {
      uploads: takingFiles(async (file) => void files.push(file)),
    });
    const dropped = await workspace.uploads('aisha', '#finance', {
      'march.csv': 'account,amount\n4000,12.50\n',
    });
    await workspace.waitFor('the file', () => files.length > 0);
    expect(files).toMatchObject([
      { name: 'march.csv', person: workspace.person('aisha'), thread: dropped.ts },
    ]);
    expect(Buffer.from(files[0]?.bytes ?? []).toString()).toBe('account,amount\n4000,12.50\n');
  });

  test('of others, of other kinds, and where uploads are off, get a sentence in the direct message', async () => {
    const { workspace } = await open(() => anAnswer(), { uploads: takingFiles(async () => {}) });
    const says = async (user: string, name: string) => {
      const dropped = await workspace.uploads(user, `@${user}`, { [name]: 'x' });
      return (await workspace.waitForReply(dropped)).text;
    };
    expect(await says('mara', 'march.csv')).toMatch(/may not upload/);
    expect(await says('aisha', 'cat.png')).toMatch(/I take spreadsheets/);
    const { workspace: without } = await open();
    const dropped = await without.uploads('aisha', '@aisha', { 'march.csv': 'x' });
    expect((await without.waitForReply(dropped)).text).toMatch(/not switched on/);
  });
});

/** The uploads' side as far as the door goes. */
function takingFiles(take: (shared: SharedSpreadsheet) => Promise<void>): Uploads {
  const accept: Uploads['accept'] = async (shared) => {
    await take(shared);
    return { kind: 'known' };
  };
  return { accept, sweep: async () => [], mine: async () => [] } as Partial<Uploads> as Uploads;
}
const A_FILE = {
  name: '<!here>.csv',
  feed: 'orders',
  object: { bucket: 'landing', key: 'a' },
  sizeBytes: 1,
  sha256: 'a',
  rows: { read: 0, loaded: 0, refused: 0, waiting: 0 },
};
