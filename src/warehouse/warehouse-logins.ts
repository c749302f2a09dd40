import { createHash } from 'node:crypto';
import type { Warehouse } from '../ports/warehouse.ts';

/** A login of the warehouse, as its secret has it. */
export type Login = { username: string; password: string };

/** May change facts and make policy views; owns what it makes and nothing else. */
export const LOADING_ROLE = 'plumbline_loading';
/** May read the policy schemas, each granted as it is made, and nothing else: not retail, not ops, not history. */
export const ASKING_ROLE = 'plumbline_asking';

/** Logins that own what they make; an owner's rights are no grants. */
export const OWNERS: readonly string[] = ['plumbline_owner', 'plumbline_loader'];
const FACTS = ['retail', 'ops', 'history'];

/** Grants on schemas that have to stand; on tables they follow `on all tables`. */
export function wantedGrants(schemas: readonly string[]): { on: string; privilege: string; role: string }[] {
  return [
    ...FACTS.map((on) => ({ on, privilege: 'usage', role: LOADING_ROLE })),
    ...['usage', 'create'].map((privilege) => ({ on: 'staging', privilege, role: LOADING_ROLE })),
  ].filter(({ on }) => on === 'staging' || schemas.includes(on));
}

/** Above the limit that each question carries itself, so that this one is only met when that one is lost. */
const QUESTION_TIMEOUT_MS = 120_000;
const LOAD_TIMEOUT_MS = 3_600_000;

/** What stands already, so that statements that cannot be repeated are not. */
export type StandingLogins = { users: ReadonlySet<string>; roles: ReadonlySet<string> };

export async function standingLogins(warehouse: Warehouse): Promise<StandingLogins> {
  const names = async (sql: string) =>
    new Set(
      (await warehouse.read({ sql, schema: 'pg_catalog', maxRows: 10_000, timeoutMs: 60_000 })).rows.map(
        ([name]) => String(name).trim(),
      ),
    );
  return {
    users: await names('select usename from pg_user'),
    roles: await names('select role_name from svv_roles'),
  };
}

/**
 * Brings roles, logins and grants to what is written here; run by the owner after each migration, so that tables that are
 * new are granted too. A password that was changed in its secret is changed with it. Only its hash is in the SQL.
 */
export function loginStatements(
  logins: { loader: Login; reader: Login },
  database: string,
  standing: StandingLogins,
): string[] {
  const role = (name: string) => (standing.roles.has(name) ? [] : [`create role ${name}`]);
  return [
    ...role(LOADING_ROLE),
    ...role(ASKING_ROLE),
    ...loginOf(logins.loader, LOADING_ROLE, LOAD_TIMEOUT_MS, standing),
    ...loginOf(logins.reader, ASKING_ROLE, QUESTION_TIMEOUT_MS, standing),
    // Nobody has anything that is not given here.
    `revoke all on database ${identifier(database)} from public`,
    ...['retail', 'ops', 'staging', 'history', 'public'].map(
      (schema) => `revoke all on schema ${schema} from public`,
    ),
    // Policy schemas are made as people come whose rights are new.
    `grant create, temporary on database ${identifier(database)} to role ${LOADING_ROLE}`,
    // To see, each night, whether anybody was given what Git does not give.
    `grant access system table to role ${LOADING_ROLE}`,
    ...FACTS.flatMap((schema) => [
      `grant usage on schema ${schema} to role ${LOADING_ROLE}`,
      `grant select, insert, update, delete on all tables in schema ${schema} to role ${LOADING_ROLE}`,
    ]),
    `grant usage, create on schema staging to role ${LOADING_ROLE}`,
  ];
}

function loginOf(
  { username, password }: Login,
  role: string,
  timeoutMs: number,
  standing: StandingLogins,
): string[] {
  const user = identifier(username);
  const hash = `md5${createHash('md5').update(`${password}${username}`).digest('hex')}`;
  return [
    `${standing.users.has(username) ? 'alter' : 'create'} user ${user} password '${hash}'`,
    `alter user ${user} set statement_timeout to ${timeoutMs}`,
    `grant role ${role} to ${user}`,
  ];
}

function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) throw new Error(`'${name}' is no name for the warehouse.`);
  return name;
}
