import { AppError } from '../../src/domain/app-error.ts';
import type { Place, SourceReading, SourceTableName } from '../../src/ports/source-database.ts';
import { type Feed, plainName } from '../feeds/feed.ts';
import type { Extract, ExtractTable } from './extract.ts';
import { type ExtractNeeds, folderOf } from './extract-needs.ts';
import type { Round, StateRecord, TableState } from './extract-state.ts';
import { noteDrift } from './note-drift.ts';
import { openSeenRows, type SeenRows } from './seen-rows.ts';
import { writeFile } from './write-file.ts';

type Plan = { table: ExtractTable; source: SourceTableName; columns: string[]; nullable: boolean };

/**
 * One look at the source: reads all that no earlier look has read, and what has changed since. Each file that is
 * written is recorded before the next, so that another look goes on from there.
 */
export async function readLeg(extract: Extract, record: StateRecord, needs: ExtractNeeds): Promise<SeenRows> {
  const reading = await needs.source.begin();
  try {
    const plans: Plan[] = [];
    for (const table of extract.tables) plans.push(await planTable(extract, table, record, reading, needs));
    await beginLeg(plans, record, reading);
    const round = record.state.round as Round;
    // Only in the first look: in a later one, what an earlier look of this round has given is newer than that.
    const seen = await openSeenRows(round.leg === 1 ? record.state.seen : null, needs);
    for (const plan of plans) await readTable(extract, plan, seen, record, reading, needs);
    return seen;
  } finally {
    await reading.close();
  }
}

async function planTable(
  extract: Extract,
  table: ExtractTable,
  record: StateRecord,
  reading: SourceReading,
  needs: ExtractNeeds,
): Promise<Plan> {
  const source = { table: table.from, key: table.key, watermark: table.watermark, where: table.where };
  const { columns, keyIsUnique } = await reading.describe(source);
  const feed = feedOf(extract, table, needs);
  const notes = noteDrift({ table, feed, columns, before: record.state.columns[table.feed] });
  if (keyIsUnique === false)
    throw new AppError('source.refused', {
      detail: `Nothing in ${table.from} makes ${table.key.join(', ')} unique, so rows could be passed over. Declare the table's whole key.`,
    });
  const round = record.state.round as Round;
  const fresh = notes.filter((note) => !round.notes.includes(note));
  for (const note of fresh) needs.onProgress?.(note);
  await record.save({
    columns: {
      ...record.state.columns,
      [table.feed]: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    },
    round: { ...round, notes: [...round.notes, ...fresh] },
  });
  const wanted = new Set(
    feed.columns.flatMap(({ header, synonyms }) => [header, ...synonyms]).map(plainName),
  );
  return {
    table,
    source,
    columns: columns.map(({ name }) => name).filter((name) => wanted.has(plainName(name))),
    nullable: columns.some(({ name, nullable }) => name === table.watermark && nullable),
  };
}

function feedOf(extract: Extract, { feed }: ExtractTable, needs: ExtractNeeds): Feed {
  return needs.feeds
    .find(({ name }) => name === extract.set)
    ?.feeds.find(({ name }) => name === feed) as Feed;
}

/** Where each table is read from in this look; recorded with how far it will have reached before anything is read. */
async function beginLeg(plans: Plan[], record: StateRecord, reading: SourceReading): Promise<void> {
  const round = record.state.round as Round;
  const tables: Round['tables'] = {};
  for (const { table, source } of plans) {
    const before = round.tables[table.feed];
    tables[table.feed] = {
      bounds: boundsAfter(before, table.watermark, round.low[table.feed] ?? null),
      at: null,
      done: false,
      reach: await reading.reach(source),
      rows: before?.rows ?? 0,
      files: before?.files ?? 0,
    };
  }
  await record.save({ round: { ...round, leg: round.leg + 1, tables } });
}

/**
 * What an earlier look has read stays read, but for rows that changed since: those lie past that look's reach. Tables
 * without a watermark are read again wholly.
 */
function boundsAfter(
  before: TableState | undefined,
  watermark: string | null,
  low: string | null,
): TableState['bounds'] {
  if (watermark === null) return null;
  if (before === undefined) return low === null ? null : { after: null, from: low };
  const { at, reach, bounds } = before;
  if (at === null) return bounds;
  if (reach === null) return null;
  return { after: at.part === 'marked' ? at.after : null, from: reach };
}

async function readTable(
  extract: Extract,
  plan: Plan,
  seen: SeenRows,
  record: StateRecord,
  reading: SourceReading,
  needs: ExtractNeeds,
): Promise<void> {
  const { feed } = plan.table;
  const state = (): TableState => (record.state.round as Round).tables[feed] as TableState;
  const keep = async (change: Partial<TableState>): Promise<void> => {
    const round = record.state.round as Round;
    await record.save({
      round: { ...round, tables: { ...round.tables, [feed]: { ...state(), ...change } } },
    });
  };
  const parts =
    plan.source.watermark === null
      ? ['unmarked' as const]
      : plan.nullable
        ? (['marked', 'unmarked'] as const)
        : ['marked' as const];
  for (const part of parts) {
    let after: Place | null = null;
    for (let more = true; more; ) {
      const { leg } = record.state.round as Round;
      const name = `${feed}-${pad(leg, 3)}-${pad(state().files + 1, 6)}.csv.gz`;
      const ref = {
        bucket: needs.ingestionBucket,
        key: folderOf(extract, record.state.round as Round) + name,
      };
      const { bounds } = state();
      const written = await writeFile(ref, plan.columns, extract.fileRows, needs.objects, async (rows) => {
        const found = await reading.read({
          ...plan.source,
          columns: plan.columns,
          part,
          after: after ?? (part === 'marked' ? (bounds?.after ?? null) : null),
          from: after === null && part === 'marked' ? (bounds?.from ?? null) : null,
          rows: Math.min(rows, extract.chunkRows),
        });
        after = found.at(-1)?.place ?? after;
        const full = found.length === Math.min(rows, extract.chunkRows);
        return { rows: seen.unseen(feed, found), read: found.length, more: full };
      });
      await needs.failpoint?.('extract-file');
      more = written.more;
      const place: Place | null = after;
      await keep({
        // Rows without a watermark are read again in a later look, and so are marked ones past the last bound.
        at:
          part === 'marked' && place !== null
            ? { part, after: place }
            : (state().at ?? (place ? { part, after: place } : null)),
        rows: state().rows + written.rows,
        files: state().files + (written.rows > 0 ? 1 : 0),
      });
      needs.onProgress?.(`${feed}: ${state().rows} rows`);
      await needs.failpoint?.('extract-recorded');
    }
  }
  await keep({ done: true });
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0');
}
