import { ecsProtection } from '../adapters/ecs-protection.ts';
import { stepFunctionsTasks } from '../adapters/step-functions-tasks.ts';
import type { Config } from '../config.ts';
import { AppError } from '../domain/app-error.ts';
import { openHealth } from '../health.ts';
import { createLog } from '../log.ts';
import { pipelineOver } from '../wire-pipeline.ts';
import { openStores } from '../wire-stores.ts';
import { startWorker } from '../worker.ts';
import { progress } from './output.ts';

const BEAT_MS = 60_000;

/** Takes up long tasks of the state machine until it is told to stop; then ends what it has begun. */
export async function workerCommand(config: Config, env: Record<string, string | undefined>): Promise<void> {
  const { pipeline: machine, records } = config;
  if (!machine || records.kind !== 'dynamodb' || Object.keys(machine.activityArns).length === 0)
    throw new AppError('config.invalid', {
      detail:
        'A worker needs PIPELINE_STATE_MACHINE_ARN and PIPELINE_ACTIVITY_ARNS, in cloud mode. On one machine runs need no worker.',
    });
  const log = createLog({ level: config.logLevel });
  const stores = await openStores(config, log);
  const pipeline = await pipelineOver(stores, config, { log });
  const tasks = stepFunctionsTasks({ region: records.region, endpoint: machine.endpoint });
  const protect = ecsProtection(env['ECS_AGENT_URI']);
  let lastLook = Date.now();
  const worker = startWorker(machine.activityArns, {
    tasks: {
      ...tasks,
      next: (arn, name) => {
        lastLook = Date.now();
        return tasks.next(arn, name);
      },
      beat: (token) => {
        lastLook = Date.now();
        return tasks.beat(token);
      },
    },
    pipeline,
    log,
    beatMs: BEAT_MS,
    ...(protect ? { protect } : {}),
  });
  const health =
    config.healthPort === undefined
      ? null
      : await openHealth(config.healthPort, {
          checks: { records: () => stores.runLog.list({ limit: 1 }) },
          lastSignOfLife: () => lastLook,
        });
  progress(`Waiting for tasks: ${Object.keys(machine.activityArns).join(', ')}.`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  progress('Ending what was begun ...');
  await worker.stop();
  await health?.close();
  tasks.close();
  await stores.close();
}
