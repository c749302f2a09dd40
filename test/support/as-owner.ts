import type { Warehouse } from '../../src/ports/warehouse.ts';
import { ensureRedshiftObjects, readRedshiftObjects } from '../../src/warehouse/redshift-objects.ts';
import { loginStatements } from '../../src/warehouse/warehouse-logins.ts';

/** What the task `migrate` does after the migrations: what Redshift alone has, roles, logins and grants. */
export async function asOwner(warehouse: Warehouse): Promise<void> {
  const login = (who: string) => ({ username: `plumbline_${who}`, password: 'long-and-secret-enough' });
  const logins = { loader: login('loader'), reader: login('reader') };
  await ensureRedshiftObjects(warehouse, await readRedshiftObjects());
  const none = { users: new Set<string>(), roles: new Set<string>() };
  const steps = loginStatements(logins, 'plumbline', none).map((sql) => ({ sql }));
  await warehouse.write({ token: 'logins', steps });
}
