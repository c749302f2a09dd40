import type { Day } from '../domain/day.ts';
import { dayInWords, inWords } from '../domain/period.ts';
import type { ResultTable, Unit } from '../domain/result-table.ts';
import type { Rights } from '../domain/rights.ts';
import { explainWithModel } from '../questions/explain-with-model.ts';
import type { Locale } from '../questions/format-value.ts';
import type { QuestionNeeds } from '../questions/needs.ts';
import type { PartOfDay } from './compare-parts.ts';
import { toDatePeriods } from './read-kpis.ts';

/**
 * What the language model adds to a digest's own sentences about its branches or categories: each sentence has passed
 * the gate for model-written sentences against the rows. None without a model, or when it has nothing to say that holds.
 */
export async function wordDigest(
  of: { day: Day; title: string; said: string[]; parts: PartOfDay[]; locale: Locale; rights: Rights },
  needs: Pick<QuestionNeeds, 'explainer' | 'model' | 'clock'>,
): Promise<string[]> {
  const { day, title, said, locale } = of;
  const table = tableOf(of.parts, locale);
  if (!table) return [];
  const understood = [title, dayInWords(day), ...Object.values(toDatePeriods(day)).map(inWords)];
  const vocabulary = table.rows.map((row) => String(row[0]));
  const worded = await explainWithModel(
    {
      kind: 'result',
      provenance: 'composed',
      title,
      table,
      sql: null,
      params: {},
      tables: ['order_items'],
      understood: {
        line: `Revenue on ${dayInWords(day)} against the average of the same weekday`,
        metrics: ['revenue'],
        filters: [],
        period: dayInWords(day),
        comparedWith: null,
        notes: [],
      },
      sentences: said,
      mayBeSaid: understood,
      vocabulary,
      warnings: [],
      gated: true,
    },
    said,
    { table, understood, vocabulary },
    locale,
    {
      text: `How did ${dayInWords(day)} go?`,
      asker: 'digest',
      rights: of.rights,
      door: 'digest',
      channel: null,
      thread: 'digest',
      today: needs.clock.today(),
      planner: 'auto',
    },
    needs,
  );
  return worded?.sentences.slice(0, MOST_SENTENCES) ?? [];
}

const MOST_SENTENCES = 2;

/** Of one kind alone: branches and categories together would add up to twice the company. */
function tableOf(parts: PartOfDay[], locale: Locale): ResultTable | null {
  const unit: Unit = { kind: 'money', of: locale.currency };
  for (const what of ['branch', 'category'] as const) {
    const own = parts.filter((part) => part.what === what);
    if (own.length < 2) continue;
    return {
      columns: [
        { name: what, label: what === 'branch' ? 'Branch' : 'Category', type: 'text' },
        { name: 'revenue', label: 'Revenue', type: 'decimal', unit },
        { name: 'usual', label: 'Usual on this weekday', type: 'decimal', unit },
        { name: 'revenue_change', label: 'Difference', type: 'decimal', unit },
      ],
      rows: own.map((part) => [
        part.name,
        String(part.actual),
        String(part.usual),
        String(part.actual - part.usual),
      ]),
      truncated: false,
    };
  }
  return null;
}
