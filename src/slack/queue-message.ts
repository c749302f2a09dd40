import type { Receipt } from '../domain/receipt.ts';
import type { Locale } from '../questions/format-value.ts';
import type { Outcome } from '../questions/outcome.ts';
import { ACTIONS } from './action-ids.ts';
import {
  actions,
  type Block,
  button,
  context,
  headline,
  preformatted,
  type SlackMessage,
  section,
} from './block.ts';
import { escapeMrkdwn } from './escape.ts';
import type { QueueItem } from './queue-store.ts';
import { tableBlock } from './table-block.ts';
import { BADGES, BUTTONS, WORDS } from './words.ts';

/** What the data owner needs to judge a question: it, what was made of it, the query, the result, and three buttons. */
export function queueMessage(
  item: QueueItem,
  receipt: Receipt | undefined,
  outcome: Outcome | undefined,
  locale: Locale,
): SlackMessage {
  return {
    text: `${WORDS.queueTitles[item.kind]}: ${escapeMrkdwn(item.question)}`,
    blocks: [
      headline('headline', `${WORDS.queueTitles[item.kind]}.`),
      section('question', `“${item.question}”`),
      {
        type: 'context',
        block_id: 'asker',
        elements: [{ type: 'mrkdwn', text: askedBy(item), verbatim: true }],
      },
      ...context('sure', [
        item.confidence === null ? '' : WORDS.queueSure(Math.round(item.confidence * 100)),
      ]),
      ...(item.comment ? [section('comment', WORDS.queueComment(item.comment))] : []),
      ...(receipt ? behind(receipt) : []),
      ...(outcome ? resultBlocks(outcome, locale) : []),
      ...actions('queue-tools', [
        item.kind === 'held'
          ? button(ACTIONS.sendHeld, BUTTONS.sendHeld, item.id, { style: 'primary' })
          : button(ACTIONS.approve, BUTTONS.approve, item.id, { style: 'primary' }),
        button(ACTIONS.correct, BUTTONS.correct, item.id),
        button(ACTIONS.dismiss, BUTTONS.dismiss, item.id),
      ]),
    ],
  };
}

/** The same message without its buttons, and with how it ended. */
export function closedMessage(message: SlackMessage, ending: string): SlackMessage {
  return {
    text: message.text,
    blocks: message.blocks.map((block) =>
      block.block_id === 'queue-tools'
        ? { type: 'context', block_id: 'ended', elements: [{ type: 'mrkdwn', text: ending, verbatim: true }] }
        : block,
    ),
  };
}

function askedBy(item: QueueItem): string {
  return item.channel && !item.channel.startsWith('D')
    ? WORDS.queueAsked(item.asker, item.channel)
    : WORDS.queueAskedDirectly(item.asker);
}

function behind(receipt: Receipt): Block[] {
  return [
    ...context('understood', [`${BADGES[receipt.provenance]}  ·  ${receipt.understood.line}`]),
    ...(receipt.sql ? [preformatted('sql', receipt.sql, 2500)] : []),
    preformatted('plan', JSON.stringify(receipt.plan), 1200),
  ];
}

function resultBlocks(outcome: Outcome, locale: Locale): Block[] {
  if (outcome.kind !== 'result') return context('result', [outcome.text]);
  const rows = { ...outcome.table, rows: outcome.table.rows.slice(0, 10) };
  const { block } = tableBlock(rows, { caption: outcome.title, locale, room: 3500 });
  return block ? [block] : [];
}
