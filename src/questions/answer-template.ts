import type { Understood } from '../domain/answer.ts';
import { inWords } from '../domain/period.ts';
import type { ParameterValue, Plan } from '../domain/plan.ts';
import type { InvoiceRead } from './answer-invoice.ts';
import { incompleteWarnings, localeOf, rightsNotes, withLimit } from './answer-words.ts';
import type { AskedNow } from './asked-now.ts';
import { diagnoseEmpty } from './diagnose-empty.ts';
import { explainTable } from './explain-table.ts';
import type { QuestionNeeds } from './needs.ts';
import { type Outcome, refuse } from './outcome.ts';
import { readVetted } from './read-vetted.ts';
import { sayRows } from './say-rows.ts';

type TemplatePlan = Extract<Plan, { kind: 'template' }>;

/** A reviewed query with its parameters filled in. */
export async function answerTemplate(
  plan: TemplatePlan,
  notes: string[],
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<Outcome> {
  const filled = needs.fillTemplate(plan.template, plan.parameters);
  if (!filled) return refuse('cannot-answer', `There is no vetted question called '${plan.template}'.`);
  const read = await readVetted(filled, question, needs);
  if ('kind' in read) return read;
  const facts = await needs.facts();
  const period = plan.period ? inWords(plan.period) : null;
  const parameters = Object.entries(plan.parameters).filter(
    ([name, value]) => value !== null && value !== 'all' && !/^(from|to|start|end)/.test(name),
  );
  const filters = parameters.map(([name, value]) => `${name.replaceAll('_', ' ')} ${String(value)}`);
  const understood: Understood = {
    line: [filled.title, ...filters, ...(period ? [period] : [])].join(', '),
    metrics: [filled.title],
    filters,
    period,
    comparedWith: null,
    notes: [...notes, ...rightsNotes(question)],
  };
  const common = {
    provenance: 'vetted' as const,
    table: read,
    sql: filled.sql,
    params: filled.params,
    tables: filled.tables,
    understood,
  };
  if (read.rows.length === 0) {
    return {
      kind: 'empty',
      ...common,
      ...diagnoseEmpty({
        tables: filled.tables,
        period: plan.period,
        limit: question.limit,
        facts,
        understoodLine: understood.line,
      }),
    };
  }
  const locale = localeOf(facts, needs);
  const said = sayRows(filled.answer, read, locale);
  return {
    kind: 'result',
    ...common,
    title: filled.title,
    sentences: withLimit(said.length > 0 ? said : explainTable(filled.title, read, locale), question),
    mayBeSaid: [understood.line, filled.title, question.limit ?? ''],
    vocabulary: [filled.title, question.limit ?? ''],
    warnings: incompleteWarnings(plan.period, filled.tables, facts),
    gated: true,
  };
}

/** Documents by number: one reviewed query each. */
export function lookUp(read: InvoiceRead): TemplatePlan {
  const filled: Record<string, ParameterValue> =
    read.what === 'invoice' ? { invoice: read.invoice } : { customer: read.customer };
  return {
    kind: 'template',
    template: read.what === 'invoice' ? 'invoice-lines' : 'customer-invoices',
    parameters: filled,
    period: null,
  };
}
