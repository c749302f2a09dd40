import pg from 'pg';
import type {
  SourceColumn,
  SourceDatabase,
  SourceReading,
  SourceRequest,
  SourceRow,
  SourceTableName,
} from '../ports/source-database.ts';
import { onSource } from './source-errors.ts';
import { placedRows, whereOf } from './source-rows.ts';

export type PostgresSourceOptions = {
  connectionString: string;
  /** How far before the safe watermark a later reading begins: seconds for times, a count for numbers. */
  overlap: number;
  /** Of watermarks that are times without a zone. */
  timeZone: string;
  statementTimeoutMs?: number;
};

type Column = SourceColumn & { formatted: string };
const PASSES = 'PostgreSQL';

/** Reads in one repeatable-read transaction, so that all tables are of one moment. Takes no locks that writers meet. */
export function postgresSource(options: PostgresSourceOptions): SourceDatabase {
  return {
    begin: () => onSource(PASSES, () => begin(options)),
    close: async () => undefined,
  };
}

async function begin(options: PostgresSourceOptions): Promise<SourceReading> {
  const client = new pg.Client({
    connectionString: options.connectionString,
    application_name: 'plumbline-extract',
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
  });
  // A lost connection is told by the query that it breaks; unheard, this event would end the process.
  client.on('error', () => undefined);
  await client.connect();
  const query = async (text: string, values: unknown[] = []): Promise<(string | null)[][]> =>
    onSource(PASSES, async () => {
      const found = await client.query({
        text,
        values,
        rowMode: 'array',
        types: { getTypeParser: () => asText },
      });
      return found.rows as (string | null)[][];
    });
  let before: Look;
  try {
    await query(`set timezone to 'UTC'`);
    await query(`set datestyle to 'ISO'`);
    await query(`set statement_timeout to ${options.statementTimeoutMs ?? 600_000}`);
    before = await look(query);
    await query('begin transaction isolation level repeatable read read only');
    // The snapshot is taken by the first query of the transaction.
    await query('select txid_current_if_assigned()');
  } catch (thrown) {
    await client.end().catch(() => undefined);
    throw thrown;
  }
  const columns = new Map<string, Promise<Column[]>>();
  const columnsOf = (table: string): Promise<Column[]> => {
    const known = columns.get(table) ?? readColumns(table, query);
    columns.set(table, known);
    return known;
  };
  return {
    isSnapshot: true,
    describe: async (table) => ({
      columns: (await columnsOf(table.table)).map(({ name, type, nullable }) => ({ name, type, nullable })),
      keyIsUnique: await keyIsUnique(table, query),
    }),
    reach: async (table) =>
      reach(table, { ...options, columns: await columnsOf(table.table), before }, query),
    read: async (request) => readRows(request, await columnsOf(request.table), query),
    async close() {
      await client.end().catch(() => undefined);
    },
  };
}

type Query = (text: string, values?: unknown[]) => Promise<(string | null)[][]>;

function asText(value: string | Buffer): string {
  return String(value);
}

