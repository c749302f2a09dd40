import { AppError } from '../../src/domain/app-error.ts';
import { type Compiled, compileExpression, type Scope } from './compile-expression.ts';
import { type Feed, type FeedColumn, type FeedTarget, plainName } from './feed.ts';
import { type ExpressionNode, parseExpression } from './parse-expression.ts';
import { plainText, type Value, type ValueType } from './simple-functions.ts';
import { TARGET_TABLES, type TargetColumn, type TargetTable } from './tables.ts';

/** How a row's judged cells are read: the only thing that expressions see of a row. */
export type CellAccess<Row> = {
  text(column: number): (row: Row) => string | null;
  number(column: number): (row: Row) => Value;
  flag(column: number): (row: Row) => boolean | null;
};

export type CompiledColumn<Row> = {
  target: TargetColumn;
  expression: string;
  value: Compiled<Row>;
  /** Where a cell is taken as it was judged: its column; `day` when only its first ten characters. */
  direct: { column: number; day: boolean } | null;
  /** Where it is the same for each row. */
  constant: string | null;
};

export type CompiledTarget<Row> = {
  target: FeedTarget;
  when: Compiled<Row> | null;
  columns: CompiledColumn<Row>[];
};

/** What an expression takes a cell of this column for. */
export const VALUE_TYPES = {
  text: 'text',
  code: 'text',
  integer: 'number',
  decimal: 'number',
  date: 'day',
  timestamp: 'timestamp',
  time: 'text',
  boolean: 'boolean',
} as const satisfies Record<FeedColumn['type'], ValueType>;

/**
 * The names that an expression of this feed may use: the source's headers, their targets and `currency`;
 * inside a target also the target's own columns.
 */
export function feedScope<Row>(
  feed: Feed,
  currency: string,
  access: CellAccess<Row>,
  lookups: Scope<Row>['lookups'],
): Scope<Row> {
  const byName = cellsByName(feed);
  const computed = new Map<string, Compiled<Row>>();
  const underWay = new Set<string>();
  const compute = (name: string): Compiled<Row> | undefined => {
    if (!Object.hasOwn(feed.compute, name)) return undefined;
    const found = computed.get(name);
    if (found) return found;
    if (underWay.has(name))
      throw new AppError('feed.invalid-declaration', { detail: `'${name}' is worked out from itself.` });
    underWay.add(name);
    const value = compileExpression(parseExpression(feed.compute[name] as string), scope);
    underWay.delete(name);
    computed.set(name, value);
    return value;
  };
  const scope: Scope<Row> = {
    lookups,
    names: () => [...feed.columns.map((column) => column.header), ...Object.keys(feed.compute)],
    resolve: (name) => {
      const own = compute(name);
      if (own) return own;
      const i = byName.get(plainName(name));
      if (i === undefined) {
        return name === 'currency' ? { type: 'text', evaluate: () => currency } : undefined;
      }
      const type = VALUE_TYPES[(feed.columns[i] as FeedColumn).type];
      if (type === 'number') return { type, evaluate: access.number(i) };
      if (type === 'boolean') return { type, evaluate: access.flag(i) };
      return { type, evaluate: access.text(i) };
    },
  };
  return scope;
}

/** The place of a cell by its plain name: the source's header first, then the column that it fills. */
export function cellsByName(feed: Feed): Map<string, number> {
  const byName = new Map(feed.columns.map(({ header }, i) => [plainName(header), i]));
  feed.columns.forEach(({ target }, i) => {
    const name = target === null ? undefined : plainName(target);
    if (name !== undefined && !byName.has(name)) byName.set(name, i);
  });
  return byName;
}

