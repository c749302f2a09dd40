import { z } from 'zod';
import { readSecret } from './adapters/secrets-manager.ts';
import type { Config } from './config.ts';
import type { ObjectStore } from './ports/object-store.ts';
import { migrateWarehouse, readMigrations } from './warehouse/migrate.ts';
import { ensureRedshiftObjects, readRedshiftObjects } from './warehouse/redshift-objects.ts';
import { type Login, loginStatements, standingLogins } from './warehouse/warehouse-logins.ts';
import { openCloudWarehouse } from './wire-cloud-warehouse.ts';

const Secret = z.object({ username: z.string(), password: z.string().min(16) });

/** Brings the schema to what Git says as its owner, and then the logins of the pipelines and of the questions. */
export async function migrateAsOwner(
  warehouse: Extract<Config['warehouse'], { kind: 'redshift' }>,
  ownerSecretArn: string,
  objects: ObjectStore,
): Promise<void> {
  const { secretArn, readerSecretArn, database } = warehouse;
  const owner = openCloudWarehouse(
    { ...warehouse, secretArn: ownerSecretArn, readerSecretArn: undefined },
    objects,
  );
  try {
    await migrateWarehouse({ warehouse: owner, migrations: await readMigrations() });
    await ensureRedshiftObjects(owner, await readRedshiftObjects());
    if (!secretArn || !readerSecretArn) return;
    const logins = { loader: await loginIn(secretArn), reader: await loginIn(readerSecretArn) };
    const statements = loginStatements(logins, database, await standingLogins(owner));
    await owner.write({ token: `logins-${Date.now()}`, steps: statements.map((sql) => ({ sql })) });
  } finally {
    await owner.close();
  }
}

async function loginIn(arn: string): Promise<Login> {
  return Secret.parse(JSON.parse(await readSecret(arn)));
}
