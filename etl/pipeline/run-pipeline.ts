import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../src/domain/app-error.ts';
import { NO_FEED, type Run } from '../../src/domain/run.ts';
import { announce } from './announce.ts';
import { heedNewer } from './heed-newer.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';
import { PIPELINE_TASKS } from './pipeline-tasks.ts';
import type { RunInput } from './run-input.ts';
import { ordersPipeline, runStateMachine, type TaskFunction } from './state-machine.ts';

/** Runs that this very process drives now, so that a sweeper of the same process tells them from stopped ones. */
const underWay = new Set<string>();

/** Starts a run over a set of files and drives it to its end, or hands it to who does. What goes wrong with the files ends in the run's record. */
export async function runPipeline(input: RunInput, needs: PipelineNeeds, id?: string): Promise<Run> {
  const now = needs.clock.now().toISOString();
  const run: Run = {
    id: id ?? needs.ids.next('run'),
    feed: input.feed ?? input.set ?? NO_FEED,
    contentHash: '',
    outcome: 'running',
    stage: 'receive',
    version: 1,
    startedAt: now,
    updatedAt: now,
    endedAt: null,
    files: [],
    rows: { read: 0, loaded: 0, refused: 0, waiting: 0 },
    refusals: [],
    batch: null,
    findings: 0,
    touchedDays: [],
    outputs: { input, owner: needs.owner },
    failure: null,
    startedBy: input.startedBy,
    notice: null,
    replyTo: input.replyTo,
    announced: false,
    ...(input.notes?.length ? { notes: input.notes } : {}),
    ...(input.upload ? { upload: input.upload.id } : {}),
  };
  await needs.runLog.create(run);
  needs.onProgress?.(run);
  await needs.failpoint?.('created');
  return drive(run.id, needs);
}

/** Goes on where a run stopped; what its finished steps gave is in its record. A run that has ended is told if it was not. */
export async function resumeRun(id: string, needs: PipelineNeeds): Promise<Run> {
  const run = await findRun(id, needs);
  if (run.outcome !== 'running') return announce(run, needs);
  const next = await heedNewer(run, needs);
  if (!next) {
    needs.log.info(
      { run: id },
      'the warehouse is still at work for a run that stopped; it is taken up later',
    );
    return run;
  }
  if (!needs.drive) await needs.runLog.save({ ...next, outputs: { ...next.outputs, owner: needs.owner } });
  else if (next !== run) await needs.runLog.save(next);
  return drive(run.id, needs);
}

export function isUnderWay(id: string): boolean {
  return underWay.has(id);
}

export async function findRun(id: string, needs: PipelineNeeds): Promise<Run> {
  const run = await needs.runLog.find(id);
  if (!run) throw new AppError('run.not-found', { detail: `No run has the number '${id}'.` });
  return run;
}

/** The state machine starts from the top each time: steps that are done give what they gave before. */
async function drive(run: string, needs: PipelineNeeds): Promise<Run> {
  if (needs.drive) {
    await needs.drive(run);
    return findRun(run, needs);
  }
  const tasks: Record<string, TaskFunction> = Object.fromEntries(
    Object.entries(PIPELINE_TASKS).map(([name, work]) => [name, (input) => work(input, needs)]),
  );
  underWay.add(run);
  try {
    await runStateMachine(ordersPipeline(), { run }, { tasks, pause: needs.pause ?? sleep });
  } finally {
    underWay.delete(run);
  }
  return findRun(run, needs);
}
