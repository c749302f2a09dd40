import type { Receipt } from '../domain/receipt.ts';
import { formatCell, type Locale } from '../questions/format-value.ts';
import { resultHash } from '../questions/make-receipt.ts';
import type { Outcome } from '../questions/outcome.ts';
import { type Block, context, form, section } from './block.ts';
import type { Bot } from './bot.ts';
import type { Click } from './click.ts';
import { receiptFor } from './receipt-for.ts';
import { BUTTONS, WORDS } from './words.ts';

/** A receipt's query once more: the same figures, or what was and what is. Shown to the clicker in a form. */
export async function runAgain(click: Click, bot: Bot): Promise<void> {
  const receipt = await receiptFor(click, click.value, bot);
  const rights = await bot.who.rightsOf(click.user);
  const outcome = await bot.needs.readAgain(receipt, rights);
  const shown = form({
    callbackId: 'form.again',
    title: WORDS.againTitle,
    close: BUTTONS.close,
    blocks: againBlocks(receipt, outcome, rights.id, await bot.needs.locale()),
  });
  if (click.messageTs) await bot.slack.openForm(click.trigger, shown);
  else await bot.slack.pushForm(click.trigger, shown);
}

function againBlocks(receipt: Receipt, outcome: Outcome, rightsId: string, locale: Locale): Block[] {
  if (!('table' in outcome)) return [section('refused', outcome.text)];
  const same = resultHash(outcome.table) === receipt.resultHash;
  const changes = same ? [] : changedFigures(receipt, outcome.table, locale);
  return [
    section('verdict', same ? WORDS.againSame : WORDS.againDiffers),
    ...(rightsId === receipt.rightsId || same ? [] : context('rights', [WORDS.againOtherRights])),
    ...changes.map((change, index) => section(`change-${index}`, change)),
  ];
}

/** The first row's figures, then and now. */
function changedFigures(
  receipt: Receipt,
  table: Extract<Outcome, { kind: 'result' }>['table'],
  locale: Locale,
): string[] {
  const [row = []] = table.rows;
  const now = table.columns.flatMap((column, index) =>
    column.type === 'integer' || column.type === 'decimal'
      ? [formatCell(row[index] ?? null, column, locale)]
      : [],
  );
  return receipt.headline.flatMap(({ label, value }, index) => {
    const is = now[index] ?? '–';
    return is === value ? [] : [WORDS.againChange(label, value, is)];
  });
}
