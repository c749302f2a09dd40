import { describe, expect, test } from 'vitest';
import { BOT } from '../../infra/local/slack-server/workspace-data.ts';
import { runNotice } from '../../src/runs/run-notice.ts';
import { aRun } from '../support/a-run.ts';
import { anAnswer } from '../support/a-slack-app.ts';
import { slackForTests } from '../support/slack-for-tests.ts';

const slack = slackForTests();

describe('runs in Slack', () => {
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
    const { workspace, app } = await slack.open();
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
    const { workspace, app } = await slack.open();
    const dropped = workspace.says('aisha', '#finance', 'here is March');
    const run = { ...failed(), replyTo: { channel: dropped.channel, thread: dropped.ts } };
    await app.announcer.announce(runNotice(run));
    await app.announcer.announce(runNotice(run));
    expect(workspace.replies(dropped)).toHaveLength(1);
  });

  test('are run again and undone by those who may operate, and refused rows are sent privately', async () => {
    const done: string[] = [];
    const { workspace, app } = await slack.open(() => anAnswer(), {
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

const A_FILE = {
  name: '<!here>.csv',
  feed: 'orders',
  object: { bucket: 'landing', key: 'a' },
  sizeBytes: 1,
  sha256: 'a',
  rows: { read: 0, loaded: 0, refused: 0, waiting: 0 },
};