/** Compiles every column that a target fills; defaults may use the target's other columns. */
export function compileTarget<Row>(feed: Feed, target: FeedTarget, scope: Scope<Row>): CompiledTarget<Row> {
  const table = TARGET_TABLES.find((known) => known.name === target.table) as TargetTable;
  const expressions = new Map(target.fill.map(({ column, expression }) => [column, expression]));
  const done = new Map<string, Compiled<Row>>();
  const underWay = new Set<string>();

  /** A name is first a cell of the source, then a column of the target; a default sees the target first. */
  const scopeFor = (column: TargetColumn): Scope<Row> => {
    const isDefault = expressions.get(column.name) === column.byDefault;
    return {
      ...scope,
      resolve: (name) => {
        const own = () => (name === column.name ? undefined : ofTarget(name));
        return isDefault ? (own() ?? scope.resolve(name)) : (scope.resolve(name) ?? own());
      },
    };
  };
  const ofTarget = (name: string): Compiled<Row> | undefined => {
    const column = table.columns.find((known) => known.name === name);
    if (!column || !expressions.has(name)) return undefined;
    const found = done.get(name);
    if (found) return found;
    if (underWay.has(name))
      throw new AppError('feed.invalid-declaration', { detail: `'${name}' is worked out from itself.` });
    underWay.add(name);
    const node = parseExpression(expressions.get(name) as string);
    const compiled = compileExpression(node, scopeFor(column));
    underWay.delete(name);
    done.set(name, compiled);
    return compiled;
  };

  const columns: CompiledColumn<Row>[] = [];
  for (const column of table.columns) {
    const expression = expressions.get(column.name);
    if (expression === undefined) continue;
    const value = ofTarget(column.name) as Compiled<Row>;
    checkType(column, value, table.name);
    const node = parseExpression(expression);
    const direct = target.group ? null : directCell(feed, node, column, table, expressions);
    columns.push({
      target: column,
      expression,
      value,
      direct,
      constant:
        node.kind === 'text' ||
        node.kind === 'number' ||
        node.kind === 'boolean' ||
        // The set's, unless the file has a column of this name.
        (expression === 'currency' && !target.group && direct === null)
          ? plainText(value.evaluate(undefined as Row))
          : null,
    });
  }
  const when = target.when === null ? null : compileExpression(parseExpression(target.when), scope);
  if (when && when.type !== 'boolean')
    throw new AppError('feed.invalid-declaration', { detail: `'when' must be true or false.` });
  return { target, when, columns };
}

function directCell(
  feed: Feed,
  node: ExpressionNode,
  column: TargetColumn,
  table: TargetTable,
  expressions: ReadonlyMap<string, string>,
): CompiledColumn<unknown>['direct'] {
  const isDay = node.kind === 'call' && node.name === 'day' && node.args.length === 1;
  const inner = isDay ? (node.args[0] as ExpressionNode) : node;
  if (inner.kind !== 'name') return null;
  const find = (name: string) => {
    if (Object.hasOwn(feed.compute, name)) return -1;
    const plain = plainName(name);
    const byHeader = feed.columns.findIndex((one) => plainName(one.header) === plain);
    if (byHeader >= 0) return byHeader;
    return feed.columns.findIndex((one) => one.target !== null && plainName(one.target) === plain);
  };
  let index = find(inner.name);
  const isDefault = expressions.get(column.name) === column.byDefault;
  const own = table.columns.some((known) => known.name === inner.name)
    ? expressions.get(inner.name)
    : undefined;
  if (own !== undefined && (isDefault || index < 0)) {
    const aim = parseExpression(own);
    index = aim.kind === 'name' ? find(aim.name) : -1;
  }
  const source = feed.columns[index];
  if (!source) return null;
  const type = VALUE_TYPES[source.type];
  if (isDay)
    return type === 'day' || type === 'timestamp' ? { column: index, day: type === 'timestamp' } : null;
  return type === 'boolean' ? null : { column: index, day: false };
}

function checkType(column: TargetColumn, value: Compiled<never>, table: string): void {
  const takes: Record<TargetColumn['type'], ValueType[]> = {
    text: ['text', 'day', 'timestamp', 'boolean', 'number'],
    decimal: ['number'],
    integer: ['number'],
    day: ['day'],
    timestamp: ['timestamp', 'day'],
  };
  if (value.type === 'null' || takes[column.type].includes(value.type)) return;
  throw new AppError('feed.invalid-declaration', {
    detail: `${table}.${column.name} takes a ${column.type}, not a ${value.type}.`,
    context: { path: ['columns'] },
  });
}
