import { createHash } from 'node:crypto';
import { hasCode } from '../../src/domain/app-error.ts';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { Run } from '../../src/domain/run.ts';
import type { ObjectCreated } from '../../src/ports/object-store.ts';
import { refusedRowsCsv } from '../../src/runs/refused-rows.ts';
import { runNotice } from '../../src/runs/run-notice.ts';
import { WINDOW_METADATA } from '../events/feed-warehouse.ts';
import type { PipelineNeeds } from '../pipeline/pipeline-needs.ts';
import { RunInput } from '../pipeline/run-input.ts';
import { runPipeline } from '../pipeline/run-pipeline.ts';
import { uploadOrigin } from '../stages/upload-origin.ts';
import { type ReadyNote, readReadyNote } from './ready-note.ts';

type Source = { name: string; object: ObjectRef; etag: string; feed?: string | undefined };

/** Where people and systems put files. */
export const INCOMING = 'incoming/';
/** Put last into `incoming/<set>/...`, it says that the set is complete. */
const READY = '_ready';

/**
 * A file was put into the ingestion bucket. A file straight under `incoming/` is a run by itself; files in a folder
 * below it wait for the folder's `_ready` and are then one run. The run's id follows from the event, so an event that
 * comes again, even at the same moment, makes no second run. A file that was gone before it could be read is a failed
 * run that says so.
 */
export async function objectCreated(
  event: ObjectCreated,
  needs: PipelineNeeds,
  more: Pick<RunInput, 'feedsFile'> = {},
): Promise<Run | null> {
  const { bucket, key } = event.ref;
  if (!key.startsWith(INCOMING)) return null;
  const rest = key.slice(INCOMING.length);
  const name = rest.split('/').at(-1) ?? '';
  const isFolder = rest.includes('/');
  if (name === '' || isFolder !== (name === READY)) return null;
  const note = isFolder ? await noteOf(event.ref, needs) : {};
  const id = note.run ?? runOf(event);
  const before = await needs.runLog.find(id);
  if (before) return finishEarlier(before, needs);
  const files = isFolder
    ? await filesIn({ bucket, key: key.slice(0, -READY.length) }, note, needs)
    : [{ name, object: event.ref, etag: event.etag }];
  if (files.length === 0) return null;
  const metadata = (await needs.objects.head(event.ref))?.metadata ?? {};
  const input: RunInput = {
    files,
    set: note.set ?? metadata['set'] ?? null,
    feed: metadata['feed'] ?? null,
    startedBy: note.startedBy ?? metadata['person'] ?? 'ingestion',
    replyTo: replyTo(metadata),
    again: note.again ?? false,
    redriven: null,
    newestWins: note.newestWins,
    notes: note.notes,
    upload: uploadOrigin(metadata),
    eventWindow: metadata[WINDOW_METADATA],
    ...more,
  };
  try {
    const run = await runPipeline(input, needs, id);
    return run.outcome === 'running' ? run : await putAway(run, needs);
  } catch (thrown) {
    // The same event, told to another process at the same moment, made the run first.
    if (hasCode(thrown, 'records.conflict')) return null;
    throw thrown;
  }
}

/** What is under `incoming/` and had no event, or one that nobody finished, is told again: each event has its one run. */
async function finishEarlier(run: Run, needs: PipelineNeeds): Promise<Run | null> {
  return run.outcome === 'running' ? null : putAway(run, needs);
}

/** For a run that another process drove to its end. A run that is still open is the sweeper's. */
export async function putAwayRun(id: string, needs: PipelineNeeds): Promise<Run | null> {
  const run = await needs.runLog.find(id);
  return run ? finishEarlier(run, needs) : null;
}

function runOf({ ref, etag, sequencer }: ObjectCreated): string {
  const hash = createHash('sha256').update(JSON.stringify([ref.bucket, ref.key, etag, sequencer]));
  return `run-ev-${hash.digest('hex').slice(0, 24)}`;
}

async function noteOf(ready: ObjectRef, { objects }: PipelineNeeds): Promise<ReadyNote> {
  const found = await objects.head(ready);
  if (!found) return {};
  const { info, body } = await objects.get(ready);
  return readReadyNote(body, info.sizeBytes);
}

async function filesIn(folder: ObjectRef, note: ReadyNote, needs: PipelineNeeds): Promise<Source[]> {
  const files: Source[] = [];
  for await (const info of needs.objects.list(folder.bucket, folder.key)) {
    const name = info.ref.key.slice(folder.key.length);
    if (name !== READY) files.push({ name, object: info.ref, etag: info.etag, feed: note.files?.[name] });
  }
  return files;
}

/** Landed copies are kept; what came in goes to `archive/`, or to `quarantine/` with a report beside it when the run failed. */
async function putAway(run: Run, needs: PipelineNeeds): Promise<Run> {
  const input = RunInput.parse(run.outputs['input']);
  const place = `${run.outcome === 'failed' ? 'quarantine' : 'archive'}/${run.id}/`;
  const sources = input.files.flatMap((file) =>
    'object' in file && file.object.key.startsWith(INCOMING) ? [file] : [],
  );
  for (const { object: ref, etag } of sources) {
    // A newer version that came in the meantime has an event, and a run, of its own.
    if ((await needs.objects.head(ref))?.etag !== etag) continue;
    await needs.objects.copy(ref, { ...ref, key: `${place}${ref.key.slice(INCOMING.length)}` });
    await needs.objects.delete(ref);
  }
  const first = sources[0]?.object;
  if (!first) return run;
  const folder = first.key.slice(0, first.key.lastIndexOf('/') + 1);
  if (folder !== INCOMING) await needs.objects.delete({ bucket: first.bucket, key: folder + READY });
  if (run.outcome === 'failed' || run.rows.refused + run.rows.waiting > 0)
    await writeReport(run, { bucket: first.bucket, key: place }, needs);
  return run;
}

/** Beside the files: what went wrong in words, and the refused rows as a table. */
async function writeReport(run: Run, place: ObjectRef, needs: PipelineNeeds): Promise<void> {
  const { headline, sentences } = runNotice(run);
  const text = [headline, '', ...sentences, ''].join('\n');
  const options = { contentType: 'text/plain; charset=utf-8' };
  await needs.objects.put({ ...place, key: `${place.key}REPORT.txt` }, text, options);
  const refused = await refusedRowsCsv(run.id, needs.warehouse);
  if (refused) await needs.objects.put({ ...place, key: `${place.key}${refused.name}` }, refused.csv);
}

function replyTo(metadata: Record<string, string>): { channel: string; thread: string } | null {
  const channel = metadata['reply-channel'];
  const thread = metadata['reply-thread'];
  return channel && thread ? { channel, thread } : null;
}
