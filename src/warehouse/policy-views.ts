import { createHash, randomUUID } from 'node:crypto';
import { AppError } from '../domain/app-error.ts';
import type { Rights } from '../domain/rights.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { type Catalogue, type CatalogueTable, readCatalogue, tablesIn } from './catalogue.ts';

export type PolicyOptions = {
  /** Mixed into the masks, so that a list of known addresses cannot be hashed and compared. */
  maskSalt?: string;
  /** Who may read the views, as GRANT wants it: 'role plumbline_reader'. Means nothing to the embedded engine. */
  grantTo?: string;
};

export function policySchema(rights: Pick<Rights, 'id'>): string {
  if (!/^[a-z0-9_]{1,40}$/.test(rights.id))
    throw new AppError('internal', { context: { rightsId: rights.id.slice(0, 60) } });
  return `policy_${rights.id}`;
}

/**
 * Statements that make the schema of one set of rights anew: a view per readable table, with the allowed rows only, and
 * personal columns clear, masked or absent. A fact that a row filter cannot be followed to shows no rows at all.
 */
export function policyViewStatements(
  rights: Rights,
  catalogue: Catalogue,
  options: PolicyOptions = {},
): string[] {
  const schema = policySchema(rights);
  const tables = tablesIn(catalogue, 'retail');
  const views = Object.values(tables)
    .filter((table) => mayRead(rights, table.name))
    .map((table) => viewStatement(table, tables, rights, options));
  const grants = options.grantTo
    ? [
        `grant usage on schema ${schema} to ${options.grantTo}`,
        `grant select on all tables in schema ${schema} to ${options.grantTo}`,
      ]
    : [];
  return [`drop schema if exists ${schema} cascade`, `create schema ${schema}`, ...views, ...grants];
}

const made = new WeakMap<Warehouse, Map<string, string>>();

/** Makes the policy schemas that are missing or out of date; gives the ids that were made. Costs nothing when all stand. */
export async function ensurePolicyViews(
  input: { warehouse: Warehouse; catalogue?: Catalogue; now?: Date } & PolicyOptions,
  rights: Rights[],
): Promise<string[]> {
  const { warehouse, now = new Date() } = input;
  const catalogue = input.catalogue ?? (await ownCatalogue());
  const wanted = new Map(
    rights.map((each) => {
      const statements = policyViewStatements(each, catalogue, input);
      return [each.id, { statements, sha256: hashOfStatements(statements) }];
    }),
  );
  const known = made.get(warehouse) ?? new Map<string, string>();
  made.set(warehouse, known);
  const stale = () => [...wanted].filter(([id, { sha256: hash }]) => known.get(id) !== hash);
  if (stale().length === 0) return [];
  for (const [id, hash] of await standingPolicies(warehouse)) known.set(id, hash);
  const toMake = stale();
  if (toMake.length === 0) return [];
  for (const group of groupsOf(toMake, 40)) {
    await warehouse.write({
      // Rights may go back to what they once were: such a write is no repetition.
      token: `policies-${randomUUID()}`,
      steps: group.flatMap(([id, { statements, sha256: hash }]) => [
        ...statements.map((sql) => ({ sql })),
        { sql: 'delete from ops.policy_schemas where rights_id = :id', params: { id } },
        {
          sql: `insert into ops.policy_schemas (rights_id, sha256, made_at)
values (:id, :hash, cast(:made_at as timestamp))`,
          params: { id, hash, made_at: now.toISOString().slice(0, 19).replace('T', ' ') },
        },
      ]),
    });
    for (const [id, { sha256: hash }] of group) known.set(id, hash);
  }
  return toMake.map(([id]) => id);
}

/** Hash by rights id of the policy schemas that stand. */
export async function standingPolicies(warehouse: Warehouse): Promise<Map<string, string>> {
  const table = await warehouse.read({
    sql: 'select rights_id, sha256 from ops.policy_schemas',
    schema: 'ops',
    isOurs: true,
    maxRows: 100_000,
    timeoutMs: 30_000,
  });
  return new Map(table.rows.map(([id, hash]) => [String(id), String(hash).trim()]));
}

