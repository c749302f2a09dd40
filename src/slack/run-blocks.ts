import type { RunOutcome } from '../domain/run.ts';
import type { FailureSeries } from '../runs/failure-series.ts';
import type { NoticeMessage } from '../runs/notice-desk.ts';
import type { NoticeSummary } from '../runs/notice-summary.ts';
import type { RunNotice } from '../runs/run-notice.ts';
import { ACTIONS } from './action-ids.ts';
import { signedNote } from './alert-blocks.ts';
import {
  actions,
  type Block,
  blockKey,
  button,
  context,
  cut,
  headline,
  paragraph,
  plain,
  type SlackMessage,
  section,
} from './block.ts';
import { escapeMrkdwn } from './escape.ts';
import { moment } from './moments.ts';
import { RUN_SIGNS, RUN_WORDS } from './run-words.ts';
import { BUTTONS, WORDS } from './words.ts';

type About = {
  /** Stays in the message, so that it is found again when the sender died right after it. */
  key: string;
  /** How far the data goes now. */
  dataLine?: string | undefined;
  /** Where the run's log is, with {run} for its number. */
  logLink?: string | null | undefined;
};

export function noticeMessage(message: NoticeMessage, about: About): SlackMessage {
  switch (message.kind) {
    case 'run':
      return runMessage(message.notice, about, message.series);
    case 'summary':
      return summaryMessage(message.summary, about);
    case 'recovered':
      return signedNote(
        RUN_SIGNS.loaded,
        RUN_WORDS.recovered(message.notice.run.feed, message.series.count, moment(message.series.since)),
        about.key,
        message.notice.headline,
      );
  }
}

/** How a run went, as a message: what happened, the counts, and what can be done about it. */
export function runMessage(
  notice: RunNotice,
  about: About,
  series: FailureSeries | null = null,
): SlackMessage {
  const { run } = notice;
  const repeated = series && series.count > 1 ? series : null;
  return {
    text: escapeMrkdwn(notice.headline),
    blocks: [
      headline('headline', `${sign(run.outcome)} ${notice.headline}.`),
      ...(repeated
        ? [paragraph('again', RUN_WORDS.again(repeated.count, moment(repeated.since), moment(repeated.last)))]
        : []),
      ...said(notice),
      ...factBlocks(notice.facts),
      ...actions('tools', [...buttons(notice), ...logButton(run.id, about)]),
      ...context(blockKey(about.key), [about.dataLine ?? run.feed]),
    ],
  };
}

/** A failure calls the feed's owner, where it is a person or group of Slack's. */
export function ownerMention(message: NoticeMessage): SlackMessage | null {
  if (message.kind !== 'run' || message.notice.run.outcome !== 'failed') return null;
  const element = mentionOf(message.notice.owner);
  if (!element) return null;
  const text = RUN_WORDS.ownerCalled(message.notice.headline);
  return {
    text,
    blocks: [
      {
        type: 'rich_text',
        block_id: 'owner',
        elements: [{ type: 'rich_text_section', elements: [element, { type: 'text', text: ` ${text}` }] }],
      },
    ],
  };
}

export function sign(outcome: RunOutcome): string {
  return RUN_SIGNS[outcome];
}

/** One paragraph a sentence; a failure's first calls the owner. */
function said({ run, sentences, owner }: RunNotice): Block[] {
  const mention = run.outcome === 'failed' ? mentionOf(owner) : null;
  const name = run.outcome === 'failed' && owner && !mention ? `${owner}: ` : '';
  return sentences.slice(0, 8).map((sentence, index) => ({
    type: 'rich_text',
    block_id: `said-${index}`,
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          ...(index === 0 && mention ? [mention, { type: 'text', text: ' ' }] : []),
          { type: 'text', text: cut(`${index === 0 ? name : ''}${sentence}`, 2000) },
        ],
      },
    ],
  }));
}

function mentionOf(owner: string | null): Record<string, unknown> | null {
  if (owner && /^[UW][A-Z0-9]{6,}$/.test(owner)) return { type: 'user', user_id: owner };
  if (owner && /^S[A-Z0-9]{6,}$/.test(owner)) return { type: 'usergroup', usergroup_id: owner };
  return null;
}

function summaryMessage(summary: NoticeSummary, { key }: About): SlackMessage {
  const total = Object.values(summary.counts).reduce((a, b) => a + b, 0);
  const counts = Object.entries(summary.counts)
    .sort(([, a], [, b]) => b - a)
    .map(([outcome, count]) => `${count.toLocaleString('en-GB')} ${outcome.replaceAll('-', ' ')}`)
    .join(', ');
  const text = RUN_WORDS.summary(total, counts);
  const worst = summary.counts['failed'] ? RUN_SIGNS.failed : RUN_SIGNS.loaded;
  return {
    text: escapeMrkdwn(text),
    blocks: [
      headline('headline', `${worst} ${text}`),
      section('lines', summary.lines.map((line) => `• ${line}`).join('\n')),
      ...context(blockKey(key), [RUN_WORDS.summaryRest(Math.max(0, total - summary.lines.length))]),
    ],
  };
}

/** Ten fields fit into a section. */
function factBlocks(facts: RunNotice['facts']): Block[] {
  const fields = facts.slice(0, 10).map(({ name, value }) => ({
    type: 'mrkdwn',
    verbatim: true,
    text: cut(`*${escapeMrkdwn(name)}*\n${escapeMrkdwn(cut(value, 300))}`, 2000),
  }));
  return fields.length > 0 ? [{ type: 'section', block_id: 'facts', fields }] : [];
}

function logButton(run: string, { logLink }: About): Block[] {
  if (!logLink) return [];
  const url = logLink.replaceAll('{run}', encodeURIComponent(run));
  return [{ type: 'button', action_id: ACTIONS.openLog, text: plain(BUTTONS.log, 75), url }];
}

function buttons(notice: RunNotice): Block[] {
  const { run } = notice;
  return notice.actions.flatMap((action) => {
    if (action === 'rerun') return [button(ACTIONS.rerun, BUTTONS.rerun, run.id)];
    if (action === 'show-refused') return [button(ACTIONS.refusedRows, BUTTONS.refusedRows, run.id)];
    if (action === 'mute') return [button(ACTIONS.muteFeed, BUTTONS.mute, run.feed)];
    if (action === 'rerun-over-newer')
      return [
        {
          ...button(ACTIONS.rerunOverNewer, BUTTONS.rerunOverNewer, run.id, { style: 'danger' }),
          confirm: confirmation(BUTTONS.rerunOverNewer, WORDS.overNewerSure),
        },
      ];
    if (!run.batch || run.undoneAt) return [];
    return [
      {
        ...button(ACTIONS.undo, BUTTONS.undo, run.batch, { style: 'danger' }),
        confirm: confirmation(BUTTONS.undo, WORDS.undoSure),
      },
    ];
  });
}

function confirmation(button: string, sure: string): object {
  return {
    title: { type: 'plain_text', text: button },
    text: { type: 'plain_text', text: sure },
    confirm: { type: 'plain_text', text: button },
    deny: { type: 'plain_text', text: BUTTONS.close },
  };
}
