import type { Clock } from '../ports/clock.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { type TellOnceNeeds, tellOnce } from './tell-once.ts';

/** What a load, or a look at the events, found to be wrong. */
export type FoundWrong = { batch: string | null; feed: string | null; sentences: string[] };

export type FindingsNeeds = TellOnceNeeds & {
  warehouse: Warehouse;
  clock: Clock;
  smallRecords: Pick<VersionedRecords, 'find' | 'save'>;
  poster: {
    post(found: FoundWrong, key: string): Promise<string>;
    findPosted(key: string): Promise<string | null>;
  };
};

const DAYS_BACK = 3;
const MOST = 100;
const KIND = 'told-findings';

/**
 * Tells errors that loads and reconciliations found, each once, those of one load together; what is older than three days is
 * not news. The findings themselves are in `plumbline findings`, with the query that shows the rows.
 */
export async function tellFindings(needs: FindingsNeeds): Promise<string[]> {
  const told: string[] = [];
  for (const [id, found] of await errorsOf(needs)) {
    const record = await needs.smallRecords.find(KIND, id);
    if (record?.value === found.key) continue;
    const sent = await tellOnce(
      {
        key: `finding/${found.key}`,
        findPosted: needs.poster.findPosted,
        post: (key) => needs.poster.post(found, key),
        after: async () =>
          void (await needs.smallRecords.save(KIND, {
            id,
            version: record?.version ?? 0,
            value: found.key,
          })),
      },
      needs,
    );
    if (sent) told.push(id);
  }
  return told;
}

/** By load, or by the look that found them. The key changes with what is found. */
async function errorsOf({
  warehouse,
  clock,
}: FindingsNeeds): Promise<Map<string, FoundWrong & { key: string }>> {
  const since = new Date(clock.now().getTime() - DAYS_BACK * 86_400_000).toISOString();
  const found = await warehouse.read({
    sql: `select f.finding_id, f.batch_id, b.feed, f.check_name, f.sentence
from ops.findings f
left join ops.load_batches b on b.batch_id = f.batch_id
where b.undone_at is null and f.severity = 'error' and f.found_at >= cast(:since as timestamp)
order by f.found_at, f.finding_id`,
    params: { since: since.slice(0, 19).replace('T', ' ') },
    schema: 'retail',
    maxRows: MOST,
    timeoutMs: 30_000,
  });
  const errors = new Map<string, FoundWrong & { key: string }>();
  for (const [finding, batch, feed, check, sentence] of found.rows) {
    const id = batch === null ? String(finding).replace(`-${String(check)}`, '') : String(batch);
    const one = errors.get(id) ?? {
      batch: batch === null ? null : String(batch),
      feed: feed === null ? null : String(feed),
      sentences: [],
      key: id,
    };
    one.sentences.push(String(sentence));
    one.key += ` ${String(check)}`;
    errors.set(id, one);
  }
  return errors;
}
