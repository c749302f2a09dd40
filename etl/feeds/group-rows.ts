import { AppError } from '../../src/domain/app-error.ts';
import { type AggregateName, type Compiled, compileExpression, type Scope } from './compile-expression.ts';
import { plainText, type Value } from './simple-functions.ts';
import { addUnits, type Units } from './units.ts';

/** What is remembered of one group: one slot for each aggregate. */
export type Group = { slots: unknown[]; line: number; rows: number };

export type Grouping<Row> = {
  /** For columns of a grouped target: aggregates read the group's slots; a bare name is its first value. */
  scope: Scope<Group>;
  start(line: number): Group;
  add(group: Group, row: Row): void;
};

type Slot<Row> = { start: () => unknown; add: (state: unknown, row: Row) => unknown };

/** Folds rows into groups. Memory grows with the number of groups, not of rows. */
export function createGrouping<Row>(rowScope: Scope<Row>): Grouping<Row> {
  const slots: Slot<Row>[] = [];
  const fold = (name: AggregateName, argument: Compiled<Row> | undefined): Compiled<Group> => {
    const slot = slots.push(createSlot(name, argument)) - 1;
    const type = name === 'count' ? 'number' : name === 'any' ? 'boolean' : (argument as Compiled<Row>).type;
    return { type, evaluate: (group) => finish(name, group.slots[slot]) };
  };
  const scope: Scope<Group> = {
    lookups: rowScope.lookups,
    names: rowScope.names,
    resolve: (name) => {
      const column = rowScope.resolve(name);
      return column ? fold('first', column) : undefined;
    },
    aggregate: (name, argument) =>
      fold(name, argument === undefined ? undefined : compileExpression(argument, rowScope)),
  };
  return {
    scope,
    start: (line) => ({ slots: slots.map((slot) => slot.start()), line, rows: 0 }),
    add: (group, row) => {
      group.rows += 1;
      for (let i = 0; i < slots.length; i += 1)
        group.slots[i] = (slots[i] as Slot<Row>).add(group.slots[i], row);
    },
  };
}

function createSlot<Row>(name: AggregateName, argument: Compiled<Row> | undefined): Slot<Row> {
  const evaluate = argument?.evaluate ?? (() => null);
  switch (name) {
    case 'count':
      return { start: () => 0, add: (state) => (state as number) + 10_000 };
    case 'any':
      need(argument, 'boolean', name);
      return { start: () => false, add: (state, row) => state === true || evaluate(row) === true };
    case 'sum':
      need(argument, 'number', name);
      return {
        start: () => null,
        add: (state, row) => {
          const value = evaluate(row) as Units | null;
          return value === null ? state : state === null ? value : addUnits(state as Units, value);
        },
      };
    case 'first':
      return { start: () => null, add: (state, row) => (state === null ? evaluate(row) : state) };
    case 'last':
      return { start: () => null, add: (state, row) => evaluate(row) ?? state };
    case 'min':
    case 'max':
      return {
        start: () => null,
        add: (state, row) => {
          const value = evaluate(row);
          if (value === null) return state;
          if (state === null) return value;
          const less = (value as number) < (state as number);
          return less === (name === 'min') ? value : state;
        },
      };
    case 'most_frequent':
      return {
        start: () => new Map<string, { value: Value; count: number }>(),
        add: (state, row) => {
          const value = evaluate(row);
          if (value === null) return state;
          const counts = state as Map<string, { value: Value; count: number }>;
          const key = plainText(value);
          const found = counts.get(key);
          if (found) found.count += 1;
          else if (counts.size < MOST_DISTINCT) counts.set(key, { value, count: 1 });
          return counts;
        },
      };
  }
}

const MOST_DISTINCT = 1000;

function finish(name: AggregateName, state: unknown): Value {
  if (name !== 'most_frequent') return state as Value;
  let best: { value: Value; count: number } | undefined;
  for (const one of (state as Map<string, { value: Value; count: number }>).values())
    if (!best || one.count > best.count) best = one;
  return best?.value ?? null;
}

function need(argument: Compiled<never> | undefined, type: string, name: string): void {
  if (argument?.type !== type)
    throw new AppError('feed.invalid-declaration', { detail: `${name}() takes a ${type}.` });
}
