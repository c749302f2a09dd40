import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import type {
  SourceColumn,
  SourceDatabase,
  SourceReading,
  SourceRequest,
  SourceRow,
  SourceTableName,
} from '../ports/source-database.ts';
import { onSource } from './source-errors.ts';
import { localTime, placedRows, whereOf } from './source-rows.ts';

export type MysqlSourceOptions = {
  connectionString: string;
  /** How far before the safe watermark a later reading begins: seconds for times, a count for numbers. */
  overlap: number;
  /** Of watermarks that are times without a zone (DATETIME). */
  timeZone: string;
};

type Cell = string | null;
type Query = (sql: string, values?: Cell[]) => Promise<Cell[][]>;
const PASSES = 'MySQL';

/** Reads in one consistent snapshot, so that all InnoDB tables are of one moment. Works on MySQL 5.7 and later, and MariaDB. */
export function mysqlSource(options: MysqlSourceOptions): SourceDatabase {
  return {
    begin: () => onSource(PASSES, () => begin(options)),
    close: async () => undefined,
  };
}

async function begin(options: MysqlSourceOptions): Promise<SourceReading> {
  const connection = await createConnection({
    uri: options.connectionString,
    charset: 'utf8mb4',
    connectTimeout: 15_000,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    multipleStatements: false,
    // Otherwise a geometry or bit would come as an object; all that is read is cast to text anyway.
    typeCast: (field, next) => (field.type === 'JSON' ? field.string() : next()),
  });
  connection.on('error', () => undefined);
  const query: Query = (sql, values = []) => onSource(PASSES, () => textRows(connection, sql, values));
  let before: Look;
  try {
    await query(`set session time_zone = '+00:00'`);
    await query(`set session sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'`);
    await query(`set names utf8mb4`);
    await query('set session transaction isolation level repeatable read');
    before = await look(query);
    await query('start transaction with consistent snapshot, read only');
  } catch (thrown) {
    connection.destroy();
    throw thrown;
  }
  const known = new Map<string, Promise<SourceColumn[]>>();
  const columnsOf = (table: string): Promise<SourceColumn[]> => {
    const columns = known.get(table) ?? readColumns(table, query);
    known.set(table, columns);
    return columns;
  };
  return {
    isSnapshot: true,
    describe: async (table) => ({
      columns: await columnsOf(table.table),
      keyIsUnique: await keyIsUnique(table, query),
    }),
    reach: async (table) =>
      reach(table, { ...options, columns: await columnsOf(table.table), before }, query),
    read: async (request) => readRows(request, await columnsOf(request.table), query),
    close: async () => connection.end().catch(() => connection.destroy()),
  };
}

async function textRows(connection: Connection, sql: string, values: Cell[]): Promise<Cell[][]> {
  const [rows] = await connection.query<RowDataPacket[][]>({ sql, values, rowsAsArray: true });
  if (!Array.isArray(rows)) return [];
  return rows.map((row) => (row as unknown[]).map(textOf));
}

