import type { ResultTable } from '../domain/result-table.ts';
import { type PlannerUse, useOf } from '../ports/planner.ts';
import type { Question } from './answer-question.ts';
import { checkModelSentence } from './check-model-sentence.ts';
import type { GateFacts } from './check-numbers.ts';
import { formatCell, type Locale } from './format-value.ts';
import type { QuestionNeeds } from './needs.ts';
import type { Outcome } from './outcome.ts';
import { redactQuestion } from './redact-question.ts';

type Result = Extract<Outcome, { kind: 'result' }>;

export type Worded = {
  /** What passed, after our own sentences; empty when the model had nothing to add that holds. */
  sentences: string[];
  /** Sentences of the model that could not be proved from the result. */
  dropped: number;
  use: PlannerUse;
};

const MOST_SENTENCES = 3;
const MOST_ROWS = 40;
const PERSONAL = /e-?mail|phone|address|postcode|customer_name/;

/**
 * The language model's words on a result, sentence by sentence through the gate as they come; what fails is dropped
 * and counted. Null where no model is to word this: none is set, the asker wants none, the result holds personal
 * data, or the model wrote the query itself. A slow, cut-off or failing model leaves our own sentences alone, and what
 * was shown already where they are shown as they come.
 */
export async function explainWithModel(
  outcome: Result,
  said: string[],
  facts: GateFacts,
  locale: Locale,
  question: Question,
  needs: Pick<QuestionNeeds, 'explainer' | 'model'>,
): Promise<Worded | null> {
  const { explainer } = needs;
  if (!explainer || question.planner === 'offline' || !mayBeShown(outcome, needs)) return null;
  question.onProgress?.('wording');
  question.onText?.(said.join(' '));
  const passed: string[] = [];
  let dropped = 0;
  let rest = '';
  const judge = (sentence: string): void => {
    const text = sentence.trim();
    if (text === '' || passed.length >= MOST_SENTENCES) return;
    if (said.includes(text) || passed.includes(text)) return;
    if (!checkModelSentence(text, facts).passed) {
      dropped += 1;
      return;
    }
    passed.push(text);
    question.onText?.(` ${text}`);
  };
  try {
    const use = await explainer.explain(
      {
        question: redactQuestion(question.text),
        asker: question.asker,
        today: question.today,
        understood: outcome.understood.line,
        said,
        rows: asText(outcome.table, locale),
        ...(question.signal ? { signal: question.signal } : {}),
      },
      (piece) => {
        const parts = `${rest}${piece}`.split(/(?<=[.!?])\s+/u);
        rest = parts.pop() ?? '';
        for (const part of parts) judge(part);
      },
    );
    judge(rest);
    return { sentences: passed, dropped, use };
  } catch (thrown) {
    if (question.signal?.aborted) throw thrown;
    // What somebody has been shown stays: each sentence has passed by itself.
    return { sentences: question.onText ? passed : [], dropped, use: useOf(thrown) };
  }
}

function mayBeShown({ gated, provenance, table }: Result, { model }: Pick<QuestionNeeds, 'model'>): boolean {
  const isPersonal = table.columns.some(
    ({ name }) => PERSONAL.test(name) || model.dimensions.get(name)?.personal === true,
  );
  return gated && provenance !== 'drafted' && table.rows.length > 0 && !isPersonal;
}

function asText(table: ResultTable, locale: Locale): string[][] {
  return [
    table.columns.map(({ label, name }) => label ?? name),
    ...table.rows
      .slice(0, MOST_ROWS)
      .map((row) =>
        table.columns.map((column, index) => formatCell(row[index] ?? null, column, locale).slice(0, 80)),
      ),
  ];
}
