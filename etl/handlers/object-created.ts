import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { Run } from '../../src/domain/run.ts';
import type { ObjectCreated } from '../../src/ports/object-store.ts';
import type { PipelineNeeds } from '../pipeline/pipeline-needs.ts';
import { RunInput, runPipeline } from '../pipeline/run-pipeline.ts';

/** Where people and systems put files. */
export const INCOMING = 'incoming/';
/** Put last into `incoming/<set>/...`, it says that the set is complete. */
const READY = '_ready';

/**
 * A file was put into the ingestion bucket. A file straight under `incoming/` is a run by itself; files in a folder
 * below it wait for the folder's `_ready` and are then one run. Told twice, it is one load: the second run finds
 * that the same files are loaded. A file that was gone before it could be read is a failed run that says so, unless
 * an earlier run has taken it.
 */
export async function objectCreated(event: ObjectCreated, needs: PipelineNeeds): Promise<Run | null> {
  const { bucket, key } = event.ref;
  if (!key.startsWith(INCOMING)) return null;
  const rest = key.slice(INCOMING.length);
  const name = rest.split('/').at(-1) ?? '';
  if (rest.includes('/')) {
    if (name !== READY) return null;
    return runFolder({ bucket, key: key.slice(0, -READY.length) }, event.ref, needs);
  }
  if (name === READY || name === '') return null;
  const info = await needs.objects.head(event.ref);
  if (!info && (await wasTaken(event, needs))) return null;
  const run = await runPipeline(
    {
      files: [{ name, object: event.ref }],
      set: null,
      feed: info?.metadata['feed'] ?? null,
      startedBy: info?.metadata['person'] ?? 'ingestion',
      replyTo: replyTo(info?.metadata),
      again: false,
      redriven: null,
    },
    needs,
  );
  await takeAway([event.ref], run, needs);
  return run;
}

async function runFolder(folder: ObjectRef, marker: ObjectRef, needs: PipelineNeeds): Promise<Run | null> {
  const files: { name: string; object: ObjectRef }[] = [];
  for await (const info of needs.objects.list(folder.bucket, folder.key)) {
    const name = info.ref.key.slice(folder.key.length);
    if (name !== READY) files.push({ name, object: info.ref });
  }
  if (files.length === 0) return null;
  const run = await runPipeline(
    { files, set: null, feed: null, startedBy: 'ingestion', replyTo: null, again: false, redriven: null },
    needs,
  );
  await takeAway([...files.map((file) => file.object), marker], run, needs);
  return run;
}

/** Landed copies are kept; what came in goes to `archive/`, or to `quarantine/` when the run failed. */
async function takeAway(refs: ObjectRef[], run: Run, needs: PipelineNeeds): Promise<void> {
  const prefix = run.outcome === 'failed' ? 'quarantine' : 'archive';
  for (const ref of refs) {
    const to = { bucket: ref.bucket, key: `${prefix}/${run.id}/${ref.key.slice(INCOMING.length)}` };
    if (!ref.key.endsWith(`/${READY}`) && (await needs.objects.head(ref))) await needs.objects.copy(ref, to);
    await needs.objects.delete(ref);
  }
}

/** An event that came twice, after the first had put the file away. */
async function wasTaken(event: ObjectCreated, needs: PipelineNeeds): Promise<boolean> {
  const runs = await needs.runLog.list({ limit: 200 });
  return runs.some((run) => {
    const input = RunInput.safeParse(run.outputs['input']);
    return (
      input.success && input.data.files.some((file) => 'object' in file && file.object.key === event.ref.key)
    );
  });
}

function replyTo(metadata: Record<string, string> | undefined): { channel: string; thread: string } | null {
  const channel = metadata?.['reply-channel'];
  const thread = metadata?.['reply-thread'];
  return channel && thread ? { channel, thread } : null;
}
