import type { ModelMeasure, SemanticModel } from './semantic-model.ts';

export type ModelProblem = {
  kind: 'entities' | 'dimensions' | 'metrics' | 'segments';
  name: string;
  message: string;
};

/** What the shapes alone cannot say: every name that is used exists, and nothing is defined in a circle. */
export function checkSemanticModel(model: SemanticModel): ModelProblem[] {
  return [
    ...entityProblems(model),
    ...expressionProblems(model),
    ...metricProblems(model),
    ...wordProblems(model),
  ];
}

const COLUMN = /\b([a-z_][a-z0-9_]*)\.([a-z_][a-z0-9_]*)\b/g;

type ColumnName = { entity: string; column: string };

/** Expressions of the model are few and asked for with every query. */
const seen = new Map<string, readonly ColumnName[]>();

/** The `entity.column` pairs of an expression. Text in quotes is not looked at. */
export function columnsOf(sql: string): readonly ColumnName[] {
  const known = seen.get(sql);
  if (known) return known;
  const columns = readColumns(sql);
  if (seen.size < 5_000) seen.set(sql, columns);
  return columns;
}

function readColumns(sql: string): ColumnName[] {
  const bare = sql.replace(/'(?:[^']|'')*'/g, "''");
  return [...bare.matchAll(COLUMN)].map((match) => ({ entity: match[1] ?? '', column: match[2] ?? '' }));
}

function entityProblems(model: SemanticModel): ModelProblem[] {
  const problems: ModelProblem[] = [];
  for (const entity of model.entities.values()) {
    const say = (message: string) => problems.push({ kind: 'entities', name: entity.name, message });
    for (const key of entity.key) if (!entity.columns[key]) say(`the key column '${key}' is not listed.`);
    for (const join of entity.joins) {
      const other = model.entities.get(join.to);
      if (!other) {
        say(`it joins '${join.to}', which is not there.`);
        continue;
      }
      for (const [ours, theirs] of join.on) {
        if (!entity.columns[ours]) say(`it joins on '${ours}', which it does not have.`);
        if (!other.columns[theirs]) say(`it joins on '${join.to}.${theirs}', which is not there.`);
      }
      const theirKey = [...other.key].toSorted().join();
      const joined = join.on
        .map(([, theirs]) => theirs)
        .toSorted()
        .join();
      if (join.cardinality !== 'one-to-many' && theirKey !== joined) {
        say(`the join to '${join.to}' is not on its key, so it may repeat rows.`);
      }
    }
  }
  return problems;
}

function expressionProblems(model: SemanticModel): ModelProblem[] {
  const problems: ModelProblem[] = [];
  const check = (kind: ModelProblem['kind'], name: string, sql: string) => {
    const columns = columnsOf(sql);
    for (const { entity, column } of columns) {
      if (!model.entities.get(entity)?.columns[column]) {
        problems.push({ kind, name, message: `'${name}' uses '${entity}.${column}', which is not there.` });
      }
    }
    if (columns.length === 0) {
      problems.push({ kind, name, message: `'${name}' has an expression without any entity.column.` });
    }
  };
  for (const { name, sources } of model.dimensions.values()) {
    for (const sql of sources) check('dimensions', name, sql);
  }
  for (const { name, sources } of model.segments.values()) {
    for (const sql of sources) check('segments', name, sql);
  }
  for (const metric of model.metrics.values()) {
    if (metric.kind !== 'simple') continue;
    for (const measure of metric.measures) {
      for (const sql of expressionsOf(measure)) check('metrics', metric.name, sql);
    }
  }
  return problems;
}

function expressionsOf(measure: ModelMeasure): string[] {
  return [...(measure.sql ? [measure.sql] : []), ...measure.where, ...(measure.per ? [measure.per.by] : [])];
}

function metricProblems(model: SemanticModel): ModelProblem[] {
  const problems: ModelProblem[] = [];
  for (const metric of model.metrics.values()) {
    const say = (message: string) => problems.push({ kind: 'metrics', name: metric.name, message });
    if (metric.kind === 'simple') {
      for (const measure of metric.measures) {
        const entity = model.entities.get(measure.entity);
        if (!entity) say(`'${metric.name}' is of '${measure.entity}', which is not there.`);
        else if (measure.time && entity.columns[measure.time]?.type !== 'date') {
          say(`the time of '${metric.name}', '${measure.time}', is not a date of '${measure.entity}'.`);
        }
        if (measure.aggregate !== 'count' && !measure.sql) say(`'${metric.name}' needs 'sql'.`);
      }
      continue;
    }
    for (const part of partsOf(metric)) {
      if (!model.metrics.has(part)) say(`'${metric.name}' is made of '${part}', which is not there.`);
      else if (reaches(model, part, metric.name, new Set())) {
        say(`'${metric.name}' is defined by itself, over '${part}'.`);
      }
    }
  }
  return problems;
}

function partsOf(
  metric:
    | { kind: 'ratio'; numerator: string; denominator: string }
    | { kind: 'derived'; plus: string[]; minus: string[] },
): string[] {
  return metric.kind === 'ratio' ? [metric.numerator, metric.denominator] : [...metric.plus, ...metric.minus];
}

function reaches(model: SemanticModel, from: string, to: string, seen: Set<string>): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const metric = model.metrics.get(from);
  if (!metric || metric.kind === 'simple') return false;
  return partsOf(metric).some((part) => reaches(model, part, to, seen));
}

/** One word for two metrics (or two dimensions) would make questions ambiguous by our own doing. */
function wordProblems(model: SemanticModel): ModelProblem[] {
  const problems: ModelProblem[] = [];
  for (const kind of ['metrics', 'dimensions', 'segments'] as const) {
    const owners = new Map<string, string>();
    for (const { name, label, synonyms } of model[kind].values()) {
      for (const word of new Set([label, ...synonyms].map((text) => text.toLowerCase()))) {
        const other = owners.get(word);
        if (other) problems.push({ kind, name, message: `the word '${word}' is taken by '${other}'.` });
        owners.set(word, name);
      }
    }
  }
  return problems;
}
