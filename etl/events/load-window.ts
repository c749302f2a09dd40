import type { PipelineNeeds } from '../pipeline/pipeline-needs.ts';
import { runPipeline } from '../pipeline/run-pipeline.ts';
import type { WindowFile } from './feed-warehouse.ts';

/**
 * Runs the pipeline over a file of events and waits for its end. Rows that the feed's rules refuse do not hold up
 * the others: events cannot be sent back as a file can.
 */
export async function loadWindow(file: WindowFile, needs: PipelineNeeds): Promise<boolean> {
  const feeds = needs.feeds.map((set) => ({
    ...set,
    tolerance: { share: 1 },
    feeds: set.feeds.map((feed) => ({ ...feed, tolerance: { share: 1 } })),
  }));
  const run = await runPipeline(
    {
      files: [{ name: file.name, object: file.ref }],
      set: file.set,
      feed: file.feed,
      startedBy: 'events',
      replyTo: null,
      again: false,
      redriven: null,
      eventWindow: file.name,
    },
    { ...needs, feeds },
  );
  const loaded = run.outcome !== 'failed';
  const { bucket, key } = file.ref;
  if (loaded) await needs.objects.copy(file.ref, { bucket, key: `archive/${run.id}/${key}` });
  await needs.objects.delete(file.ref);
  return loaded;
}
