import { join } from 'node:path';
import type { DiskObjectStore } from './adapters/disk-object-store.ts';
import { dynamodbAuditLog } from './adapters/dynamodb-audit-log.ts';
import { dynamodbConversations } from './adapters/dynamodb-conversations.ts';
import { dynamodbInvoices } from './adapters/dynamodb-invoices.ts';
import { dynamodbKpiStore } from './adapters/dynamodb-kpi-store.ts';
import { dynamodbLandingRecords } from './adapters/dynamodb-landing-records.ts';
import { dynamodbModelSpending } from './adapters/dynamodb-model-spending.ts';
import { dynamodbReceipts } from './adapters/dynamodb-receipts.ts';
import { dynamodbRecords, type Records } from './adapters/dynamodb-records.ts';
import { dynamodbRunLog } from './adapters/dynamodb-run-log.ts';
import { dynamodbVersionedRecords } from './adapters/dynamodb-versioned-records.ts';
import { emfMetrics } from './adapters/emf-metrics.ts';
import { fileFactTopic } from './adapters/file-fact-topic.ts';
import { makeHome } from './adapters/make-home.ts';
import { meteredWarehouse } from './adapters/metered-warehouse.ts';
import { plainTracer } from './adapters/plain-tracer.ts';
import { sortableIds } from './adapters/sortable-ids.ts';
import { systemClock } from './adapters/system-clock.ts';
import { tracedWarehouse } from './adapters/traced-warehouse.ts';
import type { Config } from './config.ts';
import type { Logger } from './log.ts';
import type { AuditLog } from './ports/audit-log.ts';
import type { Clock } from './ports/clock.ts';
import type { Conversations } from './ports/conversations.ts';
import type { FactTopic } from './ports/fact-topic.ts';
import type { Ids } from './ports/ids.ts';
import type { Invoices } from './ports/invoices.ts';
import type { KpiStore } from './ports/kpi-store.ts';
import type { LandingRecords } from './ports/landing-records.ts';
import type { ModelSpending } from './ports/model-spending.ts';
import type { ObjectStore } from './ports/object-store.ts';
import type { Receipts } from './ports/receipts.ts';
import type { RunLog } from './ports/run-log.ts';
import type { Tracer } from './ports/tracer.ts';
import type { VersionedRecords } from './ports/versioned-records.ts';
import type { Warehouse } from './ports/warehouse.ts';

/** What every part of the program keeps things in. */
export type Stores = {
  clock: Clock;
  ids: Ids;
  warehouse: Warehouse;
  objects: ObjectStore;
  kpis: KpiStore;
  invoices: Invoices;
  landingRecords: LandingRecords;
  runLog: RunLog;
  conversations: Conversations;
  receipts: Receipts;
  audit: AuditLog;
  /** Subscriptions, the state of alerts, what was restated. */
  smallRecords: VersionedRecords;
  spending: ModelSpending;
  /** Follows questions and runs through all parts. */
  tracer: Tracer;
  /** Where notices go besides Slack; null: nowhere. */
  topic: FactTopic | null;
  close(): Promise<void>;
};

/**
 * Chooses cloud or local, and asks nobody anything yet. What only one machine has is loaded only there. `asks`: questions will
 * come, so what answers them starts meanwhile.
 */
export async function openStores(config: Config, log: Logger, { asks = true } = {}): Promise<Stores> {
  const clock = systemClock({ timeZone: config.timeZone, today: config.today });
  const closers: (() => Promise<void>)[] = [];
  if (config.mode === 'local') makeHome(config.home);
  const objects = await openObjects(config, log, closers);
  const tracer = await openTracer(config, closers);
  const opened = tracedWarehouse(await openWarehouse(config, objects, clock, { asks, closers }), tracer);
  const warehouse = config.metricsNamespace
    ? meteredWarehouse(opened, emfMetrics(config.metricsNamespace))
    : opened;
  const records = await openRecords(config, closers);
  return {
    clock,
    ids: sortableIds(),
    warehouse,
    objects,
    kpis: dynamodbKpiStore(records),
    invoices: dynamodbInvoices(records, { soleWriter: config.records.kind === 'embedded' }),
    landingRecords: dynamodbLandingRecords(records),
    runLog: dynamodbRunLog(records),
    conversations: dynamodbConversations(records, clock),
    receipts: dynamodbReceipts(records),
    audit: dynamodbAuditLog(records),
    smallRecords: dynamodbVersionedRecords(records),
    spending: dynamodbModelSpending(records),
    tracer,
    topic: await openTopic(config, clock, closers),
    async close() {
      for (const close of closers.reverse()) await close();
    },
  };
}

