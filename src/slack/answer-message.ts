import type { Answer, Answered, DataState } from '../domain/answer.ts';
import { dayInWords } from '../domain/period.ts';
import type { Choice } from '../domain/plan.ts';
import { formatNumber, type Locale } from '../questions/format-value.ts';
import { ACTIONS } from './action-ids.ts';
import { actions, type Block, button, context, cut, headline, type SlackMessage } from './block.ts';
import { chartBlock } from './chart-block.ts';
import { escapeMrkdwn } from './escape.ts';
import { leaningValue } from './leans-on.ts';
import { LIMITS, sizeOf } from './limits.ts';
import { tableBlock } from './table-block.ts';
import { BADGES, BUTTONS, CHART_NAMES, REFUSALS, WORDS } from './words.ts';

/** An answer as a message, and what must come beside it because Slack's blocks cannot hold it. */
export type AnswerMessage = SlackMessage & { needsCsv: boolean; needsPicture: boolean };

export type MessageOptions = {
  locale: Locale;
  question: string;
  /** Said first: which rule applied to this part of the answer. */
  note?: string;
  /** Who asked what, where the question itself is not to be seen above the answer. */
  heading?: string;
};

/** Room that a table needs to be worth showing, in characters of JSON. */
const LEAST_TABLE = 1500;

export function answerMessage(answer: Answer, options: MessageOptions): AnswerMessage {
  switch (answer.kind) {
    case 'answered':
      return answered(answer, options);
    case 'needs-detail':
      return short(answer.text, [
        ...note(options),
        headline('headline', answer.text),
        ...context('about', [
          answer.unknownWords.every((word) => answer.text.includes(word))
            ? ''
            : WORDS.unknownWords(answer.unknownWords.map((word) => `“${word}”`).join(', ')),
        ]),
        ...choices(answer.choices),
      ]);
    case 'refused':
      return short(answer.text, [
        ...note(options),
        headline('headline', `${REFUSALS[answer.reason]} ${answer.text}`),
        ...(answer.reason === 'cannot-answer'
          ? actions('tools', [button(ACTIONS.unanswered, BUTTONS.tellDataOwner, options.question)])
          : []),
      ]);
    case 'empty':
      return short(answer.text, [
        ...note(options),
        headline('headline', answer.text),
        ...context('about', [saidIn(answer.text, answer.understood?.line ?? '')]),
        ...choices(answer.choices),
        ...actions('tools', [
          ...(answer.receiptId ? [button(ACTIONS.showSql, BUTTONS.showSql, answer.receiptId)] : []),
          ...(answer.receiptId ? [button(ACTIONS.change, BUTTONS.change, answer.receiptId)] : []),
        ]),
      ]);
  }
}

function answered(answer: Answered, options: MessageOptions): AnswerMessage {
  const native = answer.chart && chartBlock(answer.chart, answer.table, options.locale);
  const around = (chart: Block | null): Block[] => [
    ...note(options),
    headline('headline', answer.text),
    ...context('about', [`${BADGES[answer.provenance]}  ·  ${answer.understood.line}`]),
    ...(chart ? [chart] : []),
    ...context('state', isOfData(answer) ? stateLines(answer.dataState, options.locale) : []),
    ...context('notes', [...answer.dataState.warnings.map((each) => `⚠️ ${each}`), ...notesOf(answer)]),
    ...actions('tools', tools(answer)),
    ...actions(
      'next',
      answer.followUps
        .slice(0, 3)
        .map((text, index) =>
          button(`ask.follow-up.${index}`, capital(text), leaningValue('on', answer.receiptId, text)),
        ),
    ),
    rating(answer.receiptId),
  ];
  const wantsTable = answer.table.rows.length > 1 || answer.table.columns.length > 1;
  const fits = native !== null && sizeOf(around(native)) + (wantsTable ? LEAST_TABLE : 0) < LIMITS.blocksJson;
  const chart = fits ? native : null;
  const blocks = around(chart);
  const shown = wantsTable
    ? tableFor(answer, options.locale, LIMITS.blocksJson - sizeOf(blocks) - 250)
    : null;
  if (shown?.block) {
    const before = blocks.findIndex((block) => block.block_id === 'state' || block.block_id === 'tools');
    blocks.splice(before, 0, shown.block, ...context('cut', cutLines(answer, shown, options.locale)));
  }
  return {
    text: escapeMrkdwn(answer.text),
    blocks,
    needsCsv: shown !== null && isOfData(answer) && isCut(answer, shown),
    needsPicture: answer.chart !== null && chart === null,
  };
}

type Shown = { block: Block | null; shownRows: number; shownColumns: number };

function tableFor(answer: Answered, locale: Locale, room: number): Shown {
  return tableBlock(answer.table, { caption: captionOf(answer), locale, room });
}

function isCut(answer: Answered, shown: Shown): boolean {
  const { rows, columns, truncated } = answer.table;
  return truncated || shown.shownRows < rows.length || shown.shownColumns < columns.length;
}

