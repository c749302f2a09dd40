import { expect, it } from 'vitest';
import { ASKING_ROLE, LOADING_ROLE, loginStatements } from '../../../src/warehouse/warehouse-logins.ts';

const LOGINS = {
  loader: { username: 'plumbline_loader', password: 'long-and-secret-for-loading' },
  reader: { username: 'plumbline_reader', password: 'long-and-secret-for-asking' },
};
const NOTHING = { users: new Set<string>(), roles: new Set<string>() };

it('gives the login of questions nothing: each policy schema is granted as it is made', () => {
  const statements = loginStatements(LOGINS, 'plumbline', NOTHING);
  const toAskers = statements.filter((sql) => sql.includes(ASKING_ROLE) || sql.includes('plumbline_reader'));
  expect(toAskers.filter((sql) => /^grant (?!role)/.test(sql))).toEqual([]);
  expect(toAskers).toContain(`grant role ${ASKING_ROLE} to plumbline_reader`);
  expect(toAskers.some((sql) => sql.includes('set statement_timeout to 120000'))).toBe(true);
});

it('lets pipelines change facts, and not the schema of them', () => {
  const statements = loginStatements(LOGINS, 'plumbline', NOTHING);
  const toLoaders = statements.filter((sql) => sql.endsWith(`to role ${LOADING_ROLE}`));
  expect(toLoaders).toContain(
    `grant select, insert, update, delete on all tables in schema retail to role ${LOADING_ROLE}`,
  );
  expect(toLoaders.filter((sql) => /create on schema/.test(sql))).toEqual([
    `grant usage, create on schema staging to role ${LOADING_ROLE}`,
  ]);
  expect(statements).toContain('revoke all on schema retail from public');
});

it('can be repeated, and changes passwords that were changed', () => {
  const standing = {
    users: new Set(['plumbline_loader', 'plumbline_reader']),
    roles: new Set([LOADING_ROLE, ASKING_ROLE]),
  };
  const again = loginStatements(LOGINS, 'plumbline', standing);
  expect(again.filter((sql) => sql.startsWith('create '))).toEqual([]);
  expect(again.filter((sql) => /^alter user \w+ password 'md5[0-9a-f]{32}'$/.test(sql))).toHaveLength(2);
});

it('never has a password in the SQL, which the warehouse logs', () => {
  const text = loginStatements(LOGINS, 'plumbline', NOTHING).join(';');
  for (const { password } of Object.values(LOGINS)) expect(text).not.toContain(password);
});

it('takes no name that is more than a name', () => {
  expect(() => loginStatements(LOGINS, 'plumbline; drop', NOTHING)).toThrow('no name');
});
