import { Aws } from 'aws-cdk-lib';
import { RECORD_TABLES, type RecordTableName } from '../../src/adapters/dynamodb-tables.ts';
import { Settings } from '../../src/settings.ts';

export type BucketKind = 'ingestion' | 'landing' | 'access-logs';

/** Every name that two parts of the deployment, or the deployment and the program, must agree on. */
export type Names = ReturnType<typeof namesOf>;

/** The functions of `src/functions`, one file each, by what happens to them. */
export const FUNCTIONS = {
  /** Steps of the state machine that take seconds. */
  reconcile: 'Compares what was loaded with itself and with what was there',
  'refresh-kpis': 'Recomputes the KPIs of every touched day',
  end: 'Records how a run ended',
  'record-failure': 'Records why a run failed',
  announce: 'Tells in Slack how a run went',
  /** Before and after the state machine. */
  'object-created': 'Makes a run of files that were put into the ingestion bucket',
  'run-ended': 'Puts the files of an ended run into archive or quarantine',
  sweep: 'Starts runs again that stopped, and tells ends that were not told',
  /** Events. */
  'events-http': 'Takes events and puts them into the stream',
  'events-kinesis': 'Stores the events of the stream',
  'events-window': 'Makes files of what events changed, for the warehouse',
  'events-check': 'Compares the events of the day before: raw, in the invoice table, in the warehouse',
  /** Care. */
  'warehouse-diff': 'Compares the warehouse with Git every night and tells what differs',
} as const;
export type FunctionName = keyof typeof FUNCTIONS;
export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as FunctionName[];

/** The states of the one ASL file whose work may take long: workers in containers take it up. */
export const WORKER_TASKS = ['Receive', 'Validate', 'Check', 'Load'] as const;
export type WorkerTask = (typeof WORKER_TASKS)[number];

/** The others, by the function that does each. `${ReconcileTask}` in the file is the function `reconcile`. */
export const TASK_FUNCTIONS = {
  Reconcile: 'reconcile',
  RefreshKpis: 'refresh-kpis',
  End: 'end',
  Announce: 'announce',
  RecordFailure: 'record-failure',
} as const satisfies Record<string, FunctionName>;

export function namesOf(stage: string) {
  const prefix = `plumbline-${stage}`;
  const tablePrefix = `${prefix}-`;
  return {
    prefix,
    stage,
    tablePrefix,
    factsTopic: `${prefix}-facts`,
    factsTopicArn: `arn:${Aws.PARTITION}:sns:${Aws.REGION}:${Aws.ACCOUNT_ID}:${prefix}-facts`,
    table: (name: RecordTableName) => `${tablePrefix}${name}`,
    tables: RECORD_TABLES.map(({ name }) => name),
    function: (name: FunctionName) => `${prefix}-${name}`,
    logGroup: (part: string) => `/plumbline/${stage}/${part}`,
    /** Bucket names are the world's own, so the account and the region are in them. */
    bucket: (kind: BucketKind) => `${prefix}-${kind}-${Aws.ACCOUNT_ID}-${Aws.REGION}`,
    /** Objects under a prefix, for policies. */
    objects: (kind: BucketKind, prefixOfKeys: string) =>
      `arn:${Aws.PARTITION}:s3:::${prefix}-${kind}-${Aws.ACCOUNT_ID}-${Aws.REGION}/${prefixOfKeys}*`,
    stateMachine: `${prefix}-orders-pipeline`,
    activity: (task: WorkerTask) => `${prefix}-${task.toLowerCase()}`,
    workgroup: prefix,
    namespace: prefix,
    /** As the program's settings have it when they are not set. */
    database: Settings.shape.REDSHIFT_DATABASE.parse(undefined),
    stream: `${prefix}-events`,
    repository: prefix,
    metrics: 'Plumbline',
    secret: (what: string) => `${prefix}/${what}`,
  };
}
