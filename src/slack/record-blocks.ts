import { decimal } from '../domain/decimal.ts';
import { dayInWords } from '../domain/period.ts';
import type { MoneyRecord } from '../ledger/money-record.ts';
import { formatNumber, type Locale } from '../questions/format-value.ts';
import { ACTIONS } from './action-ids.ts';
import {
  actions,
  type Block,
  button,
  context,
  cut,
  form,
  headline,
  preformatted,
  type SlackForm,
  type SlackMessage,
  section,
} from './block.ts';
import { escapeMrkdwn } from './escape.ts';
import { RECORD_WORDS as W } from './record-words.ts';
import { tableBlock } from './table-block.ts';
import { BUTTONS } from './words.ts';

/** How things are written for who reads: money in their language, times in their zone. */
export type RecordView = { locale: Locale; at(instant: string): string };

/** To the recorder: what was made of the form, and what became of it. */
export function recorderMessage(
  record: MoneyRecord,
  view: RecordView,
  notes: readonly string[],
): SlackMessage {
  const title = W.headline(record, money(record.amount, record.currency, view));
  return {
    text: escapeMrkdwn(title),
    blocks: [
      headline('headline', title),
      facts(record, view),
      ...linesTable(record, view),
      ...context('about', [
        ...notes,
        ...(record.refusal ? [record.refusal] : []),
        ...(record.state === 'waiting' && record.needsApproval ? [record.needsApproval] : []),
        ...decisionLines(record),
        record.id,
      ]),
      ...actions('tools', recordButtons(record)),
    ],
  };
}

/** To whom it may approve: everything to judge it by, and two buttons until somebody has decided. */
export function approverMessage(record: MoneyRecord, view: RecordView): SlackMessage {
  const amount = money(record.amount, record.currency, view);
  const title = W.approvalHeadline(record.recordedByName, W.kinds[record.kind], amount);
  return {
    text: escapeMrkdwn(title),
    blocks: [
      headline('headline', title),
      facts(record, view),
      ...linesTable(record, view),
      ...context('about', [
        ...(record.needsApproval ? [record.needsApproval] : []),
        ...decisionLines(record),
        record.id,
      ]),
      ...actions('tools', record.state === 'waiting' ? approvalButtons(record) : [showButton(record)]),
    ],
  };
}

/** One line and what can be done, for lists and Home. */
export function recordItem(record: MoneyRecord, view: RecordView, id: string): Block[] {
  return [{ ...section(id, recordLine(record, view)), accessory: showButton(record) }];
}

/** The same with the buttons of an approver. */
export function waitingItem(record: MoneyRecord, view: RecordView, id: string): Block[] {
  return [section(id, recordLine(record, view)), ...actions(`${id}-tools`, approvalButtons(record))];
}

export function recordForm(record: MoneyRecord, view: RecordView): SlackForm {
  return form({
    callbackId: 'form.record-detail',
    title: W.detailTitle,
    close: BUTTONS.close,
    blocks: [
      headline('headline', W.headline(record, money(record.amount, record.currency, view))),
      facts(record, view),
      preformatted('lines', linesText(record, view)),
      ...context('about', [
        W.recordedBy(record.recordedByName, view.at(record.recordedAt)),
        ...decisionLines(record),
        ...(record.refusal ? [record.refusal] : []),
        ...(record.reverses ? [W.takesBack(record.reverses)] : []),
        ...(record.reversedBy ? [W.reversedBy(record.reversedBy)] : []),
        record.id,
      ]),
      ...actions('tools', [
        ...recordButtons(record),
        ...(record.attachment ? [button(ACTIONS.recordFile, W.buttons.file, record.id)] : []),
      ]),
    ],
  });
}

function recordLine(record: MoneyRecord, view: RecordView): string {
  const [main] = record.lines.filter(({ account }) => account === record.account);
  return [
    `${W.signs[record.state]} ${W.kinds[record.kind]} of ${money(record.amount, record.currency, view)}, ${dayInWords(record.date)}: ${cut(record.text, 150)}`,
    [
      main?.accountName,
      record.branch,
      record.counterparty,
      record.recordedByName,
      W.states[record.state],
      ...(record.reversedBy ? [W.reversedBy(record.reversedBy)] : []),
    ]
      .filter(Boolean)
      .join(' · '),
  ].join('\n');
}