function mayRead(rights: Rights, table: string): boolean {
  return rights.tables === 'all' || table === 'dates' || rights.tables.includes(table);
}

function viewStatement(
  table: CatalogueTable,
  tables: Record<string, CatalogueTable>,
  rights: Rights,
  options: PolicyOptions,
): string {
  const columns = Object.keys(table.columns)
    .filter((column) => rights.personalData !== 'none' || !table.personal.includes(column))
    .map((column) => {
      const masked = rights.personalData === 'masked' && table.personal.includes(column);
      return masked ? maskedColumn(column, options.maskSalt ?? '') : `t.${column}`;
    });
  const conditions = Object.entries(rights.rowFilters)
    .map(([column, values]) => rowCondition(table, tables, column, values))
    .filter((condition) => condition !== undefined);
  const where = conditions.length > 0 ? `\nwhere ${conditions.join('\n  and ')}` : '';
  return `create view ${policySchema(rights)}.${table.name} as
select ${columns.join(', ')}
from retail.${table.name} t${where}`;
}

/** The same value has the same mask everywhere, so joins and counts still work. */
function maskedColumn(column: string, salt: string): string {
  const hash = `substring(md5(${quote(salt)} || t.${column}), 1, 12)`;
  return `case when t.${column} is null then null else 'masked-' || ${hash} end as ${column}`;
}

/** How a table without the filtered column is tied to one that may have it. */
const LINKS = [
  { key: 'order_id', to: 'orders' },
  { key: 'branch_id', to: 'branches' },
  { key: 'product_id', to: 'products' },
  { key: 'seller_id', to: 'sellers' },
] as const;

const DIMENSIONS = new Set(['dates', 'customers', 'products', 'branches', 'sellers']);

/** undefined: the filter does not concern this table. */
function rowCondition(
  table: CatalogueTable,
  tables: Record<string, CatalogueTable>,
  column: string,
  values: string[],
): string | undefined {
  if (!/^[a-z_][a-z0-9_]*$/.test(column)) return '1 = 0';
  const allowed = values.length > 0 ? `in (${values.map(quote).join(', ')})` : 'in (null)';
  if (column in table.columns) return `t.${column} ${allowed}`;
  // People who bought nothing from the allowed rows are none of the reader's business.
  const throughOrders = table.name === 'customers' ? allowedOrders(tables, column, allowed) : undefined;
  if (throughOrders)
    return `t.customer_id in (select o.customer_id from retail.orders o where ${throughOrders})`;
  if (DIMENSIONS.has(table.name)) return undefined;
  for (const { key, to } of LINKS) {
    const target = tables[to];
    if (table.name !== to && key in table.columns && target && column in target.columns)
      return `t.${key} in (select x.${key} from retail.${to} x where x.${column} ${allowed})`;
  }
  return '1 = 0';
}

function allowedOrders(
  tables: Record<string, CatalogueTable>,
  column: string,
  allowed: string,
): string | undefined {
  if (tables['orders'] && column in tables['orders'].columns) return `o.${column} ${allowed}`;
  if (tables['branches'] && column in tables['branches'].columns)
    return `o.branch_id in (select x.branch_id from retail.branches x where x.${column} ${allowed})`;
  return undefined;
}

/** A text literal; the backslash is an escape in Redshift. */
function quote(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

let catalogueOnce: Promise<Catalogue> | undefined;

function ownCatalogue(): Promise<Catalogue> {
  catalogueOnce ??= readCatalogue();
  return catalogueOnce;
}

/** Remembered beside the schema that the statements made. */
export function hashOfStatements(statements: string[]): string {
  return createHash('sha256').update(statements.join(';\n')).digest('hex');
}

function groupsOf<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
