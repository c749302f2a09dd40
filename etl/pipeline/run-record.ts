import type { z } from 'zod';
import { AppError } from '../../src/domain/app-error.ts';
import type { Run, Stage } from '../../src/domain/run.ts';
import type { Failpoint } from './failpoints.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';

/** A run under way, as it stands in the run log. */
export type RunRecord = { run: Run; save(change: Partial<Run>): Promise<void> };

export async function openRecord(id: string, needs: PipelineNeeds): Promise<RunRecord> {
  const run = await needs.runLog.find(id);
  if (!run) throw new AppError('run.not-found', { detail: `No run has the number '${id}'.` });
  const record: RunRecord = {
    run,
    async save(change) {
      record.run = await needs.runLog.save({
        ...record.run,
        ...change,
        updatedAt: needs.clock.now().toISOString(),
      });
      needs.onProgress?.(record.run);
    },
  };
  return record;
}

export type Step = Extract<Failpoint, `before-${string}`> extends `before-${infer S}` ? S : never;

/** One step: its output is taken from the record when it is there; else it is made, and kept with what else it changes. */
export async function step<T>(
  record: RunRecord,
  at: { stage: Stage; step: Step; schema: z.ZodType<T> },
  needs: PipelineNeeds,
  work: () => Promise<T>,
  change: (output: T) => Partial<Run> = () => ({}),
): Promise<T> {
  const kept = record.run.outputs[at.step];
  if (kept !== undefined) return at.schema.parse(kept);
  if (record.run.stage !== at.stage) await record.save({ stage: at.stage });
  await needs.failpoint?.(`before-${at.step}`);
  const output = await work();
  await needs.failpoint?.(`after-${at.step}`);
  await record.save({ ...change(output), outputs: { ...record.run.outputs, [at.step]: output } });
  await needs.failpoint?.(`recorded-${at.step}`);
  return output;
}

/** What a step that is done gave; its absence is a fault of the state machine. */
export function outputOf<T>(record: RunRecord, name: Step, schema: z.ZodType<T>): T {
  const kept = record.run.outputs[name];
  if (kept === undefined) throw new AppError('internal', { detail: `The run has not been through ${name}.` });
  return schema.parse(kept);
}
