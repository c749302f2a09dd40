import { ReadyNote } from '../handlers/ready-note.ts';
import type { Extract } from './extract.ts';
import { type ExtractNeeds, folderOf, readyKey } from './extract-needs.ts';
import type { Round, StateRecord } from './extract-state.ts';
import type { SeenRows } from './seen-rows.ts';

/** All is read. With no rows, the round is over; else its files wait for the word that they are complete. */
export async function sealRound(
  record: StateRecord,
  seen: SeenRows,
  extract: Extract,
  needs: ExtractNeeds,
): Promise<void> {
  const round = record.state.round as Round;
  const key = `extracts/${extract.name}/${round.id}-seen.json.gz`;
  await seen.save(key);
  const before = record.state.seen;
  const isEmpty = Object.values(round.tables).every(({ rows }) => rows === 0);
  if (isEmpty) {
    await removeFiles(extract, round, needs);
    const low = Object.fromEntries(Object.entries(round.tables).map(([feed, table]) => [feed, table.reach]));
    await record.save({ low: { ...record.state.low, ...low }, round: null, seen: key });
  } else {
    await record.save({ round: { ...round, sealed: true }, seen: key });
    await needs.failpoint?.('extract-sealed');
  }
  if (before !== null && before !== key)
    await needs.objects.delete({ bucket: needs.landingBucket, key: before });
}

/** Says that the set is complete, and what its files are. Said again it says the same. */
export async function sayReady(extract: Extract, round: Round, needs: ExtractNeeds): Promise<void> {
  const files: Record<string, string> = {};
  const folder = folderOf(extract, round);
  for await (const { ref } of needs.objects.list(needs.ingestionBucket, folder)) {
    const name = ref.key.slice(folder.length);
    const feed = /^(.+)-\d{3}-\d{6}\.csv\.gz$/.exec(name)?.[1];
    if (feed !== undefined) files[name] = feed;
  }
  const note: ReadyNote = {
    run: round.run,
    set: extract.set,
    startedBy: `extract ${extract.name}`,
    files,
    newestWins: true,
    again: true,
    notes: round.notes,
  };
  await needs.objects.put(
    { bucket: needs.ingestionBucket, key: readyKey(extract, round) },
    JSON.stringify(note),
    { contentType: 'application/json' },
  );
  await needs.failpoint?.('extract-ready');
}

async function removeFiles(extract: Extract, round: Round, needs: ExtractNeeds): Promise<void> {
  for await (const { ref } of needs.objects.list(needs.ingestionBucket, folderOf(extract, round)))
    await needs.objects.delete(ref);
}
