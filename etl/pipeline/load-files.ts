import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { AppError } from '../../src/domain/app-error.ts';
import type { Run } from '../../src/domain/run.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';
import { runPipeline } from './run-pipeline.ts';

export type LoadRequest = {
  /** Files, and folders that are read with all that is below them. */
  paths: string[];
  /** A feed that the sender named; else each file says itself. */
  feed: string | null;
  /** Other declarations than the pipeline's own. */
  feedsFile?: string | undefined;
  startedBy: string;
};

/** Files given together make one run: all of them are loaded, or none. */
export async function loadFiles(request: LoadRequest, needs: PipelineNeeds): Promise<Run[]> {
  const files = (await Promise.all(request.paths.map(filesUnder))).flat();
  if (files.length === 0)
    throw new AppError('usage.wrong', { detail: `There are no files in ${request.paths.join(', ')}.` });
  const run = await runPipeline(
    {
      files,
      set: null,
      feed: request.feed,
      feedsFile: request.feedsFile ? resolve(request.feedsFile) : null,
      startedBy: request.startedBy,
      replyTo: null,
      again: false,
      redriven: null,
    },
    needs,
  );
  return [run];
}

async function filesUnder(path: string): Promise<{ name: string; path: string }[]> {
  const about = await stat(path).catch((cause: unknown) => {
    throw new AppError('usage.wrong', { detail: `There is no file or folder ${path}.`, cause });
  });
  if (!about.isDirectory()) return [{ name: basename(path), path }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ name: relative(path, file), path: file }));
}
