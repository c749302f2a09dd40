import type { PipelineNeeds } from '../../etl/pipeline/pipeline-needs.ts';
import { type Config, readConfig } from '../config.ts';
import { createLog, type Logger } from '../log.ts';
import { pipelineOver } from '../wire-pipeline.ts';
import { openStores, type Stores } from '../wire-stores.ts';
import { fetchSecrets } from './fetch-secrets.ts';

/** What every function of AWS works with. */
export type Parts = { config: Config; log: Logger; stores: Stores; pipeline: PipelineNeeds };

let parts: Promise<Parts> | undefined;

/** Opened at the first call, kept for those that follow; a failure is not kept. */
export function openParts(): Promise<Parts> {
  parts ??= open(process.env).catch((thrown: unknown) => {
    parts = undefined;
    throw thrown;
  });
  return parts;
}

async function open(env: NodeJS.ProcessEnv): Promise<Parts> {
  const config = readConfig({ ...env, ...(await fetchSecrets(env)) }, { forPipeline: true });
  const log = createLog({ level: config.logLevel });
  const stores = await openStores(config, log);
  const pipeline = await pipelineOver(stores, config, { log });
  return { config, log, stores, pipeline };
}
