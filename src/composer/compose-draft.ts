import type { ParameterValue } from '../domain/plan.ts';

/** The query being written: named steps (CTEs) in order, parameters, and the tables that it reads. */
export type Draft = {
  /** Adds a step and gives the name it got: the same step again is the first one, another of its name gets a number. */
  addStep(name: string, body: string): string;
  hasStep(name: string): boolean;
  /** Binds a value and gives ':name'. The same name and value again is the same parameter. */
  bind(name: string, value: ParameterValue): string;
  readTable(name: string): void;
  finish(last: string): { sql: string; params: Record<string, ParameterValue>; tables: string[] };
};

export function newDraft(takenNames: Iterable<string>): Draft {
  const steps: { name: string; wanted: string; body: string }[] = [];
  const taken = new Set(takenNames);
  const params: Record<string, ParameterValue> = {};
  const tables = new Set<string>();
  return {
    addStep(name, body) {
      const same = steps.find((step) => step.wanted === name && step.body === body);
      if (same) return same.name;
      let unique = name;
      for (let n = 2; taken.has(unique); n += 1) unique = `${name}_${n}`;
      taken.add(unique);
      steps.push({ name: unique, wanted: name, body });
      return unique;
    },
    hasStep: (name) => steps.some((step) => step.name === name),
    bind(name, value) {
      let unique = name;
      for (let n = 2; unique in params && params[unique] !== value; n += 1) unique = `${name}_${n}`;
      params[unique] = value;
      return `:${unique}`;
    },
    readTable: (name) => tables.add(name),
    finish(last) {
      const written = steps.map(({ name, body }) => `${name} as (\n${indent(body)}\n)`).join(',\n');
      const sql = written === '' ? last : `with ${written}\n${last}`;
      return { sql, params, tables: [...tables].toSorted() };
    },
  };
}

export type SelectParts = {
  columns: string[];
  from: string;
  joins?: string[];
  where?: string[];
  /** How many of the first columns to group by. */
  groupBy?: number;
  having?: string[];
  orderBy?: string[];
  limit?: number;
  /** Rows that are passed over before the first. */
  offset?: number;
};

/** One SELECT as people would write it. */
export function selectText(parts: SelectParts): string {
  const {
    columns,
    from,
    joins = [],
    where = [],
    groupBy = 0,
    having = [],
    orderBy = [],
    limit,
    offset,
  } = parts;
  return [
    `select\n${columns.map((column) => `  ${column}`).join(',\n')}`,
    `from ${from}`,
    ...joins,
    ...clause('where', where),
    ...(groupBy > 0 ? [`group by ${Array.from({ length: groupBy }, (_, n) => n + 1).join(', ')}`] : []),
    ...clause('having', having),
    ...(orderBy.length > 0 ? [`order by ${orderBy.join(', ')}`] : []),
    ...(limit === undefined ? [] : [`limit ${limit}`]),
    ...(offset === undefined ? [] : [`offset ${offset}`]),
  ].join('\n');
}

/** Several SELECTs as one table in FROM. */
export function unionAll(parts: string[], name: string): string {
  return `(\n${indent(parts.join('\nunion all\n'))}\n) as ${name}`;
}

function clause(word: string, conditions: string[]): string[] {
  return conditions.length === 0 ? [] : [`${word} ${conditions.join('\n  and ')}`];
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

/** Equal, or both without a value. Redshift has no IS NOT DISTINCT FROM. */
export function sameValue(a: string, b: string): string {
  return `(${a} = ${b} or (${a} is null and ${b} is null))`;
}

/** a / b to six places, null when b is zero. Over double precision, as both engines then agree on the scale. */
export function safeDivide(a: string, b: string): string {
  return `cast(round(cast(${a} as double precision) / nullif(${b}, 0), 6) as decimal(38, 6))`;
}
