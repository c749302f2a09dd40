import { join } from 'node:path';
import { objectCreated } from '../etl/handlers/object-created.ts';
import { announce, noticeOf } from '../etl/pipeline/announce.ts';
import type { PipelineNeeds } from '../etl/pipeline/pipeline-needs.ts';
import { copyRecords } from '../etl/pipeline/records-copy.ts';
import { rerun, sweep, undo } from '../etl/pipeline/run-care.ts';
import type { DiskObjectStore } from './adapters/disk-object-store.ts';
import { emfMetrics } from './adapters/emf-metrics.ts';
import { vegaChartDrawer } from './adapters/vega-chart-drawer.ts';
import { dayInWords } from './domain/period.ts';
import { type HealthNeeds, openHealth } from './health.ts';
import { answerQuestion } from './questions/answer-question.ts';
import { localeOf } from './questions/answer-words.ts';
import { carryOutPlan } from './questions/carry-out-plan.ts';
import { sweepAudit } from './questions/sweep-audit.ts';
import { createRunFollower } from './runs/follow-runs.ts';
import { tellLongRuns } from './runs/long-runs.ts';
import { noticeFact } from './runs/notice-fact.ts';
import { refusedRowsCsv } from './runs/refused-rows.ts';
import { runNotice } from './runs/run-notice.ts';
import { PAGE_COMMANDS, PAGE_SHORTCUTS } from './slack/manifest.ts';
import { DEFAULT_SETTINGS, type SlackNeeds } from './slack/needs.ts';
import { createSlackApp, type SlackApp, type SlackConnection } from './slack/slack-app.ts';
import { wireDashboard } from './wire-dashboard.ts';
import { localFeeds } from './wire-events.ts';
import { checkEventDays } from './wire-events-check.ts';
import { openEventsDoorOf } from './wire-events-door.ts';
import { wireLedger } from './wire-ledger.ts';
import { type TellingParts, wireTelling } from './wire-telling.ts';
import { wireUploads } from './wire-uploads.ts';
import type { Plumbline } from './wiring.ts';

export type RunningPlumbline = {
  /** The local workspace's page. */ url: string | null;
  /** Where events are sent to, on one machine. */ eventsUrl: string | null;
  stop(): Promise<void>;
};

const SWEEP_EVERY_MS = 60_000;
const FORGET_EVERY_MS = 24 * 60 * 60_000;
const COMPARE_EVERY_MS = 60 * 60_000;
const FOLLOW_EVERY_MS = 15_000;
/** A bot that was restarted tells what changed in the meantime; who was told already is not told again. */
const FOLLOWED_MS = 15 * 60_000;

/** Connects Plumbline to Slack, or to the local workspace, and to the ingestion bucket; resumes what was stopped. */
export async function startPlumbline(plumbline: Plumbline): Promise<RunningPlumbline> {
  const { config, log } = plumbline;
  const workspace =
    config.slack.kind === 'local'
      ? await openLocalWorkspace(plumbline, async (user) =>
          wireDashboard(plumbline)(user, await app.teller.rightsAt(user)),
        )
      : null;
  const charts = vegaChartDrawer();
  let pipeline: PipelineNeeds | undefined;
  const tell = wireTelling(plumbline, () => app.teller);
  const ledger = wireLedger(plumbline);
  const app: SlackApp = createSlackApp({
    slack: workspace?.connection ?? connectionOf(config.slack),
    needs: {
      ...slackNeeds(plumbline, charts, () => {
        if (!pipeline) throw new Error('Plumbline has not started yet.');
        return pipeline;
      }),
      telling: tell.telling,
      uploads: wireUploads(plumbline, ledger),
      ledger,
    },
  });
  pipeline = await plumbline.pipeline({ announcer: app.announcer });
  const longRuns = tellLongRuns((run) => {
    app.announcer
      .announce(runNotice(run, noticeOf(run, { feeds: pipeline?.feeds ?? [] })))
      .catch((thrown: unknown) => log.warn({ err: thrown, run: run.id }, 'a long run was not told'));
  });
  pipeline = { ...toldOf(pipeline, tell), onProgress: longRuns.onProgress };
  await app.start(config.slack.kind === 'http' ? config.port : undefined);
  const stopWatching = await watchIngestion(plumbline, pipeline);
  const stopSweeping = config.pipeline ? followPipeline(plumbline, pipeline, tell) : keepSweeping(pipeline);
  const health =
    config.healthPort === undefined ? null : await openHealth(config.healthPort, healthOf(plumbline));
  const stopTelling = tell.start();
  const stopForgetting = keepAuditShort(plumbline);
  const stopCopying = keepRecordsCopied(plumbline);
  const stopComparing = config.mode === 'local' ? keepEventsCompared(plumbline, pipeline, tell) : undefined;
  const events = config.mode === 'local' ? await openEventsDoorOf(plumbline, pipeline) : null;
  log.info({ mode: config.mode, slack: config.slack.kind }, 'started');
  return {
    url: workspace?.url ?? null,
    eventsUrl: events?.url ?? null,
    async stop() {
      await health?.close();
      await events?.close();
      stopSweeping();
      stopForgetting();
      stopCopying();
      stopComparing?.();
      longRuns.stop();
      await stopTelling();
      await stopWatching();
      await app.stop();
      await charts.close();
      await workspace?.close();
    },
  };
}

