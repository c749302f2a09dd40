import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/domain/app-error.ts';
import { appManifest } from '../../src/slack/manifest.ts';
import { anAnswer, isFinished, type Script, scriptedNeeds } from '../support/a-slack-app.ts';
import { slackForTests } from '../support/slack-for-tests.ts';

const slack = slackForTests();

/** With no more rights than the manifest asks for. */
async function open(script: Script = () => anAnswer(), given: Parameters<typeof scriptedNeeds>[2] = {}) {
  const { oauth_config: rights } = appManifest({ connection: 'socket' }) as {
    oauth_config: { scopes: { bot: string[] } };
  };
  return slack.open(script, given, { scopes: rights.scopes.bot });
}

describe('the buttons of an answer', () => {
  test('a follow-up is asked in the thread, once however often it is pressed', async () => {
    const { workspace, needs } = await open();
    const question = workspace.says('mara', '@mara', 'revenue last week');
    const reply = await workspace.waitForReply(question, isFinished);
    await Promise.all([
      workspace.clicks('mara', reply, 'And by branch?'),
      workspace.clicks('mara', reply, 'And by branch?'),
    ]);
    const next = await workspace.waitForReply(reply, isFinished);
    await workspace.parts.app.idle();
    await sleep(50);
    expect(next.threadTs).toBe(question.ts);
    expect(JSON.stringify(next.blocks)).toContain('Mara Lindqvist asked: and by branch?');
    expect(needs.asked.map(({ text }) => text)).toEqual(['revenue last week', 'and by branch?']);
  });

  test('a follow-up leans on the answer that it stands under, whatever was asked since; Change on what came before', async () => {
    const { workspace, needs } = await open();
    const question = workspace.says('mara', '@mara', 'revenue last week');
    const reply = await workspace.waitForReply(question, isFinished);
    const second = workspace.says('mara', '@mara', 'and orders?', question.ts);
    const other = await workspace.waitForReply(second, isFinished);
    const third = workspace.says('mara', '@mara', 'and units?', question.ts);
    await workspace.waitForReply(third, isFinished);
    await workspace.clicks('mara', reply, 'And by branch?');
    await workspace.waitFor('the follow-up', () => needs.asked.length === 4);
    const last = needs.asked.at(-1);
    expect(last?.text).toBe('and by branch?');
    expect(last?.leansOn?.turns.map((turn) => turn.question)).toEqual(['revenue last week']);
    await workspace.clicks('mara', other, 'Change');
    await workspace.waitFor('the form', () => workspace.form('mara'));
    await workspace.submitsForm('mara', { question: 'and units sold?' });
    await workspace.waitFor('the changed one', () => needs.asked.length === 5);
    expect(needs.asked.at(-1)?.leansOn?.turns.map((turn) => turn.question)).toEqual(['revenue last week']);
  });

  test('the chart becomes another kind in its place', async () => {
    const { workspace } = await open();
    const question = workspace.says('mara', '@mara', 'revenue last week');
    const reply = await workspace.waitForReply(question, isFinished);
    const chart = reply.blocks?.find((block) => block.type === 'actions');
    const option = ((chart?.elements ?? []) as { options?: { value: string }[] }[]).find(
      (each) => each.options,
    )?.options?.[3];
    await workspace.clicks('mara', reply, 'answer.chart-type', { selected_option: option });
    const pie = await workspace.waitFor('the pie', () => {
      const now = workspace.parts.workspace.findMessage(reply.channel, reply.ts);
      return JSON.stringify(now?.blocks).includes('"pie"') && now;
    });
    expect(pie.blocks?.filter((block) => block.type === 'data_visualization')).toHaveLength(1);
  });

  test('Change opens the question, and the edited one is answered in the same thread', async () => {
    const { workspace, needs } = await open();
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    const reply = await workspace.waitForReply(question, isFinished);
    await workspace.clicks('mara', reply, 'Change');
    await workspace.waitFor('the form', () => workspace.form('mara'));
    expect(JSON.stringify(workspace.form('mara'))).toContain('revenue last week');
    expect(await workspace.submitsForm('mara', { question: 'revenue last month' })).toEqual({ ok: true });
    const next = await workspace.waitForReply(reply, isFinished);
    expect(next.threadTs).toBe(question.ts);
    expect(needs.asked.at(-1)?.text).toBe('revenue last month');
  });

  test('a choice answers the question that was unclear, and the buttons go', async () => {
    const { workspace, needs } = await open((question) =>
      question.text === 'sales'
        ? {
            kind: 'needs-detail',
            text: 'Which period?',
            choices: [
              { label: 'Last week', question: 'sales last week' },
              { label: 'Last month', question: 'sales last month' },
            ],
            unknownWords: ['flurb'],
          }
        : anAnswer(),
    );
    const question = workspace.says('mara', '#finance', '@plumbline sales');
    const asking = await workspace.waitForReply(question, isFinished);
    expect(asking.text).toBe('Which period?');
    expect(JSON.stringify(asking.blocks)).toContain('flurb');
    await workspace.clicks('mara', asking, 'Last month');
    await workspace.waitForReply(asking, (each) => each.text.startsWith('Revenue was'));
    expect(needs.asked.at(-1)?.text).toBe('sales last month');
    const now = workspace.parts.workspace.findMessage(asking.channel, asking.ts);
    expect(JSON.stringify(now?.blocks)).toContain('You chose: sales last month');
    expect(JSON.stringify(now?.blocks)).not.toContain('"button"');
  });

  test('many choices are a select', async () => {
    const choices = Array.from({ length: 8 }, (_, index) => ({
      label: `Branch ${index}`,
      question: `sales of branch ${index}`,
    }));
    const { workspace, needs } = await open((question) =>
      question.text === 'sales of branch'
        ? {
            kind: 'empty',
            reason: 'unknown-value',
            text: 'No such branch.',
            choices,
            understood: null,
            receiptId: null,
          }
        : anAnswer(),
    );
    const question = workspace.says('mara', '@mara', 'sales of branch');
    const asking = await workspace.waitForReply(question, isFinished);
    await workspace.clicks('mara', asking, 'ask.choose', { selected_option: { value: 'sales of branch 6' } });
    await workspace.waitForReply(asking, isFinished);
    expect(needs.asked.at(-1)?.text).toBe('sales of branch 6');
  });

  test('Right is thanked for; Wrong asks, and goes to the data owners, who correct it; the asker is told', async () => {
    const { workspace } = await open();
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    const reply = await workspace.waitForReply(question, isFinished);
    await workspace.clicks('aisha', reply, 'answer.rate', { value: ratingOf(reply, 'positive_button') });
    await workspace.waitForReply(reply, (each) => each.ephemeralFor === workspace.person('aisha'));
    await workspace.clicks('mara', reply, 'answer.rate', { value: ratingOf(reply, 'negative_button') });
    await workspace.waitFor('the form', () => workspace.form('mara'));
    await workspace.submitsForm('mara', { expected: 'It was <!channel> 1,300 & more' });
    await workspace.waitForReply(
      reply,
      (each) =>
        each.ephemeralFor === workspace.person('mara') && each.text.startsWith('Sent to the data owner'),
    );
    const queued = await workspace.waitFor('the item', () => workspace.messages('#data-owners').at(-1));
    const shown = JSON.stringify(queued.blocks);
    expect(shown).toContain('An answer was called wrong');
    expect(shown).toContain('revenue last week');
    expect(shown).toContain('select category');
    expect(shown).toContain('It was <!channel> 1,300 & more');
    await workspace.clicks('mara', queued, 'Correct');
    await workspace.waitFor('the refusal', () =>
      workspace.messages('#data-owners').some((each) => each.text === 'Only a data owner can do this.'),
    );
    await workspace.clicks('dana', queued, 'Correct');
    await workspace.waitFor('the form', () => workspace.form('dana'));
    await workspace.submitsForm('dana', { words: 'Two batches were late.' });
    const told = await workspace.waitFor('the message', () =>
      workspace.messages('@mara').find((each) => each.text.includes('Two batches were late.')),
    );
    expect(told.text).toContain('revenue last week');
    const closed = workspace.parts.workspace.findMessage(queued.channel, queued.ts);
    expect(JSON.stringify(closed?.blocks)).not.toContain('"button"');
  });

  test('a drafted query is vetted: the approval becomes a patch and the asker is told', async () => {
    const { workspace } = await open(() => anAnswer({ provenance: 'drafted' }));
    const question = workspace.says('mara', '@mara', 'revenue by category last week');
    const reply = await workspace.waitForReply(question, isFinished);
    expect(JSON.stringify(reply.blocks)).toContain('not vetted');
    await workspace.clicks('mara', reply, 'Send for vetting');
    const queued = await workspace.waitFor('the item', () => workspace.messages('#data-owners').at(-1));
    await workspace.clicks('dana', queued, 'Approve');
    await workspace.waitFor('the form', () => workspace.form('dana'));
    expect(await workspace.submitsForm('dana', { name: 'Bad Name!' })).toMatchObject({
      errors: { name: 'Lower-case letters, digits and hyphens, please.' },
    });
    const outcome = await workspace.submitsForm('dana', {
      name: 'revenue-by-category',
      questions: 'Revenue by category last week\nRevenue of each category\nCategory revenue',
    });
    expect(outcome).toEqual({ ok: true });
    const withPatch = await workspace.waitFor('the patch', () =>
      workspace.replies(queued).find((each) => each.files?.length),
    );
    const bytes = await workspace.parts.workspace.storage.readFile(withPatch.files?.[0] ?? '');
    expect(Buffer.from(bytes ?? []).toString()).toContain(
      '+++ b/sql-templates/questions/revenue-by-category.sql',
    );
    await workspace.waitFor('the message', () =>
      workspace.messages('@mara').some((each) => each.text.includes('has vetted your question')),
    );
  });

  test('an answer of low confidence waits, where so set, for a data owner, who sends it to where it was asked', async () => {
    const note = 'Only what everyone here may see is counted.';
    const unsure = anAnswer();
    const script = () => ({
      ...unsure,
      understood: { ...unsure.understood, notes: [note, 'boots are shoes'] },
    });
    const { workspace, needs } = await open(script, {
      settings: { holdBelow: 0.9 },
      confidence: 0.8,
    });
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    const held = await workspace.waitForReply(question, isFinished);
    expect(held.text).toContain('a data owner looks at the answer first');
    expect(JSON.stringify(held)).not.toContain('1,200');
    const queued = await workspace.waitFor('the item', () => workspace.messages('#data-owners').at(-1));
    expect(JSON.stringify(queued.blocks)).toContain('How sure I am of what was meant: 80 %');
    await workspace.clicks('mara', queued, 'Send the answer');
    await workspace.waitFor('the refusal', () =>
      workspace.messages('#data-owners').some((each) => each.text === 'Only a data owner can do this.'),
    );
    await Promise.all([
      workspace.clicks('dana', queued, 'Send the answer'),
      workspace.clicks('dana', queued, 'Send the answer'),
    ]);
    const sent = await workspace.waitForReply(held, (each) => each.text.startsWith('Revenue was'));
    expect(sent.threadTs).toBe(question.ts);
    expect(JSON.stringify(sent.blocks)).toContain('Dana Novak has looked at this answer');
    await workspace.parts.app.idle();
    expect(workspace.replies(question).filter((each) => each.text.startsWith('Revenue was'))).toHaveLength(1);
    expect(needs.asked.at(-1)?.approved).toMatchObject({ notes: ['boots are shoes'] });
    const closed = workspace.parts.workspace.findMessage(queued.channel, queued.ts);
    expect(JSON.stringify(closed?.blocks)).toContain('Sent by');
    const own = workspace.says('dana', '@dana', 'revenue last week');
    expect((await workspace.waitForReply(own, isFinished)).text).toContain('Revenue was');
  });

  test('a question that was not answered can be sent to the data owner, who dismisses it', async () => {
    const { workspace } = await open(() => ({
      kind: 'refused',
      reason: 'cannot-answer',
      text: 'I cannot answer that.',
    }));
    const question = workspace.says('mara', '@mara', 'why is the sky blue');
    const reply = await workspace.waitForReply(question, isFinished);
    await workspace.clicks('mara', reply, 'Tell the data owner');
    const queued = await workspace.waitFor('the item', () => workspace.messages('#data-owners').at(-1));
    await workspace.clicks('dana', queued, 'Dismiss');
    await workspace.waitFor('the form', () => workspace.form('dana'));
    await workspace.submitsForm('dana', { words: 'Not our data.' });
    await workspace.waitFor('the message', () =>
      workspace.messages('@mara').some((each) => each.text.includes('Not our data.')),
    );
  });
});

