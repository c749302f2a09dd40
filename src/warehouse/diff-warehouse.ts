import type { Rights } from '../domain/rights.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { type Catalogue, type CatalogueTable, readCatalogue } from './catalogue.ts';
import { diffRedshift } from './diff-redshift.ts';
import { type Migration, readMigrations } from './migrate.ts';
import {
  hashOfStatements,
  type PolicyOptions,
  policySchema,
  policyViewStatements,
  standingPolicies,
} from './policy-views.ts';
import { type RedshiftObject, readRedshiftObjects } from './redshift-objects.ts';

export type Difference = {
  kind: 'migration' | 'table' | 'column' | 'type' | 'view' | 'grant' | 'object';
  /** What it is about: 'retail.orders', 'retail.orders.total_amount', 'policy_b1', '0002-dates.sql'. */
  subject: string;
  /** One sentence for people. */
  sentence: string;
  /** What would bring the warehouse to what Git says; a comment where only a person can decide. */
  sql: string;
};

/**
 * What differs between Git and the warehouse: migrations, tables, columns, types, the policy views of `rights`, and on Redshift
 * grants, procedures and materialised views.
 */
export async function diffWarehouse(
  input: {
    warehouse: Warehouse;
    migrations?: Migration[];
    rights?: Rights[];
    objects?: RedshiftObject[];
  } & PolicyOptions,
): Promise<Difference[]> {
  const { warehouse } = input;
  const migrations = input.migrations ?? (await readMigrations());
  const catalogue = await readCatalogue(migrations);
  const schemas = [...new Set(Object.values(catalogue.tables).map((table) => table.schema))];
  const standing = await standingTables(warehouse, schemas);
  return [
    ...(await migrationDifferences(warehouse, migrations, standing)),
    ...Object.entries(catalogue.tables).flatMap(([key, table]) =>
      tableDifferences(key, table, standing.get(key)),
    ),
    ...[...standing.keys()]
      .filter((key) => !(key in catalogue.tables) && !OWN_TABLES.has(key) && !isPolicyView(key))
      .map((key) => unknownTable(key)),
    ...(await policyDifferences(input, catalogue, standing)),
    ...((await diffRedshift(warehouse, input.objects ?? (await readRedshiftObjects()), schemas)) ?? []),
  ];
}

/** Made by the Redshift adapter before any migration can run. */
const OWN_TABLES = new Set(['ops.write_tokens', 'ops.redshift_objects']);

type StandingColumn = { type: string; length: number | null };

/** Columns by table, as the engine's information_schema has them. */
async function standingTables(
  warehouse: Warehouse,
  schemas: string[],
): Promise<Map<string, Map<string, StandingColumn>>> {
  const result = await warehouse.read({
    sql: `select table_schema, table_name, column_name, data_type, character_maximum_length, numeric_precision, numeric_scale
from information_schema.columns
where table_schema in (${schemas.map((schema) => `'${schema}'`).join(', ')}) or table_schema like 'policy%'
order by table_schema, table_name, ordinal_position`,
    schema: 'information_schema',
    maxRows: 200_000,
    timeoutMs: 60_000,
  });
  const tables = new Map<string, Map<string, StandingColumn>>();
  for (const [schema, name, column, type, length, precision, scale] of result.rows) {
    const key = `${String(schema)}.${String(name)}`;
    const columns = tables.get(key) ?? new Map<string, StandingColumn>();
    tables.set(key, columns);
    columns.set(String(column), {
      type: plainType(String(type), precision, scale),
      length: length === null ? null : Number(length),
    });
  }
  return tables;
}

async function migrationDifferences(
  warehouse: Warehouse,
  migrations: Migration[],
  standing: Map<string, unknown>,
): Promise<Difference[]> {
  const applied = new Map<number, string>();
  if (standing.has('ops.migrations')) {
    const table = await warehouse.read({
      sql: 'select number, sha256 from ops.migrations',
      schema: 'ops',
      maxRows: 10_000,
      timeoutMs: 30_000,
    });
    for (const [number, sha256] of table.rows) applied.set(Number(number), String(sha256).trim());
  }
  return migrations.flatMap(({ number, name, sha256 }): Difference[] => {
    const hash = applied.get(number);
    if (hash === sha256) return [];
    const sentence =
      hash === undefined
        ? `Migration ${name} has not been applied.`
        : `Migration ${name} was changed in Git after it had been applied.`;
    const sql =
      hash === undefined ? '-- plumbline warehouse migrate' : '-- put the file back, write a new one';
    return [{ kind: 'migration', subject: name, sentence, sql }];
  });
}

