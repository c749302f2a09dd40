import { loadFiles } from '../../etl/pipeline/load-files.ts';
import { resumeStopped } from '../../etl/pipeline/run-care.ts';
import type { Run } from '../domain/run.ts';
import { durationSeconds, runNotice } from '../runs/run-notice.ts';
import type { Plumbline } from '../wiring.ts';
import { printJson, progress, say } from './output.ts';

export type LoadOptions = { feed?: string; feeds?: string; json?: boolean };

/** Puts files into landing and waits for the run. Files that were refused are told and are no fault; a part that failed ends the command with code 1. */
export async function loadCommand(
  paths: string[],
  options: LoadOptions,
  plumbline: Plumbline,
): Promise<void> {
  const needs = await plumbline.pipeline({ feedsFile: options.feeds });
  let stage = '';
  const onProgress = (run: Run): void => {
    if (run.stage === stage || run.outcome !== 'running') return;
    stage = run.stage;
    progress(`${run.feed}: ${stage.replaceAll('-', ' ')} ...`);
  };
  await resumeStopped(needs, (run) => progress(`Finishing ${run.id}, which was stopped at ${run.stage} ...`));
  const runs = await loadFiles(
    { paths, feed: options.feed ?? null, feedsFile: options.feeds, startedBy: 'terminal' },
    { ...needs, onProgress },
  );
  for (const run of runs) {
    if (options.json) printJson(runJson(run));
    else say(runText(run));
    if (isFault(run)) process.exitCode = 1;
  }
}

/** Whether it was Plumbline or its surroundings that failed, and not the files. */
export function isFault(run: Run): boolean {
  return run.failure !== null && !/^(file|feed|rows)\./.test(run.failure.code);
}

/** The JSON of one run, as other tools rely on it. */
export function runJson(run: Run): Record<string, unknown> {
  return {
    run: run.id,
    feed: run.feed,
    outcome: run.outcome,
    stage: run.stage,
    rows: run.rows,
    batch: run.batch,
    findings: run.findings,
    seconds: Math.round(durationSeconds(run) * 1000) / 1000,
    files: run.files.map(({ name, feed, sizeBytes, rows }) => ({ name, feed, sizeBytes, rows })),
    refusals: run.refusals,
    failure: run.failure,
    touchedDays: run.touchedDays.length,
    startedAt: run.startedAt,
    undoneAt: run.undoneAt ?? null,
  };
}

export function runText(run: Run): string {
  const notice = runNotice(run);
  return [
    notice.headline,
    ...notice.sentences.map((sentence) => `  ${sentence}`),
    ...notice.facts.map(({ name, value }) => `  ${name}: ${value}`),
  ].join('\n');
}
