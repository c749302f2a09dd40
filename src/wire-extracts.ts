import { setTimeout as pause } from 'node:timers/promises';
import type { Extract } from '../etl/extracts/extract.ts';
import type { ExtractNeeds } from '../etl/extracts/extract-needs.ts';
import { objectCreated } from '../etl/handlers/object-created.ts';
import type { PipelineNeeds } from '../etl/pipeline/pipeline-needs.ts';
import { rerun } from '../etl/pipeline/run-care.ts';
import { connectionString } from './config.ts';
import type { Run } from './domain/run.ts';
import type { SourceDatabase } from './ports/source-database.ts';
import type { Plumbline } from './wiring.ts';

/** What an extract needs of this home: its source, and on one machine the pipeline that loads what it reads. */
export async function wireExtract(
  extract: Extract,
  plumbline: Plumbline,
  pipeline: PipelineNeeds,
  env: Record<string, string | undefined>,
): Promise<ExtractNeeds> {
  const { config, objects, smallRecords, runLog, clock, log } = plumbline;
  const { ingestion, landing } = config.objects.buckets;
  const failpoint = env['PLUMBLINE_FAILPOINT'];
  return {
    source: await openSource(extract, connectionString(extract.connection, env)),
    objects,
    ingestionBucket: ingestion,
    landingBucket: landing,
    smallRecords,
    runLog,
    feeds: pipeline.feeds,
    clock,
    log,
    drive: async (ready) =>
      config.mode === 'cloud'
        ? runLog.find(ready.run).then((run) => run ?? null)
        : driveHere(ready, extract, plumbline, pipeline),
    pause: async (ms) => {
      await pause(ms);
    },
    ...(failpoint === undefined
      ? {}
      : {
          async failpoint(reached: string) {
            if (reached === failpoint) process.kill(process.pid, 'SIGKILL');
          },
        }),
  };
}

/** Told twice, it is one run; one that was stopped goes on. */
async function driveHere(
  ready: { key: string; run: string },
  extract: Extract,
  plumbline: Plumbline,
  pipeline: PipelineNeeds,
): Promise<Run | null> {
  const before = await plumbline.runLog.find(ready.run);
  if (before?.outcome === 'running') await rerun(ready.run, 'terminal', pipeline);
  const ref = { bucket: plumbline.config.objects.buckets.ingestion, key: ready.key };
  const info = await plumbline.objects.head(ref);
  if (info)
    await objectCreated(
      { ref, sizeBytes: info.sizeBytes, etag: info.etag, sequencer: '' },
      pipeline,
      extract.feeds === undefined ? {} : { feedsFile: extract.feeds },
    );
  return (await plumbline.runLog.find(ready.run)) ?? null;
}

async function openSource(extract: Extract, connection: string): Promise<SourceDatabase> {
  const { overlap, timeZone } = extract;
  const options = { connectionString: connection, overlap, timeZone };
  if (extract.source === 'mysql') {
    const { mysqlSource } = await import('./adapters/mysql-source.ts');
    return mysqlSource(options);
  }
  if (extract.source === 'sqlserver') {
    const { sqlServerSource } = await import('./adapters/sqlserver-source.ts');
    return sqlServerSource(options);
  }
  const { postgresSource } = await import('./adapters/postgres-source.ts');
  return postgresSource(options);
}