describe('stopping', () => {
  const until = (signal: AbortSignal | undefined) =>
    new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(new AppError('warehouse.cancelled')));
    });

  test('the stop button cancels the query; others cannot press it', async () => {
    const signals: AbortSignal[] = [];
    const { workspace } = await open((question) => {
      if (question.signal) signals.push(question.signal);
      return until(question.signal);
    });
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    const begun = await workspace.waitForReply(question);
    await workspace.waitFor('the work', () => signals.length > 0);
    await workspace.clicks('aisha', begun, 'Stop');
    await workspace.waitForReply(question, (each) => each.ephemeralFor === workspace.person('aisha'));
    expect(signals[0]?.aborted).toBe(false);
    await workspace.clicks('mara', begun, 'Stop');
    const end = await workspace.waitForReply(question, (each) => isFinished(each) && !each.ephemeralFor);
    expect(signals[0]?.aborted).toBe(true);
    expect(end.ts).toBe(begun.ts);
    expect(end.text).toMatch(/stopped/i);
    expect(JSON.stringify(end.blocks)).toContain('Ask again');
  });

  test('is done by writing stop as well, which says so when there is nothing to stop', async () => {
    const { workspace, needs } = await open((question) => until(question.signal));
    const question = workspace.says('mara', '@mara', 'revenue last week');
    await workspace.waitFor('the work', () => needs.asked.length > 0);
    const word = workspace.says('mara', '@mara', 'Stop!', question.ts);
    await workspace.waitForReply(question, (each) => each.text.startsWith('Stopped'));
    await workspace.waitForReply(word, (each) => each.text.includes('I stop'));
    const second = workspace.says('mara', '@mara', 'stop');
    await workspace.waitForReply(second, (each) => each.text.includes('nothing to stop'));
  });

  test("Slack's own stop in a stream cancels it, even when the query does not listen", async () => {
    const { workspace, needs } = await open(() => new Promise<never>(() => {}));
    const question = workspace.says('mara', '@mara', 'revenue last week');
    await workspace.waitFor('the work', () => needs.asked.length > 0);
    workspace.stopsAnswer('mara', '@mara', question.ts);
    const end = await workspace.waitForReply(question, isFinished);
    expect(end.text).toMatch(/Stopped/);
    expect(end.stream?.open).toBe(false);
  });

  test('a question that takes too long ends in a sentence', async () => {
    const { workspace } = await open(() => new Promise<never>(() => {}), {
      settings: { answerTimeoutMs: 200 },
    });
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    const end = await workspace.waitForReply(question, isFinished);
    expect(end.text).toMatch(/took too long/);
  });

  test('whatever breaks ends in a sentence, never in the words of a library', async () => {
    const { workspace } = await open(() => {
      throw new TypeError("Cannot read properties of undefined (reading 'secret')");
    });
    for (const place of ['@mara', '#finance']) {
      const question = workspace.says('mara', place, '@plumbline revenue last week');
      const end = await workspace.waitForReply(question, isFinished);
      expect(end.text).toBe('Something went wrong on our side. It was recorded.');
    }
  });
});

function ratingOf(
  message: { blocks?: Record<string, unknown>[] },
  which: 'positive_button' | 'negative_button',
): string {
  const rating = message.blocks?.find((block) => block.type === 'context_actions');
  const [buttons] = (rating?.elements ?? []) as Record<string, { value: string }>[];
  return buttons?.[which]?.value ?? '';
}
