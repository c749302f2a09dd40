import type { Role } from '../domain/rights.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import type { LedgerSettings } from './ledger-settings.ts';

/** Who is acting: what of their rights matters here. */
export type Actor = {
  user: string;
  name: string;
  roles: readonly Role[];
  /** Undefined: every branch. */
  branches: readonly string[] | undefined;
};

export type LedgerNeeds = {
  settings: LedgerSettings;
  smallRecords: VersionedRecords;
  objects: ObjectStore;
  /** Where files come in. */
  ingestionBucket: string;
  companyCurrency(): Promise<string>;
  branches(): Promise<readonly { id: string; name: string }[]>;
  /** Those of these journals that the warehouse has. */
  inWarehouse(journals: readonly string[]): Promise<ReadonlySet<string>>;
  /** How many runs are under way that may bring entries; with undos, a month is not closed over their heads. */
  loadsUnderWay(): Promise<number>;
  clock: Clock;
  ids: Ids;
};

export function has(actor: Actor, roles: readonly Role[]): boolean {
  return actor.roles.some((role) => roles.includes(role));
}

/** An actor with a row filter sees the entries of those branches alone. */
export function sees(actor: Actor, record: { branch: string | null }): boolean {
  return !actor.branches || (record.branch !== null && actor.branches.includes(record.branch));
}
