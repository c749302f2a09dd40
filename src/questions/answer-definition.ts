import type { Understood } from '../domain/answer.ts';
import type { Cell, ResultColumn } from '../domain/result-table.ts';
import type { QuestionNeeds } from './needs.ts';
import type { Outcome } from './outcome.ts';

/** What does revenue mean? From the semantic model, with no query and no language model. */
export function answerDefinition(names: readonly string[], needs: QuestionNeeds): Outcome {
  const defined = names.map((name) => definitionOf(name, needs));
  const unknown = names.find((_, at) => defined[at] === undefined);
  if (unknown !== undefined)
    return { kind: 'refused', reason: 'cannot-answer', text: `'${unknown}' is not defined in the model.` };
  const all = defined.flatMap((one) => one ?? []);
  return text(
    `Definition of ${all.map(({ label }) => label).join(' and ')}`,
    all.map(({ label, meaning, also }) => `${label}: ${meaning}${also}`),
    [column('name'), column('definition')],
    all.map(({ name, meaning }) => [name, meaning]),
  );
}

function definitionOf(
  of: string,
  needs: QuestionNeeds,
): { name: string; label: string; meaning: string; also: string } | undefined {
  const metric = needs.model.metrics.get(of);
  const dimension = needs.model.dimensions.get(of);
  const found = metric ?? dimension;
  if (!found) return undefined;
  const meaning = metric ? metric.definition : (dimension?.description ?? '');
  const also = found.synonyms.length > 0 ? ` Also called ${found.synonyms.slice(0, 4).join(', ')}.` : '';
  return { name: found.name, label: found.label, meaning, also };
}

/** What can I ask? */
export function answerCatalogue(needs: QuestionNeeds): Outcome {
  const rows: Cell[][] = [
    ...byLabel(needs.model.metrics).map(({ label, definition }) => ['figure', label, definition]),
    ...byLabel(needs.model.dimensions).map(({ label, description }) => ['split by', label, description]),
  ];
  const sentences = [
    `You can ask about ${needs.model.metrics.size} figures, split or filtered by ${needs.model.dimensions.size} properties, over any period.`,
    "For example: 'revenue by category last month' or 'top 5 branches by return rate this year'.",
  ];
  return text('What you can ask', sentences, [column('kind'), column('name'), column('meaning')], rows);
}

function byLabel<T extends { label: string }>(of: ReadonlyMap<string, T>): T[] {
  return [...of.values()].sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

function column(name: string): ResultColumn {
  return { name, type: 'text' };
}

function text(title: string, sentences: string[], columns: ResultColumn[], rows: Cell[][]): Outcome {
  const understood: Understood = {
    line: title,
    metrics: [],
    filters: [],
    period: null,
    comparedWith: null,
    notes: [],
  };
  return {
    kind: 'result',
    provenance: 'vetted',
    title,
    table: { columns, rows, truncated: false },
    sql: null,
    params: {},
    tables: [],
    understood,
    sentences,
    mayBeSaid: [],
    vocabulary: [],
    warnings: [],
    gated: false,
  };
}
