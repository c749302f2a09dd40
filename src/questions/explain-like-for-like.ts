import { metricLabel } from '../composer/describe-query.ts';
import { toText } from '../domain/decimal.ts';
import { dayInWords, inWords } from '../domain/period.ts';
import type { AskedNow } from './asked-now.ts';
import { cell, columnOf, type ExplainInput, number, verb } from './explain-words.ts';
import { type DataSpan, likeForLike } from './fair-query.ts';
import { formatCell, formatNumber } from './format-value.ts';
import type { QuestionNeeds } from './needs.ts';
import { readVetted } from './read-vetted.ts';

/**
 * An unfinished period held against a whole one is said to be, and held against the same days of the other too. That
 * is a query of its own, so its sentences are given along to the number gate as they are.
 */
export async function explainLikeForLike(
  input: ExplainInput,
  span: DataSpan,
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<string[]> {
  const nothing: string[] = [];
  const query = likeForLike(input.query, span);
  const [name] = input.query.metrics;
  if (!query?.period || !query.comparison || !name || span.last === null) return nothing;
  const composed = needs.compose(query);
  if (!composed.ok) return nothing;
  const table = await readVetted(composed, question, needs);
  if ('kind' in table) return nothing;
  const [row = []] = table.rows;
  const [column, change, before] = [
    columnOf(table, name),
    number(table, row, `${name}_change`),
    cell(table, row, `${name}_before`),
  ];
  if (!column || !change || before === null || before === undefined) return nothing;
  const amount = formatNumber(toText(change).replace('-', ''), column.unit, input.locale);
  const share = cell(table, row, `${name}_change_share`);
  const percent =
    share === null || share === undefined || column.unit?.kind === 'share'
      ? ''
      : ` (${formatNumber(String(share).replace('-', ''), { kind: 'share' }, input.locale)})`;
  const by = column.unit?.kind === 'share' ? `${amount.replace('%', '')} percentage points` : amount;
  const through = `The first period is not complete: its data goes through ${dayInWords(span.last)}.`;
  const was = `Over the same days of the other one (${inWords(query.comparison.period)}) ${metricLabel(name, input.model)} ${verb(name, input.model)} ${formatCell(before, column, input.locale)}`;
  const alike =
    change.units === 0n
      ? `${was}: the same.`
      : `${was}, so like for like it is ${by}${percent} ${change.units > 0n ? 'more' : 'less'}.`;
  return [through, alike];
}
