import type { Understood } from '../domain/answer.ts';
import type { Plan } from '../domain/plan.ts';
import { thirdOpinion } from '../guard/vet-third-opinion.ts';
import { localeOf, rightsNotes, withLimit } from './answer-words.ts';
import type { AskedNow } from './asked-now.ts';
import { diagnoseEmpty } from './diagnose-empty.ts';
import { explainTable } from './explain-table.ts';
import type { QuestionNeeds } from './needs.ts';
import { type Outcome, refuse } from './outcome.ts';
import { readVetted } from './read-vetted.ts';

/** SQL that the language model wrote: for those whose role allows it, guarded twice, and marked. */
export async function answerDrafted(
  plan: Extract<Plan, { kind: 'drafted' }>,
  notes: string[],
  question: AskedNow,
  needs: QuestionNeeds,
): Promise<Outcome> {
  if (!question.rights.mayDraftSql) {
    return refuse(
      'not-permitted',
      'No reviewed way to answer this exists yet, and your role does not allow a drafted query. I can send it to the data owner.',
    );
  }
  const verdict = needs.vet(plan.sql, { rights: question.rights, params: {} });
  const doubt = verdict.verdict === 'accepted' ? thirdOpinion(plan.sql, verdict.tables) : null;
  if (doubt) return refuse('unsafe', `The guard stopped this query: ${doubt}`);
  const tables = verdict.verdict === 'accepted' ? verdict.tables : [];
  const read = await readVetted({ sql: plan.sql, params: {}, columns: [], tables }, question, needs);
  if ('kind' in read) return read;
  const facts = await needs.facts();
  const understood: Understood = {
    line: plan.explanation,
    metrics: [],
    filters: [],
    period: null,
    comparedWith: null,
    notes: [
      ...notes,
      'This query was written by the language model and nobody has reviewed it.',
      ...rightsNotes(question),
    ],
  };
  const common = {
    provenance: 'drafted' as const,
    table: read,
    sql: plan.sql,
    params: {},
    tables,
    understood,
  };
  if (read.rows.length === 0) {
    return {
      kind: 'empty',
      ...common,
      ...diagnoseEmpty({
        tables: [],
        period: null,
        limit: question.limit,
        facts,
        understoodLine: plan.explanation,
      }),
    };
  }
  return {
    kind: 'result',
    ...common,
    title: 'Drafted query',
    sentences: withLimit(explainTable('Drafted query', read, localeOf(facts, needs)), question),
    mayBeSaid: [question.limit ?? ''],
    vocabulary: [question.limit ?? ''],
    warnings: ['Not vetted: the language model wrote this query.'],
    gated: true,
  };
}