function textOf(cell: unknown): Cell {
  if (cell === null || cell === undefined) return null;
  if (Buffer.isBuffer(cell)) return cell.toString('hex');
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

/** What was so before the snapshot was taken: what its reader cannot see began no earlier than this says. */
type Look = { at: string; oldest: string };

async function look(query: Query): Promise<Look> {
  const [[at] = []] = await query('select utc_timestamp(6)');
  // Needs the PROCESS right; without it the overlap must be longer than the longest transaction.
  const oldest = await query(
    `select date_format(convert_tz(min(trx_started), @@global.time_zone, '+00:00'), '%Y-%m-%d %H:%i:%s.%f') from information_schema.innodb_trx where trx_mysql_thread_id <> connection_id()`,
  ).catch(() => []);
  const now = at ?? '';
  const started = oldest[0]?.[0] ?? now;
  return { at: now, oldest: started < now ? started : now };
}

async function readColumns(table: string, query: Query): Promise<SourceColumn[]> {
  const { schema, name } = parts(table);
  const rows = await query(
    `select column_name, column_type, is_nullable from information_schema.columns
     where table_schema = coalesce(?, database()) and table_name = ? order by ordinal_position`,
    [schema, name],
  );
  return rows.map(([column, type, nullable]) => ({
    name: column ?? '',
    type: type ?? '',
    nullable: nullable === 'YES',
  }));
}

async function keyIsUnique({ table, key }: SourceTableName, query: Query): Promise<boolean | null> {
  const { schema, name } = parts(table);
  const [kind] = await query(
    'select table_type from information_schema.tables where table_schema = coalesce(?, database()) and table_name = ?',
    [schema, name],
  );
  if (kind?.[0] !== 'BASE TABLE') return null;
  const rows = await query(
    `select index_name, column_name, sub_part from information_schema.statistics
     where table_schema = coalesce(?, database()) and table_name = ? and non_unique = 0`,
    [schema, name],
  );
  const indexes = new Map<string, boolean>();
  for (const [index, column, part] of rows) {
    const covered = part === null && key.includes(column ?? '');
    indexes.set(index ?? '', (indexes.get(index ?? '') ?? true) && covered);
  }
  return [...indexes.values()].includes(true);
}

async function reach(
  { table, watermark, where }: SourceTableName,
  { columns, overlap, timeZone, before }: { columns: SourceColumn[]; before: Look } & MysqlSourceOptions,
  query: Query,
): Promise<string | null> {
  if (watermark === null) return null;
  const type = columns.find(({ name }) => name === watermark)?.type ?? '';
  const source = `from ${tableName(table)} ${whereOf([where])}`;
  const mark = quoted(watermark);
  const less = Math.round(overlap);
  if (!/^(timestamp|datetime|date)/.test(type)) {
    const [row] = await query(`select cast(max(${mark}) - ${less} as char) ${source}`);
    return row?.[0] ?? null;
  }
  const at = type.startsWith('timestamp') ? before.at : localTime(before.at, timeZone);
  const [row] = await query(
    `select date_format(least(cast(max(${mark}) as datetime(6)), cast(? as datetime(6))) - interval timestampdiff(microsecond, ?, ?) microsecond - interval ${less} second, '%Y-%m-%d %H:%i:%s.%f') ${source}`,
    [at, before.oldest, before.at],
  );
  const reached = row?.[0] ?? null;
  return type === 'date' ? (reached?.slice(0, 10) ?? null) : reached;
}

async function readRows(request: SourceRequest, columns: SourceColumn[], query: Query): Promise<SourceRow[]> {
  const { table, key, watermark, part, after, from, where } = request;
  const marked = part === 'marked' && watermark !== null;
  const order = marked ? [watermark, ...key] : key;
  const typeOf = (name: string) => columns.find((column) => column.name === name)?.type ?? '';
  const values: Cell[] = [];
  const bounds: string[] = [];
  if (after !== null)
    bounds.push(isAfter(order, marked ? [after.watermark, ...after.key] : after.key, typeOf, values));
  if (from !== null && marked) {
    values.push(from);
    bounds.push(`${quoted(watermark)} >= ${parameter(typeOf(watermark))}`);
  }
  const conditions = [
    where,
    watermark === null ? null : `${quoted(watermark)} is ${marked ? 'not ' : ''}null`,
    bounds.length > 0 ? bounds.join(' or ') : null,
  ];
  const names = [
    ...request.columns.map((name) => cell(name, typeOf(name))),
    ...order.map((name) => plain(name, typeOf(name))),
  ];
  // Named with the table: a bare name in `order by` could mean the text of the select list.
  const rows = await query(
    `select ${names.map((name, i) => `${name} as c${i}`).join(', ')} from ${tableName(table)} as source_rows ${whereOf(conditions)}
     order by ${order.map((name) => `source_rows.${quoted(name)}`).join(', ')} limit ${request.rows}`,
    values,
  );
  return placedRows(rows, request);
}

/** (a, b) > (x, y) written out, as MySQL uses an index for it. */
function isAfter(
  order: readonly string[],
  place: readonly Cell[],
  typeOf: (name: string) => string,
  values: Cell[],
): string {
  const ways = order.map((name, i) => {
    const equal = order.slice(0, i).map((before, j) => {
      values.push(place[j] ?? null);
      return `source_rows.${quoted(before)} = ${parameter(typeOf(before))}`;
    });
    values.push(place[i] ?? null);
    return [...equal, `source_rows.${quoted(name)} > ${parameter(typeOf(name))}`].join(' and ');
  });
  return `(${ways.map((way) => `(${way})`).join(' or ')})`;
}

/** Without a cast, a number's text would be compared as a floating-point number, and two large keys as equal. */
function parameter(type: string): string {
  if (/^(tinyint|smallint|mediumint|int|bigint)/.test(type))
    return type.includes('unsigned') ? 'cast(? as unsigned)' : 'cast(? as signed)';
  if (type.startsWith('decimal')) return `cast(? as ${type.replace(/ .*/, '')})`;
  if (/^(binary|varbinary)/.test(type)) return 'unhex(?)';
  return '?';
}

/** A place's value: exact, and taken back by `parameter`. */
function plain(name: string, type: string): string {
  const column = `source_rows.${quoted(name)}`;
  if (/^(binary|varbinary)/.test(type)) return `hex(${column})`;
  return /char|text|enum|set/.test(type) ? column : `cast(${column} as char)`;
}

/** As a feed reads it: ISO times, hexadecimal bytes. A zero date is no date. */
function cell(name: string, type: string): string {
  const column = `source_rows.${quoted(name)}`;
  if (type.startsWith('timestamp'))
    return `case when ${column} > 0 then date_format(${column}, '%Y-%m-%dT%H:%i:%s.%fZ') end`;
  if (type.startsWith('datetime'))
    return `case when ${column} > 0 then date_format(${column}, '%Y-%m-%dT%H:%i:%s.%f') end`;
  if (type.startsWith('date')) return `case when ${column} > 0 then date_format(${column}, '%Y-%m-%d') end`;
  if (/^bit\(1\)/.test(type)) return `cast(${column} + 0 as char)`;
  if (/binary|blob|bit|geometry/.test(type)) return `hex(${column})`;
  return /char|text|enum|set/.test(type) ? column : `cast(${column} as char)`;
}

function parts(table: string): { schema: string | null; name: string } {
  const [first = '', second] = table.split('.');
  return second === undefined ? { schema: null, name: first } : { schema: first, name: second };
}

function tableName(table: string): string {
  return table.split('.').map(quoted).join('.');
}

/** ANSI_QUOTES is set for the session. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