function cutLines(answer: Answered, shown: Shown, locale: Locale): string[] {
  const { rows, columns, truncated } = answer.table;
  const total = `${formatNumber(String(rows.length), { kind: 'count' }, locale)}${truncated ? ' or more' : ''}`;
  return [
    ...(truncated || shown.shownRows < rows.length
      ? [(isOfData(answer) ? WORDS.tableCut : WORDS.listCut)(shown.shownRows, total)]
      : []),
    ...(shown.shownColumns < columns.length ? [WORDS.columnsCut(shown.shownColumns, columns.length)] : []),
  ];
}

function stateLines(state: DataState, locale: Locale): string[] {
  const reconciled = {
    reconciled: WORDS.reconciled,
    off: WORDS.offBy(formatNumber(state.offBy ?? '0', { kind: 'money' }, locale)),
    unknown: WORDS.unreconciled,
  }[state.reconciled];
  const complete = state.completeThrough
    ? WORDS.complete(dayInWords(state.completeThrough.slice(0, 10)))
    : WORDS.notComplete;
  return [`${complete} ${reconciled}`];
}

/** What was understood stands above the table already: its caption is the short name of it. */
function captionOf({ chart, understood }: Answered): string {
  if (chart) return chart.title;
  return understood.metrics.length > 0 ? capital(understood.metrics.join(', ')) : understood.line;
}

/** A definition and the list of what can be asked come from no table. */
function isOfData(answer: Answered): boolean {
  return answer.sql !== null || answer.provenance === 'live';
}

/** As sentences; without what the chart or the first sentence says already. */
function notesOf({ text, understood }: Answered): string[] {
  return understood.notes
    .filter(
      (note) => note !== 'as a chart' && !text.includes(/^Only (.+) is counted\.$/.exec(note)?.[1] ?? '\n'),
    )
    .map((note) => `${capital(note)}${/[.!?]$/.test(note) ? '' : '.'}`);
}

function saidIn(text: string, line: string): string {
  return text.includes(line) ? '' : line;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function tools(answer: Answered): Block[] {
  return [
    ...(isOfData(answer)
      ? [
          button(ACTIONS.showSql, BUTTONS.showSql, answer.receiptId, {
            spoken: 'Show the SQL and the receipt',
          }),
        ]
      : []),
    ...(answer.table.rows.length > 0
      ? [button(ACTIONS.csv, BUTTONS.csv, answer.receiptId, { spoken: 'Get a CSV file' })]
      : []),
    button(ACTIONS.change, BUTTONS.change, answer.receiptId, { spoken: 'Change the question' }),
    ...(answer.chart ? [chartTypes(answer)] : []),
    ...(answer.provenance === 'drafted'
      ? [button(ACTIONS.vet, BUTTONS.vet, answer.receiptId, { style: 'primary' })]
      : []),
  ];
}

/** Each option names the receipt, so that a click needs nothing else. */
function chartTypes(answer: Answered): Block {
  const kinds = ['line', 'bar', 'area', 'pie'] as const;
  return {
    type: 'static_select',
    action_id: ACTIONS.chartType,
    placeholder: { type: 'plain_text', text: BUTTONS.chartType },
    options: kinds.map((kind) => ({
      text: { type: 'plain_text', text: CHART_NAMES[kind] },
      value: cut(`${kind} ${answer.receiptId}`, 150),
    })),
  };
}

function rating(receiptId: string): Block {
  return {
    type: 'context_actions',
    block_id: 'rating',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: ACTIONS.rate,
        positive_button: { text: { type: 'plain_text', text: BUTTONS.right }, value: `right ${receiptId}` },
        negative_button: { text: { type: 'plain_text', text: BUTTONS.wrong }, value: `wrong ${receiptId}` },
      },
    ],
  };
}

const MOST_BUTTONS = 5;
const OPTION_VALUE = 150;

/** Up to five buttons; more as a select when its values may be as long as the questions are. */
export function choices(of: Choice[]): Block[] {
  const options = of.filter((choice) => choice.question.trim() !== '');
  if (options.length > MOST_BUTTONS && options.every(({ question }) => question.length <= OPTION_VALUE))
    return actions('choices', [
      {
        type: 'static_select',
        action_id: ACTIONS.choose,
        placeholder: { type: 'plain_text', text: BUTTONS.chooseOne },
        options: options.slice(0, 100).map((choice) => ({
          text: { type: 'plain_text', text: cut(choice.label, 75), emoji: false },
          value: choice.question,
        })),
      },
    ]);
  return actions(
    'choices',
    options
      .slice(0, MOST_BUTTONS)
      .map((choice, index) => button(`ask.choice.${index}`, choice.label, choice.question)),
  );
}

function note(options: MessageOptions): Block[] {
  return context('audience', [options.heading ?? '', options.note ? `🔒 ${options.note}` : '']);
}

function short(text: string, blocks: Block[]): AnswerMessage {
  return { text: escapeMrkdwn(text), blocks, needsCsv: false, needsPicture: false };
}
