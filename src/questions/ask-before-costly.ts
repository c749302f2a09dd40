import type { Choice } from '../domain/plan.ts';
import type { ComposedQuery } from '../model/composed-query.ts';
import type { AskedNow } from './asked-now.ts';
import type { QuestionNeeds } from './needs.ts';
import type { Outcome } from './outcome.ts';

/** How a person agrees: these words after the question, typed or by a click. */
const AGREEMENT = /\s*\(run it all the same\)[\s.!?]*$/i;

/** A question without the words that agree to its cost, and whether it had them. */
export function withoutAgreement(text: string): { text: string; costAgreed: boolean } {
  return { text: text.replace(AGREEMENT, ''), costAgreed: AGREEMENT.test(text) };
}

/**
 * The cost guard: a query that the engine expects to read more rows than the limit is asked about first. The engine
 * is not even asked where all the rows of the tables are too few, nor where it cannot tell: the time-out and the row
 * cap still hold.
 */
export async function askBeforeCostly(
  query: ComposedQuery,
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<Extract<Outcome, { kind: 'ask-first' }> | null> {
  const limit = needs.limits.askAboveRows;
  if (question.costAgreed || (await isSmall(query, limit, needs))) return null;
  const rows = await needs.warehouse.estimateRows({
    sql: query.sql,
    params: query.params,
    schema: `policy_${question.rights.id}`,
    timeoutMs: needs.limits.timeoutMs,
    ...(question.signal ? { signal: question.signal } : {}),
  });
  if (rows === null || rows <= limit) return null;
  return {
    kind: 'ask-first',
    text: `This would read about ${inWords(rows)} rows, and I ask before reading more than ${inWords(limit)}. Run it, or ask for a shorter time?`,
    choices: [
      { label: 'Run it all the same', question: `${question.text.slice(0, 570)} (run it all the same)` },
      ...shorter(question),
    ],
  };
}

/** Joins are to one, so a composed or reviewed query reads each table a few times at most; others may multiply. */
async function isSmall(query: ComposedQuery, limit: number, needs: QuestionNeeds): Promise<boolean> {
  if (query.columns.length === 0) return false;
  const { rows } = await needs.facts();
  return query.tables.reduce((sum, table) => sum + (rows[table] ?? limit), 0) * 4 <= limit;
}

/** The same question of last month, where its own period can be taken out of it. */
function shorter({ text, period }: AskedNow): Choice[] {
  const said = period?.label;
  const at = said ? text.toLowerCase().indexOf(said.toLowerCase()) : -1;
  const plain = text.replace(/[\s.!?]+$/, '');
  if (said && at >= 0) return [choice(`${text.slice(0, at)}last month${text.slice(at + said.length)}`)];
  return period === null ? [choice(`${plain} last month`)] : [];
}

function choice(question: string): Choice {
  return { label: 'Only last month', question: question.slice(0, 600) };
}

function inWords(rows: number): string {
  return new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 }).format(rows);
}
