import { AppError } from '../../src/domain/app-error.ts';
import { compileExpression, type Scope } from '../feeds/compile-expression.ts';
import { type CompiledColumn, type CompiledTarget, compileTarget } from '../feeds/compile-feed.ts';
import type { Feed, FeedTarget } from '../feeds/feed.ts';
import { createGrouping, type Group, type Grouping } from '../feeds/group-rows.ts';
import { parseExpression } from '../feeds/parse-expression.ts';
import { plainText, type Value } from '../feeds/simple-functions.ts';
import { addUnits, type Units, unitsToText } from '../feeds/units.ts';
import { type CsvWriter, createCsvWriter } from './csv-writer.ts';
import type { JudgedRow } from './judged-row.ts';
import { shown } from './read-header.ts';

export type Fault = { column: string; value: string; reason: string };

export type TargetReport = { table: string; columns: string[]; rows: number };

export type TargetWriter = {
  compiled: CompiledTarget<never>;
  /** Writes the row; gives what is wrong with a value that was worked out. */
  write(row: JudgedRow, line: number): Fault | null;
  takeBack(): void;
  commit(row: JudgedRow, line: number): void;
  finish(totals: Record<string, string>): TargetReport;
};

/** Turns accepted rows into the staged CSV of one target. */
export function createTargetWriter(
  feed: Feed,
  target: FeedTarget,
  scope: Scope<JudgedRow>,
  put: (bytes: Buffer) => void,
): TargetWriter {
  const writer = createCsvWriter(put, 2 * feed.format.maxLineBytes);
  return target.group
    ? createGroupedWriter(feed, target, scope, writer)
    : createPlainWriter(feed, target, scope, writer);
}

function createPlainWriter(
  feed: Feed,
  target: FeedTarget,
  scope: Scope<JudgedRow>,
  writer: CsvWriter,
): TargetWriter {
  const compiled = compileTarget(feed, target, scope);
  const when = compiled.when?.evaluate;
  const pending: (Units | null)[] = compiled.columns.map(() => null);
  const steps = compiled.columns.map((column, i) => createStep(column, feed, i, pending, writer));
  const totals = createTotals(compiled.columns);
  let rows = 0;
  let open = false;
  writeHeader(writer, compiled.columns);
  return {
    compiled: compiled as CompiledTarget<never>,
    write(row, line) {
      open = false;
      if (when && when(row) !== true) return null;
      writer.begin();
      for (let i = 0; i < steps.length; i += 1) {
        const fault = (steps[i] as Step)(row);
        if (fault !== null) return fault;
        writer.comma();
      }
      writer.whole(line);
      open = true;
      return null;
    },
    takeBack() {
      open = false;
      writer.begin();
    },
    commit() {
      if (!open) return;
      writer.commit();
      rows += 1;
      totals.add(pending);
    },
    finish(sums) {
      writer.flush();
      totals.report(target.table, sums);
      return { table: target.table, columns: columnNames(compiled.columns), rows };
    },
  };
}

function createGroupedWriter(
  feed: Feed,
  target: FeedTarget,
  scope: Scope<JudgedRow>,
  writer: CsvWriter,
): TargetWriter {
  const grouping: Grouping<JudgedRow> = createGrouping(scope);
  const compiled = compileTarget<Group>(feed, target, grouping.scope);
  // `when` of a grouped target chooses among source rows, before they are grouped.
  const when = target.when === null ? null : compileExpression(parseExpression(target.when), scope).evaluate;
  const keys = (target.group as string[]).map(
    (key) => compileExpression(parseExpression(key), scope).evaluate,
  );
  const groups = new Map<string, Group>();
  const totals = createTotals(compiled.columns);
  const numbers: (Units | null)[] = compiled.columns.map(() => null);
  writeHeader(writer, compiled.columns);
  let rows = 0;
  return {
    compiled: compiled as CompiledTarget<never>,
    write: () => null,
    takeBack: () => undefined,
    commit(row, line) {
      if (when && when(row) !== true) return;
      const values = keys.map((key) => key(row));
      // Rows without a key (no customer, say) make no row of the target.
      if (values.every((value) => value === null)) return;
      const key = values.map(plainText).join('\u0000');
      let group = groups.get(key);
      if (!group) {
        group = grouping.start(line);
        groups.set(key, group);
      }
      grouping.add(group, row);
    },
    finish(sums) {
      for (const group of groups.values()) {
        writer.begin();
        compiled.columns.forEach((column, i) => {
          const value = column.value.evaluate(group);
          const fault = faultOf(column, value);
          if (fault)
            throw new AppError('file.unreadable', {
              detail: `${target.table}, from the rows at line ${group.line} and after: ${fault.column} ${fault.reason}.`,
            });
          numbers[i] = typeof value === 'number' || typeof value === 'bigint' ? value : null;
          writeValue(writer, value);
          writer.comma();
        });
        writer.whole(group.line);
        writer.commit();
        totals.add(numbers);
        rows += 1;
      }
      writer.flush();
      totals.report(target.table, sums);
      return { table: target.table, columns: columnNames(compiled.columns), rows };
    },
  };
}

type Step = (row: JudgedRow) => Fault | null;

