import { fileURLToPath } from 'node:url';
import { readLedgerSettings } from './ledger/ledger-settings.ts';
import type { LedgerNeeds } from './ledger/needs.ts';
import { localeOf } from './questions/answer-words.ts';
import type { Plumbline } from './wiring.ts';

const DEFAULT_LEDGER = fileURLToPath(new URL('./ledger/ledger.yaml', import.meta.url));
const KEPT_MS = 10 * 60_000;

/** Money records of this installation. Errors: config.invalid with the settings' file and line. */
export function wireLedger(plumbline: Plumbline): LedgerNeeds {
  const { config, questions, warehouse, smallRecords, objects, runLog, clock, ids } = plumbline;
  return {
    settings: readLedgerSettings(config.ledgerFile ?? DEFAULT_LEDGER),
    smallRecords,
    objects,
    ingestionBucket: config.objects.buckets.ingestion,
    companyCurrency: async () => localeOf(await questions.facts(), questions).currency,
    // A form has to open within three seconds of the command; a warehouse that was asleep takes longer.
    branches: keptFor(KEPT_MS, async () => {
      const found = await warehouse.read({
        sql: 'select branch_id, name from branches order by branch_id',
        schema: 'retail',
        maxRows: 2_000,
        timeoutMs: 30_000,
      });
      return found.rows.map(([id, name]) => ({ id: String(id), name: String(name) }));
    }),
    inWarehouse: async (journals) => {
      const there = new Set<string>();
      for (let start = 0; start < journals.length; start += 200) {
        const some = journals.slice(start, start + 200);
        const found = await warehouse.read({
          sql: `select distinct journal_id from ledger_entries where journal_id in (${some.map((_, index) => `:j${index}`).join(', ')})`,
          params: Object.fromEntries(some.map((journal, index) => [`j${index}`, journal])),
          schema: 'retail',
          maxRows: some.length,
          timeoutMs: 30_000,
        });
        for (const [journal] of found.rows) there.add(String(journal));
      }
      return there;
    },
    loadsUnderWay: async () => (await runLog.list({ limit: 50, outcome: 'running' })).length,
    clock,
    ids,
  };
}

/** Kept for a time; after it the old value is given once more while a new one is read. Nothing is kept of a failure. */
function keptFor<T>(forMs: number, read: () => Promise<T[]>): () => Promise<T[]> {
  let value: T[] | undefined;
  let until = 0;
  let reading: Promise<T[]> | undefined;
  const renew = () => {
    reading ??= read()
      .then((fresh) => {
        value = fresh;
        // Before the first load there are none; then look again.
        until = fresh.length > 0 ? Date.now() + forMs : 0;
        return fresh;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  return async () => {
    if (!value || value.length === 0) return renew();
    if (Date.now() > until) renew().catch(() => undefined);
    return value;
  };
}