/** What a load or an undo changes is told in threads that quoted it, and may be an alert. */
function toldOf(pipeline: PipelineNeeds, tell: TellingParts): PipelineNeeds {
  return {
    ...pipeline,
    async dataChanged(run) {
      await pipeline.dataChanged?.(run);
      tell.dataChanged();
      // The receipt of an upload that was taken back says so.
      if (run.upload && run.undoneAt) await pipeline.announcer.announce(runNotice(run));
    },
  };
}

function slackNeeds(
  plumbline: Plumbline,
  charts: SlackNeeds['charts'],
  pipeline: () => PipelineNeeds,
): SlackNeeds {
  const { questions, policy, conversations, receipts, audit, runLog, kpis, clock, ids, log, config } =
    plumbline;
  return {
    answer: (question) => meteredAnswer(() => answerQuestion(question, questions), config.metricsNamespace),
    readAgain: (receipt, rights) =>
      carryOutPlan(
        receipt.plan,
        receipt.understood.notes,
        {
          text: receipt.question,
          asker: receipt.asker,
          rights,
          door: 'again',
          channel: receipt.channel,
          thread: receipt.thread ?? receipt.id,
          today: receipt.today,
          planner: 'offline',
          costAgreed: true,
        },
        questions,
      ),
    conversations,
    smallRecords: plumbline.smallRecords,
    receipts,
    audit,
    runLog,
    kpis,
    charts,
    clock,
    ids,
    tracer: plumbline.tracer,
    log,
    policy,
    rightsFor: plumbline.rightsFor,
    locale: async () => localeOf(await questions.facts(), questions),
    rerunRun: async (run, by, options) => runNotice(await rerun(run, by, pipeline(), options)).headline,
    undoBatch: async (batch) => {
      const undone = await undo(batch, pipeline());
      return `Undid ${undone.batch}: ${undone.removed} rows taken out, ${undone.restored} earlier versions put back.`;
    },
    dashboard: wireDashboard(plumbline),
    ...publishing(plumbline),
    dataLine: async () => {
      const last = (await questions.facts()).days['orders']?.last;
      return last ? `Orders are now loaded through ${dayInWords(last)}.` : 'No orders are loaded.';
    },
    refusedRows: (run) => refusedRowsCsv(run, plumbline.warehouse),
    settings: {
      ...DEFAULT_SETTINGS,
      planner: config.planner,
      noticeChannel: config.noticeChannel,
      uploadChannels: config.uploads.channels,
      runLogLink: config.runLogLink ?? null,
      holdBelow: config.limits.holdBelow,
    },
  };
}

/** The same facts for people outside of Slack. */
function publishing({ topic }: Plumbline): Pick<SlackNeeds, 'publish'> {
  return topic ? { publish: (message) => topic.publish(noticeFact(message)) } : {};
}

function connectionOf(slack: Plumbline['config']['slack']): SlackConnection {
  if (slack.kind === 'socket')
    return { botToken: slack.botToken, appToken: slack.appToken, apiUrl: slack.apiUrl };
  if (slack.kind === 'http')
    return { botToken: slack.botToken, signingSecret: slack.signingSecret, apiUrl: slack.apiUrl };
  throw new Error('The local workspace makes its own connection.');
}

/** Loaded only where it is used: a server in the cloud has no page to show. */
async function openLocalWorkspace(
  plumbline: Plumbline,
  dashboard: (user: string) => Promise<unknown>,
): Promise<{ url: string; connection: SlackConnection; close(): Promise<void> }> {
  const { startLocalWorkspace } = await import('../infra/local/slack-server/start-local-workspace.ts');
  const workspace = await startLocalWorkspace({
    port: plumbline.config.port,
    dataFolder: join(plumbline.config.home, 'workspace'),
    dashboard,
    commands: PAGE_COMMANDS,
    shortcuts: PAGE_SHORTCUTS,
  });
  return {
    url: workspace.url,
    connection: { botToken: workspace.botToken, appToken: workspace.appToken, apiUrl: workspace.apiUrl },
    close: () => workspace.close(),
  };
}

