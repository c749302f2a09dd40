import type { Understood } from '../domain/answer.ts';
import type { ResultTable } from '../domain/result-table.ts';
import { NO_USE, type PlannerUse } from '../ports/planner.ts';
import type { Question } from './answer-question.ts';
import { localeOf } from './answer-words.ts';
import { checkNumbers, type GateFacts } from './check-numbers.ts';
import { explainWithModel } from './explain-with-model.ts';
import type { QuestionNeeds } from './needs.ts';
import type { Outcome } from './outcome.ts';

type Result = Extract<Outcome, { kind: 'result' }>;
type Wording = { text: string; understood: Understood; use: PlannerUse; dropped: number };

const MODEL_NOTE =
  'The language model worded a part of this; every figure and name in it was checked against the rows.';

/** The sentences of an answer: ours, and where a model is set what it adds; each has passed the number gate. */
export async function wordAnswer(
  outcome: Result,
  question: Question,
  needs: QuestionNeeds,
): Promise<Wording> {
  const facts = { table: outcome.table, understood: outcome.mayBeSaid, vocabulary: outcome.vocabulary };
  const ours = gated(outcome, facts);
  const locale = localeOf(await needs.facts(), needs);
  const worded = await explainWithModel(outcome, ours, facts, locale, question, needs);
  const { understood } = outcome;
  const text = [...ours, ...(worded?.sentences ?? [])].join(' ');
  return {
    text,
    understood: worded?.sentences.length
      ? { ...understood, notes: [...understood.notes, MODEL_NOTE] }
      : understood,
    use: worded?.use ?? NO_USE,
    dropped: worded?.dropped ?? 0,
  };
}

/** Without its first sentence, what leans on it ('Next come ...') is not said either. */
function gated({ sentences, gated: isGated, title, table }: Result, facts: GateFacts): string[] {
  if (!isGated) return sentences;
  const passed = sentences.filter((sentence) => checkNumbers(sentence, facts).passed);
  if (passed[0] !== undefined && passed[0] === sentences[0]) return passed;
  return [
    `${title}: ${rowCount(table)}.`,
    ...passed.filter((sentence) => !/^(?:Next|That|The biggest|Over the same)/.test(sentence)),
  ];
}

function rowCount(table: ResultTable): string {
  return table.rows.length === 1
    ? 'one row, below'
    : `${table.rows.length}${table.truncated ? ' or more' : ''} rows, below`;
}