async function readColumns(table: string, query: Query): Promise<Column[]> {
  const rows = await query(
    `select a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull, format_type(t.oid, null)
     from pg_attribute a join pg_type t on t.oid = case when (select typtype from pg_type where oid = a.atttypid) = 'd' then (select typbasetype from pg_type where oid = a.atttypid) else a.atttypid end
     where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [tableName(table)],
  );
  return rows.map(([name, type, nullable, formatted]) => ({
    name: String(name),
    type: String(type),
    nullable: nullable === 't' || nullable === 'true',
    formatted: String(formatted),
  }));
}

async function keyIsUnique({ table, key }: SourceTableName, query: Query): Promise<boolean | null> {
  const [kind] = await query('select relkind from pg_class where oid = to_regclass($1)', [tableName(table)]);
  if (kind?.[0] !== 'r' && kind?.[0] !== 'p') return null;
  const found = await query(
    `select 1 from pg_index i
     where i.indrelid = to_regclass($1) and i.indisunique and i.indpred is null and i.indexprs is null
       and not exists (
         select 1 from unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
         join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
         where k.place <= i.indnkeyatts and not (a.attname = any ($2::text[])))
     limit 1`,
    [tableName(table), key],
  );
  return found.length > 0;
}

/** What was so before the snapshot was taken: what its reader cannot see began, or begins, no earlier than this says. */
type Look = { at: string; oldest: string };

async function look(query: Query): Promise<Look> {
  // Other people's transactions show their age only to who may read all statistics; the overlap covers the rest.
  const [row] = await query(
    `select clock_timestamp()::text, least(clock_timestamp(),
       (select min(xact_start) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()),
       (select min(prepared) from pg_prepared_xacts))::text`,
  );
  return { at: String(row?.[0]), oldest: String(row?.[1]) };
}

const TIMES: Record<string, string> = {
  'timestamp with time zone': '$1::timestamptz',
  'timestamp without time zone': '$1::timestamptz at time zone $3',
  date: '($1::timestamptz at time zone $3)::date',
};

async function reach(
  { table, watermark, where }: SourceTableName,
  { columns, overlap, timeZone, before }: { columns: Column[]; before: Look } & PostgresSourceOptions,
  query: Query,
): Promise<string | null> {
  if (watermark === null) return null;
  const type = columns.find(({ name }) => name === watermark)?.formatted ?? '';
  const mark = quoted(watermark);
  const clock = TIMES[type];
  const source = `from ${tableName(table)} ${whereOf([where])}`;
  if (clock === undefined) {
    const [row] = await query(`select (max(${mark}) - ${Math.round(overlap)})::text ${source}`);
    return row?.[0] ?? null;
  }
  const [row] = await query(
    `select (least(max(${mark}) filter (where isfinite(${mark})), ${clock}) - ($1::timestamptz - $2::timestamptz) - interval '${Math.round(overlap)} seconds')::${type}::text ${source}`,
    [before.at, before.oldest, ...(clock.includes('$3') ? [timeZone] : [])],
  );
  return row?.[0] ?? null;
}

async function readRows(request: SourceRequest, columns: Column[], query: Query): Promise<SourceRow[]> {
  const { table, key, watermark, part, after, from, where } = request;
  const typeOf = (name: string) => columns.find((column) => column.name === name)?.formatted ?? 'text';
  const marked = part === 'marked' && watermark !== null;
  const order = marked ? [watermark, ...key] : key;
  const values: unknown[] = [];
  const bound = (value: string | null, name: string): string => {
    values.push(value);
    return `$${values.length}::${typeOf(name)}`;
  };
  const bounds: string[] = [];
  if (after !== null) {
    const place = marked ? [after.watermark, ...after.key] : after.key;
    bounds.push(
      `(${order.map(quoted).join(', ')}) > (${order.map((name, i) => bound(place[i] ?? null, name)).join(', ')})`,
    );
  }
  if (from !== null && marked) bounds.push(`${quoted(watermark)} >= ${bound(from, watermark)}`);
  const conditions = [
    where,
    watermark === null ? null : `${quoted(watermark)} is ${marked ? 'not ' : ''}null`,
    bounds.length > 0 ? bounds.join(' or ') : null,
  ];
  // Named with the table: a bare name in `order by` means the text of the select list, and '10' comes before '9'.
  const rows = await query(
    `select ${[
      ...request.columns.map((name) => cell(name, typeOf(name))),
      ...order.map((name) => `${quoted(name)}::text`),
    ].join(', ')}
     from ${tableName(table)} as source_rows ${whereOf(conditions)}
     order by ${order.map((name) => `source_rows.${quoted(name)}`).join(', ')} limit ${request.rows}`,
    values,
  );
  return placedRows(rows, request);
}

/** As a feed reads it: ISO times, hexadecimal bytes, a plain number for money. */
function cell(name: string, type: string): string {
  const column = quoted(name);
  if (type === 'timestamp with time zone') return `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  if (type === 'timestamp without time zone') return `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
  if (type === 'money') return `${column}::numeric::text`;
  if (type === 'boolean') return `case ${column} when true then 'true' when false then 'false' end`;
  if (type === 'bytea') return `encode(${column}, 'hex')`;
  return `${column}::text`;
}

/** `shop.orders` is a table of a schema; a name with other marks is written in double quotes in the declaration. */
function tableName(name: string): string {
  return name.includes('"') ? name : name.split('.').map(quoted).join('.');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