function tableDifferences(
  key: string,
  table: CatalogueTable,
  standing: Map<string, StandingColumn> | undefined,
): Difference[] {
  if (!standing) {
    const columns = Object.entries(table.columns).map(([name, type]) => `  ${name} ${type}`);
    return [
      {
        kind: 'table',
        subject: key,
        sentence: `Table ${key} is missing.`,
        sql: `create table ${key} (\n${columns.join(',\n')}\n)`,
      },
    ];
  }
  const differences: Difference[] = [];
  for (const [name, type] of Object.entries(table.columns)) {
    const subject = `${key}.${name}`;
    const there = standing.get(name);
    if (!there)
      differences.push({
        kind: 'column',
        subject,
        sentence: `Column ${subject} is missing.`,
        sql: `alter table ${key} add column ${name} ${type}`,
      });
    else if (!sameType(type, there))
      differences.push({
        kind: 'type',
        subject,
        sentence: `Column ${subject} is ${typeWithLength(there)}, and ${type} in Git.`,
        sql: `alter table ${key} alter column ${name} type ${type}`,
      });
  }
  for (const name of standing.keys())
    if (!(name in table.columns))
      differences.push({
        kind: 'column',
        subject: `${key}.${name}`,
        sentence: `Column ${key}.${name} is not in Git.`,
        sql: `-- alter table ${key} drop column ${name}`,
      });
  return differences;
}

function unknownTable(key: string): Difference {
  return {
    kind: 'table',
    subject: key,
    sentence: `Table ${key} is not in Git.`,
    sql: `-- drop table ${key}`,
  };
}

function isPolicyView(key: string): boolean {
  return key.startsWith('policy_');
}

/** Policy schemas come from rights, not from files: those asked about are compared, others need only be ones we made. */
async function policyDifferences(
  input: { warehouse: Warehouse; rights?: Rights[] } & PolicyOptions,
  catalogue: Catalogue,
  standing: Map<string, unknown>,
): Promise<Difference[]> {
  if (!standing.has('ops.policy_schemas')) return [];
  const made = await standingPolicies(input.warehouse);
  const schemas = new Set([...standing.keys()].filter(isPolicyView).map((key) => key.split('.')[0] ?? ''));
  const unknown = [...schemas].filter((schema) => !made.has(schema.replace('policy_', '')));
  const strangers = unknown.map(
    (schema): Difference => ({
      kind: 'view',
      subject: schema,
      sentence: `Schema ${schema} was not made by Plumbline.`,
      sql: `-- drop schema ${schema} cascade`,
    }),
  );
  const known = (input.rights ?? []).flatMap((rights): Difference[] => {
    const statements = policyViewStatements(rights, catalogue, input);
    const schema = policySchema(rights);
    const sql = statements.join(';\n');
    const hash = made.get(rights.id);
    if (hash === undefined)
      return [{ kind: 'view', subject: schema, sentence: `The views of ${schema} were never made.`, sql }];
    if (hash !== hashOfStatements(statements))
      return [{ kind: 'view', subject: schema, sentence: `The views of ${schema} are out of date.`, sql }];
    const missing = statements
      .map((statement) => /^create view (\S+) as/.exec(statement)?.[1])
      .filter((name): name is string => name !== undefined && !standing.has(name));
    return missing.map((name) => ({
      kind: 'view',
      subject: name,
      sentence: `View ${name} is missing.`,
      sql: statements.find((statement) => statement.startsWith(`create view ${name} `)) ?? '',
    }));
  });
  return [...strangers, ...known];
}

/** One spelling for the types of both engines, without lengths of text. */
function plainType(type: string, precision: unknown = null, scale: unknown = null): string {
  const name = type.toLowerCase().replace(/\s+/g, ' ');
  const decimal = /^(?:decimal|numeric)(?:\((\d+),(\d+)\))?$/.exec(name);
  if (decimal)
    return `decimal(${decimal[1] ?? (precision === null ? 18 : Number(precision))},${decimal[2] ?? Number(scale ?? 0)})`;
  if (/^(varchar|character varying|text|char|character|bpchar|json|super)\b/.test(name)) return 'text';
  if (/^timestamp( without time zone)?$/.test(name)) return 'timestamp';
  if (/^(integer|int|int4)$/.test(name)) return 'integer';
  if (/^(bigint|int8)$/.test(name)) return 'bigint';
  if (/^(smallint|int2)$/.test(name)) return 'smallint';
  if (/^(double precision|double|float8|float)$/.test(name)) return 'double';
  if (/^(boolean|bool)$/.test(name)) return 'boolean';
  return name;
}

function sameType(inGit: string, there: StandingColumn): boolean {
  const wanted = plainType(inGit);
  // The embedded engine has 18 digits where Redshift has 19.
  const embedded = wanted.replace(/^decimal\(19,/, 'decimal(18,');
  if (there.type !== wanted && there.type !== embedded) return false;
  const length = /^(?:var)?char\((\d+)\)$/.exec(inGit)?.[1];
  // The embedded engine keeps no lengths.
  return there.length === null || length === undefined || Number(length) === there.length;
}

function typeWithLength(column: StandingColumn): string {
  return column.length === null ? column.type : `${column.type}(${column.length})`;
}
