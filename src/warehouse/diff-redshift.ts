import { hasCode } from '../domain/app-error.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { Difference } from './diff-warehouse.ts';
import { madeObjects, type RedshiftObject, standingViews } from './redshift-objects.ts';
import { ASKING_ROLE, LOADING_ROLE, OWNERS, wantedGrants } from './warehouse-logins.ts';

/**
 * What only Redshift has: grants, procedures and materialised views. Undefined on another engine. It needs a login that sees
 * the grants of others: the owner's, or one that may see system tables, as the pipelines' may.
 */
export async function diffRedshift(
  warehouse: Warehouse,
  objects: readonly RedshiftObject[],
  schemas: readonly string[],
): Promise<Difference[] | undefined> {
  const grants = await standingGrants(warehouse);
  if (!grants) return undefined;
  return [
    ...grantDifferences(grants, schemas),
    ...(await objectDifferences(warehouse, objects)),
    ...(await strangeProcedures(warehouse, objects, schemas)),
  ];
}

type Grant = { on: string; privilege: string; to: string; kind: string };

async function standingGrants(warehouse: Warehouse): Promise<Grant[] | undefined> {
  try {
    const { rows } = await warehouse.read({
      sql: `select namespace_name, cast(null as varchar(200)) as relation_name, privilege_type, identity_name, identity_type
from svv_schema_privileges
union all
select namespace_name, relation_name, privilege_type, identity_name, identity_type from svv_relation_privileges`,
      schema: 'pg_catalog',
      maxRows: 1_000_000,
      timeoutMs: 60_000,
    });
    return rows.map(([schema, relation, privilege, to, kind]) => ({
      on: relation === null ? String(schema) : `${String(schema)}.${String(relation)}`,
      privilege: String(privilege).toLowerCase(),
      to: String(to),
      kind: String(kind).toLowerCase(),
    }));
  } catch (thrown) {
    // The embedded engine has one user, and no such view.
    if (hasCode(thrown, 'warehouse.bad-statement')) return undefined;
    throw thrown;
  }
}

function grantDifferences(grants: readonly Grant[], schemas: readonly string[]): Difference[] {
  const ours = (schema: string) =>
    schemas.includes(schema) || schema === 'staging' || schema.startsWith('policy_');
  const own = grants.filter(({ on, to }) => ours(on.split('.')[0] ?? '') && !OWNERS.includes(to));
  const has = (on: string, privilege: string, role: string) =>
    own.some((grant) => grant.on === on && grant.privilege === privilege && grant.to === role);
  const missing = wantedGrants(schemas).filter(({ on, privilege, role }) => !has(on, privilege, role));
  const strange = own.filter((grant) => !isWanted(grant));
  return [
    ...missing.map(
      ({ on, privilege, role }): Difference => ({
        kind: 'grant',
        subject: on,
        sentence: `${role} lacks ${privilege} on schema ${on}.`,
        sql: `grant ${privilege} on schema ${on} to role ${role}`,
      }),
    ),
    ...strange.map(
      ({ on, privilege, to, kind }): Difference => ({
        kind: 'grant',
        subject: on,
        sentence: `${kind} ${to} has ${privilege} on ${on}, which Git does not give.`,
        sql: `-- revoke ${privilege} on ${on.includes('.') ? '' : 'schema '}${on} from ${kind === 'role' ? 'role ' : ''}${to}`,
      }),
    ),
  ];
}

/** The pipelines' role may read and change facts; that of questions may read policy schemas. */
function isWanted({ on, privilege, to }: Grant): boolean {
  const [schema = '', relation] = on.split('.');
  if (to === LOADING_ROLE)
    return relation === undefined
      ? privilege === 'usage' || (schema === 'staging' && privilege === 'create')
      : ['select', 'insert', 'update', 'delete'].includes(privilege);
  if (to === ASKING_ROLE)
    return schema.startsWith('policy_') && privilege === (relation === undefined ? 'usage' : 'select');
  return false;
}

async function objectDifferences(
  warehouse: Warehouse,
  objects: readonly RedshiftObject[],
): Promise<Difference[]> {
  const made = await madeObjects(warehouse).catch(() => new Map<string, string>());
  const standing = await standingViews(warehouse);
  return objects.flatMap(({ kind, schema, name, sha256, sql }): Difference[] => {
    const whole = `${schema}.${name}`;
    const difference = (what: string): Difference[] => [
      { kind: 'object', subject: whole, sentence: `The ${kind} ${whole} ${what}.`, sql },
    ];
    if (kind === 'materialized view' && !standing.has(whole)) return difference('is missing');
    if (!made.has(whole)) return difference('was never made');
    return made.get(whole) === sha256 ? [] : difference('is not as in Git');
  });
}

async function strangeProcedures(
  warehouse: Warehouse,
  objects: readonly RedshiftObject[],
  schemas: readonly string[],
): Promise<Difference[]> {
  const { rows } = await warehouse.read({
    sql: `select schema_name, function_name, function_type from svv_redshift_functions`,
    schema: 'pg_catalog',
    maxRows: 100_000,
    timeoutMs: 60_000,
  });
  const known = new Set(objects.map(({ schema, name }) => `${schema}.${name}`));
  const watched = [...schemas, 'public', 'fast'];
  return rows.flatMap(([schema, name, kind]): Difference[] => {
    const whole = `${String(schema).trim()}.${String(name).trim()}`;
    if (!watched.includes(String(schema).trim()) || known.has(whole)) return [];
    const what = /PROCEDURE/i.test(String(kind)) ? 'Procedure' : 'Function';
    return [
      {
        kind: 'object',
        subject: whole,
        sentence: `${what} ${whole} is not in Git.`,
        sql: `-- drop ${what.toLowerCase()} ${whole}(...)`,
      },
    ];
  });
}
