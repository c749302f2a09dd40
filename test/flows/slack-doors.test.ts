import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { BOT } from '../../infra/local/slack-server/workspace-data.ts';
import type { Uploads } from '../../src/slack/uploads.ts';
import type { SharedSpreadsheet } from '../../src/uploads/accept-upload.ts';
import { aRun } from '../support/a-run.ts';
import { anAnswer, isFinished } from '../support/a-slack-app.ts';
import { slackForTests } from '../support/slack-for-tests.ts';

const slack = slackForTests();

describe('the doors', () => {
  test('the assistant pane greets by role with four questions, names the thread, and answers in it', async () => {
    const { workspace, needs } = await slack.open();
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
    const { workspace, needs } = await slack.open();
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
    const { workspace } = await slack.open();
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
    expect(await workspace.shownTo('mara', '#finance')).toContain('I am not in this channel');
  });

  test('/plumbline helps, lists runs and uploads, and tells of a receipt; /ask alone asks back', async () => {
    const { workspace, needs } = await slack.open();
    await needs.runLog.create(
      aRun({ id: `run-${Date.now()}`, feed: 'orders', outcome: 'loaded', startedBy: 'U0AISHA001' }),
    );
    await workspace.runsCommand('mara', '#sales', '/plumbline', 'help');
    expect(await workspace.shownTo('mara', '#sales')).toContain('/plumbline catalog');
    await workspace.runsCommand('ben', '#sales', '/plumbline', 'runs');
    expect(await workspace.shownTo('ben', '#sales')).toContain('orders');
    await workspace.runsCommand('aisha', '#sales', '/plumbline', 'uploads');
    expect(await workspace.shownTo('aisha', '#sales')).toContain('You have not uploaded anything yet.');
    await workspace.runsCommand('dana', '#sales', '/plumbline', 'receipt rcp-0');
    expect(await workspace.shownTo('dana', '#sales')).toContain('There is no such receipt.');
    await workspace.runsCommand('guest', '#general', '/plumbline', 'runs');
    expect(await workspace.shownTo('guest', '#general')).toContain('You may not see');
    await workspace.runsCommand('mara', '#general', '/ask');
    expect(await workspace.shownTo('mara', '#general')).toContain('What would you like to know?');
    const question = workspace.says('mara', '@mara', 'revenue last week');
    await workspace.waitForReply(question, isFinished);
    const [receipt] = await needs.receipts.listSince('2000-01-01T00:00:00.000Z', 1);
    await workspace.runsCommand('mara', '#data-runs', '/plumbline', `receipt ${receipt?.id}`);
    expect(await workspace.shownTo('mara', '#data-runs')).toContain('select category');
    await workspace.runsCommand('ben', '#data-runs', '/plumbline', `receipt ${receipt?.id}`);
    expect(await workspace.shownTo('ben', '#data-runs')).toContain('belong to somebody else');
  });

  test("'Ask about this' takes the text of a message and answers in its thread", async () => {
    const { workspace, needs } = await slack.open();
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
    const { workspace, needs } = await slack.open();
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
    const { workspace, needs } = await slack.open();
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
    const { workspace } = await slack.open((question) =>
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
    const { workspace } = await slack.open();
    await workspace.runsCommand('mara', '#sales', '/plumbline', 'frobnicate <!here>');
    expect(await workspace.shownTo('mara', '#sales')).toContain('I do not know “/plumbline frobnicate”');
    await workspace.runsCommand('ben', '#sales', '/plumbline', 'receipt');
    expect(await workspace.shownTo('ben', '#sales')).toContain('Which receipt?');
  });

  test('a channel may want to be answered only when the bot is mentioned', async () => {
    const { workspace, needs } = await slack.open(() => anAnswer(), {
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
    const { workspace } = await slack.open();
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
    const { workspace } = await slack.open(async (question) => {
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

describe('shared files', () => {
  test('of those who may upload are downloaded and handed on, once', async () => {
    const files: SharedSpreadsheet[] = [];
    const { workspace } = await slack.open(() => anAnswer(), {
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
    const { workspace } = await slack.open(() => anAnswer(), { uploads: takingFiles(async () => {}) });
    const says = async (user: string, name: string) => {
      const dropped = await workspace.uploads(user, `@${user}`, { [name]: 'x' });
      return (await workspace.waitForReply(dropped)).text;
    };
    expect(await says('mara', 'march.csv')).toMatch(/may not upload/);
    expect(await says('aisha', 'cat.png')).toMatch(/I take spreadsheets/);
    const { workspace: without } = await slack.open();
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
