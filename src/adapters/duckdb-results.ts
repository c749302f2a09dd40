import {
  type DuckDBDataChunk,
  type DuckDBResult,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Cell, ColumnType, ResultTable } from '../domain/result-table.ts';
import { exactInteger, plainDecimal, plainTimestamp } from './exact-values.ts';

/** Reads at most `maxRows` rows, chunk by chunk, so that memory does not grow with the result. */
export async function resultTable(result: DuckDBResult, maxRows: number): Promise<ResultTable> {
  const types = result.columnTypes();
  const columns = result
    .columnNames()
    .map((name, i) => ({ name: name.toLowerCase(), type: columnType(types[i] as DuckDBType) }));
  const rows: Cell[][] = [];
  while (rows.length <= maxRows) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    appendRows(rows, chunk, types);
  }
  const truncated = rows.length > maxRows;
  return { columns, rows: truncated ? rows.slice(0, maxRows) : rows, truncated };
}

function appendRows(rows: Cell[][], chunk: DuckDBDataChunk, types: DuckDBType[]): void {
  const columns = types.map((type, i) => chunk.getColumnValues(i).map((value) => cell(value, type)));
  for (let row = 0; row < chunk.rowCount; row++) rows.push(columns.map((column) => column[row] ?? null));
}

const INTEGERS: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.UHUGEINT,
]);

const TIMESTAMPS: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_NS,
  DuckDBTypeId.TIMESTAMP_TZ,
]);

function columnType(type: DuckDBType): ColumnType {
  if (INTEGERS.has(type.typeId)) return 'integer';
  if (TIMESTAMPS.has(type.typeId)) return 'timestamp';
  return COLUMN_TYPES[type.typeId] ?? 'text';
}

const COLUMN_TYPES: Partial<Record<DuckDBTypeId, ColumnType>> = {
  [DuckDBTypeId.DECIMAL]: 'decimal',
  [DuckDBTypeId.DOUBLE]: 'decimal',
  [DuckDBTypeId.FLOAT]: 'decimal',
  [DuckDBTypeId.DATE]: 'date',
  [DuckDBTypeId.BOOLEAN]: 'boolean',
};

function cell(value: DuckDBValue | undefined, type: DuckDBType): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (INTEGERS.has(type.typeId)) return exactInteger(value as number | bigint);
  if (TIMESTAMPS.has(type.typeId)) return plainTimestamp(String(value));
  if (typeof value === 'number')
    return plainDecimal(type.typeId === DuckDBTypeId.FLOAT ? Number(value.toPrecision(7)) : value);
  return String(value);
}
