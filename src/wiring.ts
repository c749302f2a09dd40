import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { BUILT_IN_FEEDS, loadFeeds, UPLOAD_FEEDS } from '../etl/feeds/load-feeds.ts';
import type { Announcer, PipelineNeeds } from '../etl/pipeline/pipeline-needs.ts';
import type { Policy } from './access/policy.ts';
import { readPolicy } from './access/policy.ts';
import { ALL_RIGHTS, type Person, rightsFor } from './access/rights-for.ts';
import { type DiskObjectStore, diskObjectStore } from './adapters/disk-object-store.ts';
import { openDuckdbWarehouse } from './adapters/duckdb-warehouse.ts';
import { dynamodbAuditLog } from './adapters/dynamodb-audit-log.ts';
import { dynamodbConversations } from './adapters/dynamodb-conversations.ts';
import { dynamodbInvoices } from './adapters/dynamodb-invoices.ts';
import { dynamodbKpiStore } from './adapters/dynamodb-kpi-store.ts';
import { dynamodbModelSpending } from './adapters/dynamodb-model-spending.ts';
import { dynamodbReceipts } from './adapters/dynamodb-receipts.ts';
import { dynamodbRecords, type Records } from './adapters/dynamodb-records.ts';
import { dynamodbRunLog } from './adapters/dynamodb-run-log.ts';
import { ensureTables } from './adapters/dynamodb-tables.ts';
import { dynamodbVersionedRecords } from './adapters/dynamodb-versioned-records.ts';
import { openLocalDynamodb } from './adapters/local-dynamodb.ts';
import { homeMaskSalt } from './adapters/mask-salt.ts';
import { sortableIds } from './adapters/sortable-ids.ts';
import { systemClock } from './adapters/system-clock.ts';
import type { Config } from './config.ts';
import type { FeedFreshness } from './digests/freshness.ts';
import { sentenceFor } from './domain/app-error.ts';
import type { Rights } from './domain/rights.ts';
import { createLog, type Logger } from './log.ts';
import type { AuditLog } from './ports/audit-log.ts';
import type { Clock } from './ports/clock.ts';
import type { Conversations } from './ports/conversations.ts';
import type { Ids } from './ports/ids.ts';
import type { Invoices } from './ports/invoices.ts';
import type { KpiStore } from './ports/kpi-store.ts';
import type { ObjectStore } from './ports/object-store.ts';
import type { Receipts } from './ports/receipts.ts';
import type { RunLog } from './ports/run-log.ts';
import type { VersionedRecords } from './ports/versioned-records.ts';
import type { Warehouse } from './ports/warehouse.ts';
import type { QuestionNeeds } from './questions/needs.ts';
import { migrateWarehouse, readMigrations } from './warehouse/migrate.ts';
import { ensurePolicyViews } from './warehouse/policy-views.ts';
import { wireFreshness } from './wire-freshness.ts';
import { wireQuestions } from './wire-questions.ts';

export type PlumblineOptions = {
  /** False leaves the schema as it is, for `warehouse diff`. */
  migrate?: boolean;
  log?: Logger;
};

/** Everything that an entry point may need, built once. */
export type Plumbline = {
  config: Config;
  log: Logger;
  clock: Clock;
  ids: Ids;
  policy: Policy;
  warehouse: Warehouse;
  objects: ObjectStore;
  kpis: KpiStore;
  invoices: Invoices;
  runLog: RunLog;
  conversations: Conversations;
  receipts: Receipts;
  audit: AuditLog;
  /** Subscriptions, the state of alerts, what was restated. */
  smallRecords: VersionedRecords;
  questions: QuestionNeeds;
  /** How each feed stands against its rhythm. */
  freshness: () => Promise<FeedFreshness[]>;
  /** The pipelines, over the built-in feeds or those of a file, telling through `announcer`. */
  pipeline(options?: { feedsFile?: string | undefined; announcer?: Announcer }): Promise<PipelineNeeds>;
  rightsFor: (person: Person) => Rights;
  /** Tells the question side that the data has changed. */
  dataChanged: () => Promise<void>;
  sentenceFor(thrown: unknown): string;
  close(): Promise<void>;
};

const DEFAULT_POLICY = fileURLToPath(new URL('./access/policy.yaml', import.meta.url));
const LOCAL_POLICY = fileURLToPath(new URL('../infra/local/policy.yaml', import.meta.url));

