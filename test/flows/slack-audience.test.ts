import { describe, expect, test } from 'vitest';
import type { LocalWorkspaceOptions } from '../../infra/local/slack-server/start-local-workspace.ts';
import { CHANNELS, PEOPLE } from '../../infra/local/slack-server/workspace-data.ts';
import type { Question } from '../../src/questions/answer-question.ts';
import { anAnswer, isFinished } from '../support/a-slack-app.ts';
import { slackForTests } from '../support/slack-for-tests.ts';

const slack = slackForTests();

/** Like the question side: nothing for those who may see nothing, one branch for those who may see one. */
function byRights(question: Question) {
  if (question.rights.tables !== 'all')
    return {
      kind: 'refused' as const,
      reason: 'not-permitted' as const,
      text: 'You may not see the figures here.',
    };
  const branches = question.rights.rowFilters.branch_id;
  return branches
    ? anAnswer({
        text: `Revenue of ${branches.join(', ')} was £300.00 last week.`,
        table: oneFigure('300.00'),
        chart: null,
      })
    : anAnswer({ text: 'Revenue was £1,200.00 last week.', table: oneFigure('1200.00'), chart: null });
}

function oneFigure(value: string) {
  return {
    columns: [{ name: 'revenue', type: 'decimal' as const, unit: { kind: 'money' as const } }],
    rows: [[value]],
    truncated: false,
  };
}

function open(workspace: LocalWorkspaceOptions = {}) {
  return slack.open(byRights, {}, workspace);
}

