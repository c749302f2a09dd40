import { resolve } from 'node:path';
import { loadExtract } from '../../etl/extracts/load-extract.ts';
import { type ExtractOutcome, runExtract } from '../../etl/extracts/run-extract.ts';
import { wireExtract } from '../wire-extracts.ts';
import type { Plumbline } from '../wiring.ts';
import { isFault, runJson, runText } from './load-command.ts';
import { printJson, progress, say } from './output.ts';

export type ExtractOptions = { feeds?: string; fromStart?: boolean; json?: boolean };

/** Reads what has changed in a database since the last time, and waits for its run. */
export async function extractCommand(
  name: string,
  options: ExtractOptions,
  plumbline: Plumbline,
): Promise<void> {
  const declared = await loadExtract(name, plumbline.config.extractsFolder);
  const feeds = options.feeds === undefined ? declared.feeds : resolve(options.feeds);
  const extract = { ...declared, feeds };
  const pipeline = await plumbline.pipeline({ feedsFile: feeds });
  const needs = await wireExtract(extract, plumbline, pipeline, process.env);
  try {
    const outcome = await runExtract(
      extract,
      { fromStart: options.fromStart ?? false },
      { ...needs, onProgress: progress },
    );
    if (options.json) printJson({ ...outcome, run: outcome.run === null ? null : runJson(outcome.run) });
    else say(inWords(outcome));
    if (outcome.run && isFault(outcome.run)) process.exitCode = 1;
  } finally {
    await needs.source.close();
  }
}

function inWords({ extract, outcome, rows, run }: ExtractOutcome): string {
  if (outcome === 'nothing-new') return `${extract}: nothing has changed since it was last read.`;
  const read = Object.entries(rows)
    .map(([feed, count]) => `${feed} ${count}`)
    .join(', ');
  if (run === null)
    return `${extract}: read ${read} rows; they are in the ingestion bucket and load by themselves.`;
  return `${extract}: read ${read} rows.\n${runText(run)}`;
}
