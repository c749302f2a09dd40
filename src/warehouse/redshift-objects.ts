import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../domain/app-error.ts';
import type { Statement, Warehouse } from '../ports/warehouse.ts';
import { SCHEMA_FOLDER } from './migrate.ts';

/** What Redshift alone has: it is made again when its text changes, which a table's migration never is. */
export type RedshiftObject = {
  kind: 'materialized view' | 'procedure';
  schema: string;
  name: string;
  sql: string;
  sha256: string;
};

/** Reads `redshift/<schema>.<name>.sql`, one statement each. Errors: config.invalid with the file's name. */
export async function readRedshiftObjects(
  folder: string = join(SCHEMA_FOLDER, 'redshift'),
): Promise<RedshiftObject[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(files.map(async (file) => parse(file, await readFile(join(folder, file), 'utf8'))));
}

const MADE = /^create (?:or replace )?(materialized view|procedure) (\w+)\.(\w+)/im;

function parse(file: string, text: string): RedshiftObject {
  const [, kind = '', schema = '', name = ''] = MADE.exec(text) ?? [];
  if (`${schema}.${name}.sql` !== file)
    throw new AppError('config.invalid', {
      detail: `${file}: it has to make the materialized view or procedure ${file.replace(/\.sql$/, '')}.`,
    });
  const sql = text.replaceAll('\r\n', '\n').trim().replace(/;$/, '');
  const sha256 = createHash('sha256').update(sql).digest('hex');
  return { kind: kind.toLowerCase() as RedshiftObject['kind'], schema, name, sql, sha256 };
}

/** Makes what is missing or was changed in Git, as the owner; each by itself, since a view may not be made with others. */
export async function ensureRedshiftObjects(
  warehouse: Warehouse,
  objects: readonly RedshiftObject[],
  now = new Date(),
): Promise<string[]> {
  await warehouse.write({
    token: `redshift-objects-${now.getTime()}`,
    steps: [
      ...[...new Set(objects.map(({ schema }) => schema))].map((schema) => ({
        sql: `create schema if not exists ${schema}`,
      })),
      {
        sql: 'create table if not exists ops.redshift_objects (name varchar(200) not null, sha256 char(64) not null, made_at timestamp not null, primary key (name)) diststyle all',
      },
    ],
  });
  const [made, standing] = await Promise.all([madeObjects(warehouse), standingViews(warehouse)]);
  const stale = objects.filter(
    ({ kind, schema, name, sha256 }) =>
      made.get(`${schema}.${name}`) !== sha256 ||
      (kind === 'materialized view' && !standing.has(`${schema}.${name}`)),
  );
  for (const object of stale)
    await warehouse.write({
      token: `redshift-object-${object.sha256.slice(0, 16)}-${now.getTime()}`,
      steps: stepsFor(object, now),
      timeoutMs: 30 * 60_000,
    });
  return stale.map(({ schema, name }) => `${schema}.${name}`);
}

function stepsFor({ kind, schema, name, sql, sha256 }: RedshiftObject, now: Date): Statement[] {
  const whole = `${schema}.${name}`;
  return [
    ...(kind === 'materialized view' ? [{ sql: `drop materialized view if exists ${whole}` }] : []),
    { sql },
    { sql: 'delete from ops.redshift_objects where name = :whole', params: { whole } },
    {
      sql: 'insert into ops.redshift_objects (name, sha256, made_at) values (:whole, :sha256, cast(:at as timestamp))',
      params: { whole, sha256, at: now.toISOString().slice(0, 19).replace('T', ' ') },
    },
  ];
}

/** Hash by name of what was made. */
export async function madeObjects(warehouse: Warehouse): Promise<Map<string, string>> {
  const { rows } = await warehouse.read({
    sql: 'select name, sha256 from ops.redshift_objects',
    schema: 'ops',
    maxRows: 10_000,
    timeoutMs: 30_000,
  });
  return new Map(rows.map(([name, hash]) => [String(name), String(hash).trim()]));
}

/** Materialised views that are there, as Redshift says. */
export async function standingViews(warehouse: Warehouse): Promise<Set<string>> {
  const { rows } = await warehouse.read({
    sql: 'select schema_name, name from svv_mv_info',
    schema: 'pg_catalog',
    maxRows: 10_000,
    timeoutMs: 60_000,
  });
  return new Set(rows.map(([schema, name]) => `${String(schema).trim()}.${String(name).trim()}`));
}
