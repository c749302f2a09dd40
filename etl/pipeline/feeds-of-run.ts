import { stat } from 'node:fs/promises';
import { AppError } from '../../src/domain/app-error.ts';
import type { Run } from '../../src/domain/run.ts';
import type { FeedSet } from '../feeds/feed.ts';
import { loadFeeds } from '../feeds/load-feeds.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';
import { RunInput } from './run-input.ts';

let last: { key: string; feeds: Promise<FeedSet[]> } | undefined;

/** The declarations that a run began with, whoever drives it now. */
export async function feedsOfRun(run: Run, needs: PipelineNeeds): Promise<readonly FeedSet[]> {
  const { feedsFile } = RunInput.parse(run.outputs['input']);
  if (!feedsFile) return needs.feeds;
  const about = await stat(feedsFile).catch((cause: unknown) => {
    throw new AppError('feed.unknown', { detail: `The run's declarations in ${feedsFile} are gone.`, cause });
  });
  const key = `${feedsFile} ${about.mtimeMs}`;
  if (last?.key !== key) last = { key, feeds: loadFeeds([feedsFile]) };
  return last.feeds;
}
