import { dayInWords } from '../domain/period.ts';
import type { Receipt } from '../domain/receipt.ts';
import { ACTIONS } from './action-ids.ts';
import {
  actions,
  type Block,
  button,
  context,
  form,
  preformatted,
  type SlackForm,
  section,
} from './block.ts';
import { BADGES, BUTTONS, WORDS } from './words.ts';

const PIECE = 2900;
const MOST_PIECES = 4;

/** What is behind an answer: how it was understood, the query with its values, the load batches, the receipt's id. */
export function receiptForm(receipt: Receipt): SlackForm {
  return form({
    callbackId: 'form.receipt',
    title: WORDS.sqlTitle,
    close: BUTTONS.close,
    blocks: receiptBlocks(receipt),
  });
}

export function receiptBlocks(receipt: Receipt): Block[] {
  const { dataState } = receipt;
  return [
    section('question', `“${receipt.question}”`),
    ...context('badge', [BADGES[receipt.provenance]]),
    section('understood', `${WORDS.sqlUnderstood}: ${receipt.understood.line}`),
    ...sqlBlocks(receipt.sql),
    ...paramBlocks(receipt.params),
    ...context('facts', [
      WORDS.sqlFacts(String(receipt.rowCount), receipt.tookMs),
      dataState.completeThrough
        ? WORDS.complete(dayInWords(dataState.completeThrough.slice(0, 10)))
        : WORDS.notComplete,
      WORDS.batches(dataState.batches.length, dataState.batches.slice(-3).join(', ')),
      ...dataState.warnings.map((warning) => `⚠️ ${warning}`).slice(0, 4),
      WORDS.receipt(receipt.id),
    ]),
    ...(receipt.plan.kind === 'definition' || receipt.plan.kind === 'catalogue'
      ? []
      : actions('receipt-tools', [button(ACTIONS.runAgain, BUTTONS.runAgain, receipt.id)])),
  ];
}

function sqlBlocks(sql: string | null): Block[] {
  if (!sql) return [section('no-sql', WORDS.nothingToShow)];
  const pieces = sql.match(new RegExp(`[\\s\\S]{1,${PIECE}}`, 'g')) ?? [];
  return [
    ...pieces.slice(0, MOST_PIECES).map((piece, index) => preformatted(`sql-${index}`, piece)),
    ...(pieces.length > MOST_PIECES ? context('sql-cut', [WORDS.sqlCut]) : []),
  ];
}

function paramBlocks(params: Receipt['params']): Block[] {
  const lines = Object.entries(params).map(([name, value]) => `:${name} = ${JSON.stringify(value)}`);
  return lines.length > 0
    ? [...context('params', [WORDS.sqlParams]), preformatted('param-values', lines.join('\n'))]
    : [];
}