/** Two columns of small facts; what is empty is left out. */
function facts(record: MoneyRecord, view: RecordView): Block {
  const name = (code: string) => {
    const line = record.lines.find(({ account }) => account === code);
    return line ? `${code} ${line.accountName}` : code;
  };
  const pairs: [string, string | null][] = [
    [W.account, name(record.account)],
    [W.counterAccount, name(record.counterAccount)],
    [W.date, dayInWords(record.date)],
    [W.branch, record.branch],
    [W.tax, record.tax && W.taxWithin(record.tax.code, money(record.tax.amount, record.currency, view))],
    [W.rate, record.rate && W.foreign(money(record.amount, record.currency, view), record.rate)],
    [W.counterparty, record.counterparty],
    [W.documentNo, record.documentNo],
    [W.text, record.text],
    [W.attachment.replace(/ \(.*/, ''), record.attachment?.name ?? null],
  ];
  return {
    type: 'section',
    block_id: 'facts',
    fields: pairs
      .filter(([, value]) => value)
      .slice(0, 10)
      .map(([label, value]) => ({ type: 'plain_text', text: cut(`${label}: ${value}`, 400), emoji: false })),
  };
}

function linesTable(record: MoneyRecord, view: RecordView): Block[] {
  const unit = { kind: 'money' as const, of: record.bookedCurrency };
  const table = {
    columns: [
      { name: 'account', label: W.columns.account, type: 'text' as const },
      { name: 'debit', label: W.columns.debit, type: 'decimal' as const, unit },
      { name: 'credit', label: W.columns.credit, type: 'decimal' as const, unit },
    ],
    rows: record.lines.map((line) => [
      `${line.account} ${line.accountName}`,
      isZero(line.debit) ? '' : line.debit,
      isZero(line.credit) ? '' : line.credit,
    ]),
    truncated: false,
  };
  const { block } = tableBlock(table, { caption: W.lines, locale: view.locale, room: 5000 });
  return block ? [block] : [];
}

/** The same where Slack has no tables: in forms. */
function linesText(record: MoneyRecord, view: RecordView): string {
  const amount = (text: string) =>
    (isZero(text) ? '' : money(text, record.bookedCurrency, view)).padStart(14);
  return [
    `${W.columns.account.padEnd(28)}${W.columns.debit.padStart(14)}${W.columns.credit.padStart(14)}`,
    ...record.lines.map(
      (line) =>
        `${cut(`${line.account} ${line.accountName}`, 27).padEnd(28)}${amount(line.debit)}${amount(line.credit)}`,
    ),
  ].join('\n');
}

function decisionLines({ decision }: MoneyRecord): string[] {
  if (!decision) return [];
  return [decision.approved ? W.approvedBy(decision.byName) : W.declinedBy(decision.byName, decision.reason)];
}

function recordButtons(record: MoneyRecord): Block[] {
  if (record.state !== 'posted' || record.reversedBy || record.kind === 'reversal') return [];
  return [
    button(ACTIONS.correctRecord, W.buttons.correct, record.id),
    button(ACTIONS.reverseRecord, W.buttons.reverse, record.id),
  ];
}

function approvalButtons(record: MoneyRecord): Block[] {
  return [
    button(ACTIONS.approveRecord, W.buttons.approve, record.id, { style: 'primary' }),
    button(ACTIONS.declineRecord, W.buttons.decline, record.id),
    showButton(record),
  ];
}

function showButton(record: MoneyRecord): Block {
  return button(ACTIONS.showRecord, W.buttons.show, record.id);
}

function money(text: string, currency: string, { locale }: RecordView): string {
  return formatNumber(text, { kind: 'money', of: currency }, locale);
}

function isZero(text: string): boolean {
  return decimal(text).units === 0n;
}
