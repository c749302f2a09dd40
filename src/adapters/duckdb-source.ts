import { DuckDBInstance } from '@duckdb/node-api';
import type { ResultTable } from '../domain/result-table.ts';
import type { SourceFile } from '../ports/warehouse.ts';
import { duckdbError } from './duckdb-errors.ts';
import { resultTable } from './duckdb-results.ts';
import { openOptions } from './duckdb-settings.ts';

const MEMORY = '128MB';
/** Cells beyond those of the header; a line with still more of them is an error. */
const SPARE_CELLS = 3;
const MOST_LINE_BYTES = 4_194_304;
/** By itself it would be sixteen of the longest lines, several times over. */
const BUFFER_BYTES = 2 * MOST_LINE_BYTES;

/**
 * A WITH clause for the lines of a file, numbered in their order. Quotes mean nothing here: a line is a row. Cells that
 * a line does not have are null. Rows keep their order only while preserve_insertion_order is set.
 */
export function withSource(source: SourceFile, path: string): string {
  const { types } = source;
  const length = types ? source.cells : source.cells + SPARE_CELLS;
  const names = Array.from({ length }, (_, i) => `'c${i}': '${types?.[i] ?? 'varchar'}'`);
  const nulls = types ? "nullstr = ''" : "nullstr = ['\x01'], null_padding = true";
  return `with source as (
  select *, row_number() over () + 1 as source_line
  from read_csv(${text(path)}, header = true, auto_detect = false, delim = ${text(source.delimiter)}, quote = '', escape = '',
    comment = '', ${nulls}, strict_mode = true, max_line_size = ${MOST_LINE_BYTES}, buffer_size = ${BUFFER_BYTES},
    compression = '${source.gzip ? 'gzip' : 'none'}', columns = {${names.join(', ')}})
)
`;
}

/** Runs a SELECT over a file in an engine of its own, which is gone afterwards. */
export async function readSourceFile(
  source: SourceFile,
  path: string,
  select: string,
  maxRows: number,
  tempFolder: string,
): Promise<ResultTable> {
  const options = openOptions({ memoryLimit: MEMORY, threads: 2, tempFolder }, 'write');
  const database = await DuckDBInstance.create(':memory:', {
    ...options,
    preserve_insertion_order: 'true',
  });
  try {
    const connection = await database.connect();
    const statement = await connection.prepare(withSource(source, path) + select);
    const table = await resultTable(await statement.stream(), maxRows);
    connection.closeSync();
    return table;
  } catch (error) {
    throw duckdbError(error instanceof Error ? error.message : String(error), error);
  } finally {
    database.closeSync();
  }
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