/** Writes one column: a judged cell as bytes where possible, else a value worked out. */
function createStep(
  column: CompiledColumn<JudgedRow>,
  feed: Feed,
  place: number,
  pending: (Units | null)[],
  writer: CsvWriter,
): Step {
  if (column.constant !== null) {
    const bytes = Buffer.from(column.constant);
    const fault = faultOf(column, column.value.evaluate(undefined as never));
    if (fault) throw new AppError('feed.invalid-declaration', { detail: `${fault.column} ${fault.reason}.` });
    return () => {
      writer.cell(bytes, 0, bytes.length);
      return null;
    };
  }
  const direct = column.direct;
  if (!direct) {
    const evaluate = column.value.evaluate;
    return (row) => {
      const value = evaluate(row);
      const fault = faultOf(column, value);
      if (fault !== null) return fault;
      pending[place] = typeof value === 'number' || typeof value === 'bigint' ? value : null;
      writeValue(writer, value);
      return null;
    };
  }
  const source = direct.column;
  const type = feed.columns[source]?.type;
  const isText = type === 'text' || type === 'code';
  const isNumber = type === 'integer' || type === 'decimal';
  const required = column.target.required && !column.target.fromLoad;
  const header = feed.columns[source]?.header ?? column.target.name;
  const missing: Fault = {
    column: header,
    value: '',
    reason: `is empty, and ${column.target.name} needs it`,
  };
  const noWhole: Fault = { column: header, value: '', reason: 'is not a whole number' };
  return (row) => {
    if (row.empty[source] === 1) {
      pending[place] = null;
      return required ? missing : null;
    }
    const buffer = row.buffers[source] as Buffer;
    const from = row.start[source] as number;
    if (isText) writer.cell(buffer, from, row.end[source] as number);
    else if (direct.day) writer.plain(buffer, from, from + 10);
    else {
      if (isNumber) {
        const units = row.units[source] as Units;
        pending[place] = units;
        if (column.target.type === 'integer' && !isWhole(units)) return noWhole;
      }
      writer.plain(buffer, from, row.end[source] as number);
    }
    return null;
  };
}

function faultOf(column: CompiledColumn<never>, value: Value): Fault | null {
  const { target } = column;
  if (value === null) {
    return target.required && !target.fromLoad
      ? { column: target.name, value: '', reason: 'has no value and cannot be worked out' }
      : null;
  }
  if (typeof value === 'string') {
    if (target.maxBytes !== undefined && value.length * 3 > target.maxBytes) {
      if (Buffer.byteLength(value) > target.maxBytes)
        return {
          column: target.name,
          value: shown(value, 200),
          reason: `is longer than ${target.maxBytes} bytes`,
        };
    }
    return null;
  }
  if (typeof value === 'boolean') return null;
  if (target.type === 'integer' && !isWhole(value))
    return { column: target.name, value: unitsToText(value), reason: 'is not a whole number' };
  if (value > MOST_UNITS || value < -MOST_UNITS)
    return { column: target.name, value: unitsToText(value), reason: 'is too large' };
  return null;
}

/** Fourteen digits before the point: what both warehouses hold of a decimal(19,4). */
const MOST_UNITS = 999_999_999_999_999_999n;

function isWhole(units: Units): boolean {
  return typeof units === 'number' ? units % 10_000 === 0 : units % 10_000n === 0n;
}

function writeValue(writer: CsvWriter, value: Value): void {
  if (value === null) return;
  if (typeof value === 'string') writer.text(value);
  else if (typeof value === 'boolean') writer.text(String(value));
  else writer.units(value);
}

function writeHeader(writer: CsvWriter, columns: readonly CompiledColumn<never>[]): void {
  writer.begin();
  columns.forEach((column) => {
    writer.text(column.target.name);
    writer.comma();
  });
  writer.text('source_line');
  writer.commit();
}

function columnNames(columns: readonly CompiledColumn<never>[]): string[] {
  return [...columns.map((column) => column.target.name), 'source_line'];
}

/** Exact sums of every number column but line numbers. */
function createTotals(columns: readonly CompiledColumn<never>[]) {
  const summed = columns.flatMap((column, i) =>
    column.target.type === 'decimal' || column.target.name === 'stated_items' ? [i] : [],
  );
  const constants = columns.map((column) =>
    column.constant === null ? null : (column.value.evaluate(undefined as never) as Units),
  );
  const sums: Units[] = columns.map(() => 0);
  return {
    add(values: readonly (Units | null)[]): void {
      for (let k = 0; k < summed.length; k += 1) {
        const i = summed[k] as number;
        const value = constants[i] ?? values[i];
        if (value !== null && value !== undefined && value !== 0) sums[i] = addUnits(sums[i] as Units, value);
      }
    },
    report(table: string, into: Record<string, string>): void {
      for (const i of summed)
        into[`${table}.${(columns[i] as CompiledColumn<never>).target.name}`] = unitsToText(sums[i] as Units);
    },
  };
}

/** The room in bytes of the narrowest text column that takes this cell as it is. */
export function smallestRoom(targets: readonly TargetWriter[], index: number): number | undefined {
  let least: number | undefined;
  for (const { compiled } of targets) {
    for (const column of compiled.columns) {
      const room = column.target.maxBytes;
      if (column.direct?.column === index && room !== undefined) least = Math.min(least ?? room, room);
    }
  }
  return least;
}