/** In the cloud the bucket's events come to a function of their own; on one machine the store tells. */
async function watchIngestion(plumbline: Plumbline, pipeline: PipelineNeeds): Promise<() => Promise<void>> {
  const { objects, config } = plumbline;
  if (!('onCreated' in objects)) return async () => undefined;
  return (objects as DiskObjectStore).onCreated(
    config.objects.buckets.ingestion,
    'incoming/',
    async (event) => {
      await objectCreated(event, pipeline);
    },
  );
}

function keepSweeping(pipeline: PipelineNeeds): () => void {
  const once = (): void => {
    sweep(pipeline).catch((thrown: unknown) => pipeline.log.error({ err: thrown }, 'the sweeper failed'));
  };
  once();
  const timer = setInterval(once, SWEEP_EVERY_MS);
  return () => clearInterval(timer);
}

/** In the cloud the state machine drives runs, and a function sweeps; what runs changed is seen in their records. */
function followPipeline(plumbline: Plumbline, pipeline: PipelineNeeds, tell: TellingParts): () => void {
  const { runLog, log, clock } = plumbline;
  const follower = createRunFollower(new Date(clock.now().getTime() - FOLLOWED_MS), {
    runLog,
    async onChange() {
      await plumbline.dataChanged();
      tell.dataChanged();
    },
    onUntold: async (run) => void (await announce(run, pipeline)),
    onFault: (thrown) => log.error({ err: thrown }, 'runs could not be looked at'),
  });
  const timer = setInterval(() => void follower.look(), FOLLOW_EVERY_MS);
  return () => clearInterval(timer);
}

function healthOf({ runLog, warehouse }: Plumbline): HealthNeeds {
  return {
    checks: {
      records: () => runLog.list({ limit: 1 }),
      warehouse: () =>
        warehouse.read({ sql: 'select 1 as one', schema: 'retail', maxRows: 1, timeoutMs: 5_000 }),
    },
  };
}

/** Questions, how long they took, and those that ended in a fault of ours. */
async function meteredAnswer<T>(answer: () => Promise<T>, namespace: string | undefined): Promise<T> {
  const metrics = emfMetrics(namespace);
  const startedAt = performance.now();
  try {
    return await answer();
  } catch (thrown) {
    metrics.put({ AnswerFaults: 1 });
    throw thrown;
  } finally {
    metrics.put({ Answers: 1, AnswerMillis: Math.round(performance.now() - startedAt) });
  }
}

/** At the start and once a day, for as long as it runs. */
function keepAuditShort({ config, audit, clock, log }: Plumbline): () => void {
  const once = (): void => {
    sweepAudit(config.auditKeepDays, { audit, clock }).then(
      (removed) => removed > 0 && log.info({ removed }, 'old entries of the audit were taken out'),
      (thrown: unknown) => log.warn({ err: thrown }, 'the audit was not swept'),
    );
  };
  once();
  const timer = setInterval(once, FORGET_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** At the start and every hour, for each day that is over: in the cloud a function does it at night. */
function keepEventsCompared(plumbline: Plumbline, pipeline: PipelineNeeds, tell: TellingParts): () => void {
  const compared = async (): Promise<number> =>
    checkEventDays(plumbline, { ...pipeline, feeds: await localFeeds(pipeline.feeds) });
  const once = (): void => {
    compared().then(
      async (findings) => {
        if (findings === 0) return;
        await plumbline.dataChanged();
        tell.dataChanged();
      },
      (thrown: unknown) => plumbline.log.warn({ err: thrown }, 'events were not compared'),
    );
  };
  once();
  const timer = setInterval(once, COMPARE_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** At the start and once a day: what people set up, beside the landed files that a rebuild starts from. */
function keepRecordsCopied({ config, objects, smallRecords, clock, log }: Plumbline): () => void {
  const needs = { objects, smallRecords, clock, landingBucket: config.objects.buckets.landing };
  const once = (): void => {
    copyRecords(needs).then(
      (copy) =>
        copy === null &&
        log.error(
          'far fewer records than in the last copy: it was left as it is; see rebuild in the handbook',
        ),
      (thrown: unknown) => log.warn({ err: thrown }, 'records were not copied'),
    );
  };
  once();
  const timer = setInterval(once, FORGET_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