/** The only place that chooses cloud or local and builds adapters. */
export async function openPlumbline(config: Config, options: PlumblineOptions = {}): Promise<Plumbline> {
  const log = options.log ?? createLog({ level: config.logLevel });
  const clock = systemClock({ timeZone: config.timeZone, today: config.today });
  const ids = sortableIds();
  const policy = policyOf(config);
  const closers: (() => Promise<void>)[] = [];

  const objects = await openObjects(config, log, closers);
  const warehouse = await openWarehouse(config, objects, clock, closers);
  const records = await openRecords(config, closers);
  if (options.migrate !== false) {
    await migrateWarehouse({ warehouse, migrations: await readMigrations() });
    await ensurePolicyViews({ warehouse, ...maskSaltOf(config) }, [ALL_RIGHTS, ...standingRights(policy)]);
  }
  const stores = {
    kpis: dynamodbKpiStore(records),
    invoices: dynamodbInvoices(records, { soleWriter: config.records.kind === 'embedded' }),
    runLog: dynamodbRunLog(records),
    conversations: dynamodbConversations(records, clock),
    receipts: dynamodbReceipts(records),
    audit: dynamodbAuditLog(records),
    smallRecords: dynamodbVersionedRecords(records),
  };
  const feeds = wireFreshness({ config, clock, runLog: stores.runLog });
  const { questions: answering, dataChanged: factsChanged } = await wireQuestions({
    config,
    policyOptions: maskSaltOf(config),
    log,
    clock,
    ids,
    warehouse,
    ...stores,
    spending: dynamodbModelSpending(records),
  });
  const questions: QuestionNeeds = { ...answering, lateFor: feeds.lateFor };
  const dataChanged = async (): Promise<void> => {
    feeds.forget();
    await factsChanged();
  };
  return {
    config,
    log,
    clock,
    ids,
    policy,
    warehouse,
    objects,
    ...stores,
    questions,
    freshness: feeds.freshness,
    async pipeline({ feedsFile, announcer } = {}) {
      const declared = feedsFile ?? config.feedsFile;
      return {
        warehouse,
        objects,
        landingBucket: config.objects.buckets.landing,
        ...stores,
        feeds: await loadFeeds([declared ?? BUILT_IN_FEEDS, UPLOAD_FEEDS]),
        clock,
        ids,
        log,
        announcer: announcer ?? { announce: async () => null },
        owner: { pid: process.pid, host: hostname() },
        dataChanged,
        ...failpointOf(process.env['PLUMBLINE_FAILPOINT']),
      };
    },
    rightsFor: (person) => rightsFor(person, policy),
    dataChanged,
    sentenceFor,
    async close() {
      for (const close of closers.reverse()) await close();
    },
  };
}

/** The policy file that is set; else the local workspace's people, or the least in a real one. */
export function policyOf(config: Config): Policy {
  return readPolicy(config.policyFile ?? (config.slack.kind === 'local' ? LOCAL_POLICY : DEFAULT_POLICY));
}

/** Every maker of policy views takes the same salt, else each would make the other's anew. */
function maskSaltOf(config: Config): { maskSalt?: string } {
  const maskSalt = config.maskSalt ?? (config.mode === 'local' ? homeMaskSalt(config.home) : undefined);
  return maskSalt === undefined ? {} : { maskSalt };
}

/** The rights of everyone whom the policy names, so that their views stand before the first question. */
function standingRights(policy: Policy): Rights[] {
  const users = [...Object.keys(policy.people), ''].map((user) =>
    rightsFor({ user, groups: [], outsider: false }, policy),
  );
  const groups = Object.keys(policy.groups).map((group) =>
    rightsFor({ user: '', groups: [group], outsider: false }, policy),
  );
  return [...new Map([...users, ...groups].map((rights) => [rights.id, rights])).values()];
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

async function openObjects(
  config: Config,
  log: Logger,
  closers: (() => Promise<void>)[],
): Promise<ObjectStore | DiskObjectStore> {
  if (config.objects.kind === 'disk') {
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

async function openWarehouse(
  config: Config,
  objects: ObjectStore,
  clock: Clock,
  closers: (() => Promise<void>)[],
): Promise<Warehouse> {
  if (config.warehouse.kind === 'embedded') {
    const warehouse = await openDuckdbWarehouse({ folder: config.warehouse.folder, objects, clock });
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
    const local = await openLocalDynamodb({ folder: config.records.folder });
    const records = dynamodbRecords({ ...local.connection, tablePrefix: config.records.tablePrefix });
    closers.push(async () => {
      records.close();
      await local.close();
    });
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