/** What sends traces is loaded only where they are sent. */
async function openTracer({ traces }: Config, closers: (() => Promise<void>)[]): Promise<Tracer> {
  if (!traces) return plainTracer;
  const { otelTracer } = await import('./adapters/otel-tracer.ts');
  const tracer = otelTracer(traces);
  closers.push(() => tracer.close());
  return tracer;
}

async function openObjects(
  config: Config,
  log: Logger,
  closers: (() => Promise<void>)[],
): Promise<ObjectStore | DiskObjectStore> {
  if (config.objects.kind === 'disk') {
    const { diskObjectStore } = await import('./adapters/disk-object-store.ts');
    const store = diskObjectStore({
      folder: config.objects.folder,
      onError: (error) => log.error({ err: error }, 'an event of the object store failed'),
    });
    closers.push(() => store.close());
    return store;
  }
  const { s3Client, s3ObjectStore } = await import('./adapters/s3-object-store.ts');
  const client = s3Client({ region: config.objects.region, endpoint: config.objects.endpoint });
  closers.push(async () => client.destroy());
  return s3ObjectStore({ client });
}

async function openTopic(
  { noticeTopicArn: topicArn, awsRegion, snsEndpoint: endpoint, mode, home }: Config,
  clock: Clock,
  closers: (() => Promise<void>)[],
): Promise<FactTopic | null> {
  if (topicArn) {
    const { snsFactTopic } = await import('./adapters/sns-fact-topic.ts');
    const region = awsRegion ?? topicArn.split(':')[3] ?? '';
    const topic = snsFactTopic({ region, topicArn, endpoint });
    closers.push(async () => topic.close());
    return topic;
  }
  return mode === 'local' ? fileFactTopic({ file: join(home, 'notices.jsonl'), now: clock.now }) : null;
}

async function openWarehouse(
  config: Config,
  objects: ObjectStore,
  clock: Clock,
  { asks, closers }: { asks: boolean; closers: (() => Promise<void>)[] },
): Promise<Warehouse> {
  if (config.warehouse.kind === 'embedded') {
    const { openDuckdbWarehouse } = await import('./adapters/duckdb-warehouse.ts');
    const warehouse = await openDuckdbWarehouse({
      folder: config.warehouse.folder,
      objects,
      clock,
      warm: asks,
    });
    closers.push(() => warehouse.close());
    return warehouse;
  }
  const { openCloudWarehouse } = await import('./wire-cloud-warehouse.ts');
  const warehouse = openCloudWarehouse(config.warehouse, objects);
  closers.push(() => warehouse.close());
  return warehouse;
}

async function openRecords(config: Config, closers: (() => Promise<void>)[]): Promise<Records> {
  if (config.records.kind === 'embedded') {
    const { openLocalDynamodb } = await import('./adapters/local-dynamodb.ts');
    const local = await openLocalDynamodb({ folder: config.records.folder });
    const records = dynamodbRecords({ ...local.connection, tablePrefix: config.records.tablePrefix });
    closers.push(async () => {
      records.close();
      await local.close();
    });
    const { ensureTables } = await import('./adapters/dynamodb-tables.ts');
    await ensureTables(records);
    return records;
  }
  const records = dynamodbRecords({
    region: config.records.region,
    endpoint: config.records.endpoint,
    tablePrefix: config.records.tablePrefix,
  });
  closers.push(async () => records.close());
  return records;
}
