import type { Understood } from '../domain/answer.ts';
import type { Cell, ResultColumn } from '../domain/result-table.ts';
import type { Rights } from '../domain/rights.ts';
import type { QuestionNeeds } from './needs.ts';
import type { Outcome } from './outcome.ts';
import { questionCatalogue } from './question-catalogue.ts';

const MOST_MISSING = 12;

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

/** What can I ask? What the data lacks is named at the end, and not offered. */
export async function answerCatalogue(rights: Rights, needs: QuestionNeeds): Promise<Outcome> {
  const { model, templates } = needs;
  const all = questionCatalogue(model, { rights, templates, recorded: await needs.recorded() });
  const [metrics, dimensions] = [all.metrics.filter(isRecorded), all.dimensions.filter(isRecorded)];
  const rows: Cell[][] = [
    ...metrics.map(({ label, definition }) => ['figure', label, definition]),
    ...dimensions.map(({ label, description }) => ['split by', label, description]),
    ...all.questions.map(({ title, example }) => ['reviewed question', title, example]),
  ];
  const missing = [...all.metrics, ...all.dimensions].filter((one) => !isRecorded(one));
  const named = missing.slice(0, MOST_MISSING).map(({ label }) => label.toLowerCase());
  const more = missing.length - named.length;
  return text(
    'What you can ask',
    [
      `You can ask about ${metrics.length} figures, split or filtered by ${dimensions.length} properties, over any period, and ${all.questions.length} reviewed questions.`,
      "For example: 'revenue by category last month' or 'top 5 products this year'.",
      ...(missing.length > 0
        ? [
            `Not recorded in the data that is loaded: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
          ]
        : []),
    ],
    [column('kind'), column('name'), column('meaning')],
    rows.sort(([a = '', b = ''], [c = '', d = '']) => `${a}\n${b}`.localeCompare(`${c}\n${d}`, 'en')),
  );
}

function isRecorded({ recorded }: { recorded: boolean }): boolean {
  return recorded;
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
