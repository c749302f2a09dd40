import { hostname } from 'node:os';
import { BUILT_IN_FEEDS, loadFeeds, UPLOAD_FEEDS } from '../etl/feeds/load-feeds.ts';
import type { Announcer, PipelineNeeds } from '../etl/pipeline/pipeline-needs.ts';
import { compiledReadings } from './adapters/compiled-readings.ts';
import { workbookReader } from './adapters/spreadsheet-workbooks.ts';
import type { Config } from './config.ts';
import { noteRestatementDue } from './digests/restatements-due.ts';
import type { Logger } from './log.ts';
import type { Stores } from './wire-stores.ts';

export type PipelineOptions = {
  log: Logger;
  announcer?: Announcer | undefined;
  feedsFile?: string | undefined;
  dataChanged?: () => Promise<void>;
};

/** The pipelines over these stores. In the cloud the state machine drives runs; else this process does. */
export async function pipelineOver(
  stores: Omit<Stores, 'close' | 'spending'>,
  config: Config,
  options: PipelineOptions,
): Promise<PipelineNeeds> {
  const declared = options.feedsFile ?? config.feedsFile;
  const { warehouse, objects, runLog, kpis, landingRecords, invoices, smallRecords, clock, ids, tracer } =
    stores;
  return {
    warehouse: { ...warehouse, read: (query) => warehouse.read({ ...query, isOurs: true }) },
    objects,
    runLog,
    kpis,
    landingRecords,
    invoices,
    smallRecords,
    clock,
    ids,
    tracer,
    workbooks: workbookReader(),
    landingBucket: config.objects.buckets.landing,
    feeds: await loadFeeds([declared ?? BUILT_IN_FEEDS, UPLOAD_FEEDS], compiledReadings()),
    log: options.log,
    announcer: options.announcer ?? { announce: async () => null },
    owner: { pid: process.pid, host: hostname() },
    async dataChanged(run) {
      await noteRestatementDue(run, stores);
      await options.dataChanged?.();
    },
    ...(await driverOf(config)),
    ...failpointOf(process.env['PLUMBLINE_FAILPOINT']),
  };
}

async function driverOf(config: Config): Promise<Pick<PipelineNeeds, 'drive'>> {
  const { pipeline, records } = config;
  if (!pipeline || records.kind !== 'dynamodb') return {};
  const { stepFunctionsRuns } = await import('./adapters/step-functions-runs.ts');
  const runs = stepFunctionsRuns({ region: records.region, ...pipeline });
  return { drive: (run) => runs.start(run) };
}

/** For tests of crashes: the process kills itself at the named point, as an operating system would. */
function failpointOf(name: string | undefined): Pick<PipelineNeeds, 'failpoint'> {
  if (!name) return {};
  return {
    async failpoint(reached) {
      if (reached === name) process.kill(process.pid, 'SIGKILL');
    },
  };
}