describe('what is posted in a channel', () => {
  test('is the whole answer where everyone may see it', async () => {
    const { workspace, needs } = await open();
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    const reply = await workspace.waitForReply(question, isFinished);
    expect(reply.text).toBe('Revenue was £1,200.00 last week.');
    expect(needs.asked).toHaveLength(1);
    expect(workspace.replies(question).some((each) => each.ephemeralFor)).toBe(false);
  });

  test('is what all may see; the rest is for the asker alone, and the rule is named', async () => {
    const { workspace, needs } = await open();
    const question = workspace.says('mara', '#sales', '@plumbline revenue last week');
    const shared = await workspace.waitForReply(question, (each) => isFinished(each) && !each.ephemeralFor);
    expect(shared.text).toBe('Revenue of B03 was £300.00 last week.');
    expect(JSON.stringify(shared.blocks)).toContain('Some people here may see only their own branch.');
    const mine = await workspace.waitForReply(
      question,
      (each) => each.ephemeralFor === workspace.person('mara'),
    );
    expect(mine.text).toBe('Revenue was £1,200.00 last week.');
    expect(JSON.stringify(mine.blocks)).toContain('Only you can see this.');
    expect(mine.threadTs).toBe(question.ts);
    // The private reading does not lean on the shared one.
    expect(needs.asked.map((each) => each.leansOn)).toEqual([null, null]);
  });

  test('is nothing but a sentence where a guest listens', async () => {
    const { workspace } = await open();
    const question = workspace.says('mara', '#general', '@plumbline revenue last week');
    const shared = await workspace.waitForReply(question, (each) => isFinished(each) && !each.ephemeralFor);
    expect(shared.text).toBe('Not everyone in this channel may see this, so I answered you privately.');
    const mine = await workspace.waitForReply(question, (each) => each.ephemeralFor !== undefined);
    expect(mine.text).toBe('Revenue was £1,200.00 last week.');
    expect(JSON.stringify(mine.blocks)).toContain('guests or people from other companies');
  });

  test('is nothing but a sentence in a channel that is shared with another company', async () => {
    const channels = CHANNELS.map((channel) =>
      channel.name === 'finance' ? { ...channel, shared: true } : channel,
    );
    const { workspace } = await open({ channels });
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    const shared = await workspace.waitForReply(question, (each) => isFinished(each) && !each.ephemeralFor);
    expect(shared.text).toContain('Not everyone in this channel may see this');
  });

  test('in a group message is what its people may see; a mention asks, and replies in the thread need none', async () => {
    const { workspace, needs } = await open();
    const chat = workspace.says('mara', 'C0GROUPDM1', 'revenue last week');
    const question = workspace.says('mara', 'C0GROUPDM1', '@plumbline revenue last week');
    const shared = await workspace.waitForReply(question, (each) => isFinished(each) && !each.ephemeralFor);
    expect(shared.text).toBe('Revenue of B03 was £300.00 last week.');
    const mine = await workspace.waitForReply(question, (each) => each.ephemeralFor !== undefined);
    expect(mine.text).toBe('Revenue was £1,200.00 last week.');
    const reply = workspace.says('ben', 'C0GROUPDM1', 'and by category?', question.ts);
    await workspace.waitForReply(reply, (each) => isFinished(each) && each.ts > reply.ts);
    expect(needs.asked.map(({ door }) => door)).toEqual(['mention', 'mention', 'thread']);
    expect(workspace.replies(chat)).toHaveLength(0);
  });

  test('changes as soon as somebody joins', async () => {
    const { workspace } = await open();
    const first = workspace.says('mara', '#finance', '@plumbline revenue last week');
    await workspace.waitForReply(first, isFinished);
    workspace.joins('guest', '#finance');
    await workspace.parts.app.idle();
    const second = workspace.says('mara', '#finance', '@plumbline revenue last week again');
    const reply = await workspace.waitForReply(second, (each) => isFinished(each) && !each.ephemeralFor);
    expect(reply.text).toContain('Not everyone in this channel may see this');
  });

  test('is nothing when Slack does not say who is listening', async () => {
    const { workspace } = await open();
    workspace.mischief.plan('conversations.members', { kind: 'error', error: 'internal_error' }, 9);
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    const shared = await workspace.waitForReply(question, (each) => isFinished(each) && !each.ephemeralFor);
    expect(shared.text).toContain('Not everyone in this channel may see this');
  });

  test('a guest who asks gets no figures, and neither does somebody from another company', async () => {
    const people = PEOPLE.map((person) =>
      person.name === 'ben' ? { ...person, id: 'U0OTHERBEN', kind: 'external' as const } : person,
    );
    const channels = CHANNELS.map((channel) => ({
      ...channel,
      members: channel.members.map((id) => (id === 'U0BEN00001' ? 'U0OTHERBEN' : id)),
    }));
    const { workspace, needs } = await open({ people, channels });
    for (const [user, place] of [
      ['guest', '#general'],
      ['U0OTHERBEN', '#sales'],
    ] as const) {
      const question = workspace.says(user, place, '@plumbline revenue last week');
      const reply = await workspace.waitForReply(question, isFinished);
      expect(reply.text).toBe('You may not see the figures here.');
    }
    expect(needs.asked.every((question) => question.rights.tables !== 'all')).toBe(true);
  });

  test('a CSV file in a channel has what everyone there may see', async () => {
    const { workspace, needs } = await open();
    const read: unknown[] = [];
    const again = needs.readAgain.bind(needs);
    needs.readAgain = async (receipt, rights) => {
      read.push(rights.rowFilters);
      return again(receipt, rights);
    };
    const question = workspace.says('mara', '#sales', '@plumbline revenue last week');
    const shared = await workspace.waitForReply(question, (each) => isFinished(each) && !each.ephemeralFor);
    const mine = await workspace.waitForReply(question, (each) => each.ephemeralFor !== undefined);
    await workspace.clicks('mara', shared, 'CSV');
    await workspace.waitFor('the file in the channel', () =>
      workspace.replies(question).some((each) => each.files?.length),
    );
    await workspace.clicks('mara', mine, 'CSV');
    await workspace.waitFor('the private file', () =>
      workspace.messages('@mara').some((each) => each.files?.length),
    );
    expect(read).toEqual([{ branch_id: ['B03'] }, {}]);
  });
});
