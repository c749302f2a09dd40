import { BUILT_IN_FEEDS, loadFeeds, UPLOAD_FEEDS } from '../../etl/feeds/load-feeds.ts';
import { objectCreated } from '../../etl/handlers/object-created.ts';
import type { PipelineNeeds } from '../../etl/pipeline/pipeline-needs.ts';
import { sweep, undo } from '../../etl/pipeline/run-care.ts';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import { createSpreadsheetReader } from '../../src/adapters/spreadsheet-reader.ts';
import { spreadsheetWork } from '../../src/adapters/spreadsheet-work.ts';
import type { Run } from '../../src/domain/run.ts';
import { loadSemanticModel } from '../../src/model/load-semantic-model.ts';
import type { VersionedRecords } from '../../src/ports/versioned-records.ts';
import { runNotice } from '../../src/runs/run-notice.ts';
import type { SlackApp } from '../../src/slack/slack-app.ts';
import type { Uploads } from '../../src/slack/uploads.ts';
import { MODEL_FOLDER } from '../../src/wire-questions.ts';
import { uploadsOn } from '../../src/wire-uploads.ts';
import type { ADynamodb } from './a-dynamodb.ts';
import { type APipeline, aPipeline } from './a-pipeline.ts';
import { anAnswer, aSlackApp, scriptedNeeds } from './a-slack-app.ts';
import { aWorkspace, type WorkspaceForTests } from './a-workspace.ts';

export type AnUploadDesk = {
  workspace: WorkspaceForTests;
  app: SlackApp;
  uploads: Uploads;
  smallRecords: VersionedRecords;
  pipeline: APipeline;
  /** What the pipelines run with: its announcer is the Slack app. */
  pipelineNeeds: PipelineNeeds;
  /** Tells the pipeline of every file that was put into the ingestion bucket since; each event comes `times` times. */
  deliver(times?: number): Promise<Run[]>;
  /** The same with other needs, such as a failpoint. */
  deliverWith(more: Partial<PipelineNeeds>): Promise<Run[]>;
  /** As another process that takes over: ends what was stopped. */
  resume(): Promise<void>;
  /** Undoes every batch that has rows in this table. */
  takeAllBack(table: string): Promise<void>;
  /** Moves the clock. */
  later(ms: number): void;
  close(): Promise<void>;
};

/** The bot with the local workspace, the record store, a bucket and the ordinary pipeline behind it. */
export async function anUploadDesk(store: ADynamodb): Promise<AnUploadDesk> {
  const pipeline = await aPipeline();
  const workspace = await aWorkspace();
  const smallRecords = dynamodbVersionedRecords(store.records);
  let shiftMs = 0;
  const clock = {
    now: () => new Date(Date.parse('2026-03-03T09:00:00Z') + shiftMs),
    today: () => '2026-03-03',
    timeZone: 'UTC',
  };
  const uploads = uploadsOn({
    objects: pipeline.objects,
    ingestionBucket: 'ingestion',
    smallRecords,
    runLog: pipeline.needs.runLog,
    clock,
    currency: async () => 'GBP',
    known: async () => ({ branches: [], accounts: [] }),
    waitHours: 24,
    keepDays: 400,
    warehouse: pipeline.needs.warehouse,
    model: loadSemanticModel(MODEL_FOLDER),
    reader: createSpreadsheetReader({ work: spreadsheetWork }),
  });
  const pipelineNeeds: PipelineNeeds = {
    ...pipeline.needs,
    feeds: await loadFeeds([BUILT_IN_FEEDS, UPLOAD_FEEDS]),
    announcer: { announce: (notice) => app.announcer.announce(notice) },
    async dataChanged(run) {
      if (run.upload && run.undoneAt) await app.announcer.announce(runNotice(run));
    },
  };
  const app = await aSlackApp(
    workspace,
    scriptedNeeds(store, () => anAnswer(), {
      clock,
      runLog: pipeline.needs.runLog,
      uploads,
      undoBatch: async (batch) => {
        const undone = await undo(batch, pipelineNeeds);
        return `Undid ${undone.batch}: ${undone.removed} rows taken out.`;
      },
    }),
  );
  async function deliver(times = 1, more: Partial<PipelineNeeds> = {}): Promise<Run[]> {
    const runs: Run[] = [];
    const events = [];
    for await (const { ref, sizeBytes, etag } of pipeline.objects.list('ingestion', 'incoming/'))
      events.push({ ref, sizeBytes, etag });
    for (let time = 1; time <= times; time += 1)
      for (const event of events) {
        const run = await objectCreated({ ...event, sequencer: String(time) }, { ...pipelineNeeds, ...more });
        if (run) runs.push(run);
      }
    return runs;
  }
  return {
    workspace,
    app,
    uploads,
    smallRecords,
    pipeline,
    pipelineNeeds,
    deliver: (times) => deliver(times),
    deliverWith: (more) => deliver(1, more),
    async resume() {
      await sweep({ ...pipelineNeeds, owner: { pid: 1, host: 'test' } });
      await deliver();
    },
    async takeAllBack(table) {
      for (const [batch = ''] of await pipeline.rows(`select distinct batch_id from retail.${table}`))
        await undo(batch, pipelineNeeds);
    },

    later(ms) {
      shiftMs += ms;
    },
    async close() {
      await app.stop();
      await workspace.close();
      await pipeline.close();
    },
  };
}
