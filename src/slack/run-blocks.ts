import type { RunOutcome } from '../domain/run.ts';
import type { RunNotice } from '../runs/run-notice.ts';
import { ACTIONS } from './action-ids.ts';
import { actions, type Block, button, cut, headline, type SlackMessage } from './block.ts';
import { escapeMrkdwn } from './escape.ts';
import { BUTTONS, RUN_SIGNS, WORDS } from './words.ts';

/** How a run went, as a message: what happened, the counts, and what can be done about it. */
export function runMessage(notice: RunNotice): SlackMessage {
  const { run } = notice;
  return {
    text: escapeMrkdwn(notice.headline),
    blocks: [
      headline('headline', `${sign(run.outcome)} ${notice.headline}.`),
      ...notice.sentences
        .slice(0, 8)
        .map((sentence, index) => ({ ...paragraph(sentence), block_id: `said-${index}` })),
      ...factBlocks(notice.facts),
      ...actions('tools', buttons(notice)),
    ],
  };
}

export function sign(outcome: RunOutcome): string {
  return RUN_SIGNS[outcome];
}

function paragraph(text: string): Block {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: cut(text, 2000) }] }],
  };
}

/** Ten fields fit into a section. */
function factBlocks(facts: RunNotice['facts']): Block[] {
  const fields = facts
    .slice(0, 10)
    .map(({ name, value }) => ({ type: 'plain_text', text: cut(`${name}: ${value}`, 300), emoji: false }));
  return fields.length > 0 ? [{ type: 'section', block_id: 'facts', fields }] : [];
}

function buttons(notice: RunNotice): Block[] {
  const { run } = notice;
  return notice.actions.flatMap((action) => {
    if (action === 'rerun') return [button(ACTIONS.rerun, BUTTONS.rerun, run.id)];
    if (action === 'show-refused') return [button(ACTIONS.refusedRows, BUTTONS.refusedRows, run.id)];
    if (!run.batch || run.undoneAt) return [];
    return [
      {
        ...button(ACTIONS.undo, BUTTONS.undo, run.batch, { style: 'danger' }),
        confirm: {
          title: { type: 'plain_text', text: BUTTONS.undo },
          text: { type: 'plain_text', text: WORDS.undoSure },
          confirm: { type: 'plain_text', text: BUTTONS.undo },
          deny: { type: 'plain_text', text: BUTTONS.close },
        },
      },
    ];
  });
}
