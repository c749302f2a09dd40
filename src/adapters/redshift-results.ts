import {
  type ColumnMetadata,
  type Field,
  GetStatementResultCommand,
  type RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import type { Cell, ColumnType, ResultTable } from '../domain/result-table.ts';
import { exactInteger, plainDecimal, plainTimestamp } from './exact-values.ts';

/** Reads pages until `maxRows` rows are there; what lies beyond is never fetched. */
export async function fetchResult(
  client: RedshiftDataClient,
  statementId: string,
  maxRows: number,
  send: <T>(call: () => Promise<T>) => Promise<T>,
): Promise<ResultTable> {
  const rows: Cell[][] = [];
  let columns: ResultTable['columns'] = [];
  let types: string[] = [];
  let nextToken: string | undefined;
  do {
    const command = new GetStatementResultCommand({
      Id: statementId,
      ...(nextToken ? { NextToken: nextToken } : {}),
    });
    keepLongValuesExact(command);
    const page = await send(() => client.send(command));
    if (page.ColumnMetadata && columns.length === 0) {
      types = page.ColumnMetadata.map((column) => (column.typeName ?? '').toLowerCase());
      columns = page.ColumnMetadata.map(resultColumn);
    }
    for (const record of page.Records ?? []) rows.push(record.map((field, i) => cell(field, types[i] ?? '')));
    nextToken = page.NextToken;
  } while (nextToken && rows.length <= maxRows);
  const truncated = rows.length > maxRows;
  return { columns, rows: truncated ? rows.slice(0, maxRows) : rows, truncated };
}

function resultColumn(column: ColumnMetadata): ResultTable['columns'][number] {
  return {
    name: (column.label ?? column.name ?? '').toLowerCase(),
    type: columnType((column.typeName ?? '').toLowerCase()),
  };
}

function columnType(typeName: string): ColumnType {
  if (/^(int2|int4|int8|smallint|integer|bigint|oid)$/.test(typeName)) return 'integer';
  if (/^(numeric|decimal|float4|float8|real|double)/.test(typeName)) return 'decimal';
  if (typeName.startsWith('bool')) return 'boolean';
  if (typeName === 'date') return 'date';
  return typeName.startsWith('timestamp') ? 'timestamp' : 'text';
}

function cell(field: Field, typeName: string): Cell {
  if (field.isNull) return null;
  if (field.booleanValue !== undefined) return field.booleanValue;
  if (field.doubleValue !== undefined)
    return plainDecimal(typeName === 'float4' ? Number(field.doubleValue.toPrecision(7)) : field.doubleValue);
  const type = columnType(typeName);
  if (field.longValue !== undefined)
    return type === 'decimal' ? String(field.longValue) : exactInteger(field.longValue);
  const text = field.stringValue ?? '';
  if (type === 'integer') return exactInteger(text);
  if (type === 'boolean') return /^t/i.test(text);
  if (type === 'timestamp') return plainTimestamp(text);
  return text;
}

/**
 * The SDK parses longValue into a double, which is wrong above 2^53. Such values are made strings in the reply's text, before
 * it is parsed. Inside a JSON string the quotes would be escaped, so no data can look like the pattern.
 */
function keepLongValuesExact(command: GetStatementResultCommand): void {
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { statusCode?: number; body?: AsyncIterable<Uint8Array> };
      if (response.statusCode === 200 && response.body) {
        const pieces: Uint8Array[] = [];
        for await (const piece of response.body) pieces.push(piece);
        const text = Buffer.concat(pieces)
          .toString('utf8')
          .replace(/"longValue"\s*:\s*(-?\d{16,})/g, '"stringValue":"$1"');
        Object.assign(response, { body: Buffer.from(text, 'utf8') });
      }
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'keepLongValuesExact' },
  );
}
