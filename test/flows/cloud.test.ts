import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import {
  CreateStreamCommand,
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
} from '@aws-sdk/client-kinesis';
import kinesalite from 'kinesalite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error: a script without types
import { buildLambda } from '../../infra/build-lambda.js';
import { ALL_RIGHTS } from '../../src/access/rights-for.ts';
import { httpHandler } from '../../src/adapters/dynamodb-records.ts';
import { s3ObjectStore } from '../../src/adapters/s3-object-store.ts';
import { stepFunctionsTasks } from '../../src/adapters/step-functions-tasks.ts';
import { examine } from '../../src/commands/doctor-command.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import { migrateWarehouse, readMigrations } from '../../src/warehouse/migrate.ts';
import { ensurePolicyViews } from '../../src/warehouse/policy-views.ts';
import { pipelineOver } from '../../src/wire-pipeline.ts';
import { openStores, type Stores } from '../../src/wire-stores.ts';
import { startWorker } from '../../src/worker.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { BRANCHES, CUSTOMERS, ITEMS, ORDERS, PRODUCTS } from '../support/a-small-shop.ts';
import { type AStepFunctions, aStepFunctions } from '../support/a-step-functions.ts';
import { aStrictS3 } from '../support/a-strict-s3.ts';
import { aWorkspace, type WorkspaceForTests } from '../support/a-workspace.ts';
import { asOwner } from '../support/as-owner.ts';
import { startRedshiftDataServer } from '../support/redshift-data-server.ts';
import { serving } from '../support/serving.ts';

type Handler = (event: unknown) => Promise<unknown>;

/** The very bundles that are deployed, called as Lambda calls them, over servers that speak AWS's protocols. */
describe('the functions of the deployment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-cloud-'));
  const closers: (() => unknown)[] = [];
  const ACTIVITIES = {
    Receive: 'arn:activity:receive',
    Validate: 'arn:activity:validate',
    Check: 'arn:activity:check',
    Load: 'arn:activity:load',
  };
  let sizes: Record<string, number>;
  let objects: ObjectStore;
  let dynamodb: ADynamodb;
  let stores: Stores;
  let machine: AStepFunctions;
  let workspace: WorkspaceForTests;
  let kinesis: KinesisClient;
  let env: Record<string, string>;
  const call: Record<string, Handler> = {};

  beforeAll(async () => {
    sizes = (await buildLambda(folder)) as Record<string, number>;
    const s3 = await aStrictS3(['in', 'landing']);
    dynamodb = await aDynamodb('cloud-');
    const credentials = await dynamodb.client.config.credentials();
    objects = s3ObjectStore({ client: s3.client });
    const redshift = await startRedshiftDataServer({
      readObject: async (ref) => buffer((await objects.get(ref)).body),
      readerSecretArn: 'arn:reader',
    });
    workspace = await aWorkspace();
    const stream = await serving(kinesalite({ createStreamMs: 0 }));
    kinesis = new KinesisClient({
      endpoint: stream.origin,
      region: 'us-east-1',
      credentials,
      requestHandler: httpHandler(),
    });
    await kinesis.send(new CreateStreamCommand({ StreamName: 'events', ShardCount: 1 }));
    machine = await aStepFunctions({
      functions: Object.fromEntries(
        Object.entries({
          Reconcile: 'reconcile',
          RefreshKpis: 'refresh-kpis',
          End: 'end',
          Announce: 'announce',
          RecordFailure: 'record-failure',
        }).map(([task, name]) => [
          task,
          (input: unknown) => call[name]?.(input) ?? Promise.reject(new Error(name)),
        ]),
      ),
      activities: ACTIVITIES,
      secrets: { 'arn:aws:given': JSON.stringify({ SLACK_BOT_TOKEN: workspace.botToken }) },
      onEnd: async ({ status, input }) => {
        await call['run-ended']?.({ detail: { status, input } });
      },
    });
    env = {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REQUEST_CHECKSUM_CALCULATION: 'WHEN_REQUIRED',
      AWS_RESPONSE_CHECKSUM_VALIDATION: 'WHEN_REQUIRED',
      PLUMBLINE_MODE: 'cloud',
      REDSHIFT_WORKGROUP: 'plumbline',
      REDSHIFT_COPY_ROLE_ARN: 'arn:aws:iam::1:role/copy',
      REDSHIFT_READER_SECRET_ARN: 'arn:reader',
      REDSHIFT_ENDPOINT: redshift.endpoint,
      DYNAMODB_ENDPOINT: dynamodb.endpoint,
      DYNAMODB_TABLE_PREFIX: 'cloud-',
      S3_ENDPOINT: s3.endpoint,
      S3_INGESTION_BUCKET: 'in',
      S3_LANDING_BUCKET: 'landing',
      EVENTS_STREAM: 'events',
      KINESIS_ENDPOINT: stream.origin,
      PIPELINE_STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:1:stateMachine:orders',
      STEP_FUNCTIONS_ENDPOINT: machine.endpoint,
      SECRETS_MANAGER_ENDPOINT: machine.endpoint,
      PLUMBLINE_SECRETS: JSON.stringify({ SLACK_BOT_TOKEN: 'arn:aws:given#SLACK_BOT_TOKEN' }),
      SLACK_API_URL: workspace.apiUrl,
      SLACK_SIGNING_SECRET: 'unused',
      NOTICE_CHANNEL: 'data-runs',
      LOG_LEVEL: 'silent',
    };
    Object.assign(process.env, env);
    const config = readConfig({ ...env, SLACK_BOT_TOKEN: workspace.botToken }, { forPipeline: true });
    const log = createLog({ level: 'silent' });
    stores = await openStores(config, log);
    await migrateWarehouse({ warehouse: stores.warehouse, migrations: await readMigrations() });
    await asOwner(stores.warehouse);
    const tasks = stepFunctionsTasks({ region: 'us-east-1', endpoint: machine.endpoint, credentials });
    const worker = startWorker(ACTIVITIES, {
      tasks,
      pipeline: await pipelineOver(stores, config, { log }),
      log,
      beatMs: 5,
    });
    for (const name of Object.keys(sizes)) {
      const bundle = (await import(pathToFileURL(join(folder, `${name}.mjs`)).href)) as { handler: Handler };
      call[name] = bundle.handler;
    }
    closers.push(
      () => worker.stop(),
      () => stores.close(),
      () => kinesis.destroy(),
      () => stream.close(),
      () => machine.close(),
      () => workspace.close(),
      () => redshift.close(),
      () => dynamodb.close(),
      () => s3.close(),
      () => rmSync(folder, { recursive: true }),
    );
  });
  afterAll(async () => {
    for (const close of closers) await close();
  });

  const keysIn = async (bucket: string, prefix: string) => {
    const keys: string[] = [];
    for await (const info of objects.list(bucket, prefix)) keys.push(info.ref.key);
    return keys;
  };
  const put = (key: string, text: string) => objects.put({ bucket: 'in', key }, text);
  /** As EventBridge tells it; told twice, as may happen. */
  const tell = async (key: string) => {
    const info = await objects.head({ bucket: 'in', key });
    const event = {
      version: '0',
      'detail-type': 'Object Created',
      source: 'aws.s3',
      detail: {
        version: '0',
        bucket: { name: 'in' },
        object: { key, size: info?.sizeBytes, etag: info?.etag, sequencer: '00617F08299329D189' },
        reason: 'PutObject',
      },
    };
    const [told] = await Promise.all([call['object-created']?.(event), call['object-created']?.(event)]);
    return told as { run: string | null };
  };
  const allEnded = () => Promise.all(machine.executions.map(({ ended }) => ended));

  it('are small enough to start in no time', () => {
    for (const [name, bytes] of Object.entries(sizes)) expect(bytes, name).toBeLessThan(4 * 1024 ** 2);
  });

  it('make a run of files that come, load them to the cent, and tell it once', async () => {
    for (const [name, text] of Object.entries({
      'products.csv': PRODUCTS,
      'branches.csv': BRANCHES,
      'customers.csv': CUSTOMERS,
      'orders.csv': ORDERS,
      'order_items.csv': ITEMS,
    }))
      await put(`incoming/shop/${name}`, text);
    await put('incoming/shop/_ready', '');
    await tell('incoming/shop/_ready');
    await allEnded();
    const [run] = await stores.runLog.list({ limit: 5 });
    expect(run).toMatchObject({ outcome: 'loaded', announced: true });
    expect(machine.executions.map(({ name, status }) => ({ name, status }))).toEqual([
      { name: run?.id, status: 'SUCCEEDED' },
    ]);
    const { rows } = await stores.warehouse.read({
      sql: 'select sum(net_amount) from retail.order_items',
      schema: 'retail',
      maxRows: 1,
      timeoutMs: 10_000,
    });
    expect(rows).toEqual([['236.8300']]);
    expect(await keysIn('in', 'incoming/')).toEqual([]);
    expect((await keysIn('in', `archive/${run?.id}/`)).length).toBe(5);
    const notices = workspace.messages(workspace.channel('#data-runs')).map(({ text }) => text);
    expect(notices).toEqual(['Loaded orders: 15 rows']);
    expect(machine.beats).toBeGreaterThan(0);
  });

  it('set a set with a bad file aside, say why, and load nothing of it', async () => {
    await put('incoming/orders.csv', 'order_id,ordered_at\nx1,not a day\n');
    await tell('incoming/orders.csv');
    await allEnded();
    const failed = (await stores.runLog.list({ limit: 5 })).find(({ outcome }) => outcome === 'failed');
    expect(failed?.failure?.sentence).toBeTruthy();
    expect(await keysIn('in', `quarantine/${failed?.id}/`)).toContain(`quarantine/${failed?.id}/REPORT.txt`);
    expect(await keysIn('in', 'incoming/')).toEqual([]);
  });

  it('are found well by the doctor, who also finds a login that may do too much, and a token that was revoked', async () => {
    const { warehouse } = stores;
    await ensurePolicyViews({ warehouse }, [ALL_RIGHTS]);
    const given = {
      ...env,
      PLUMBLINE_MASK_SALT: 'kept-for-ever-and-secret',
      SLACK_BOT_TOKEN: workspace.botToken,
    };
    const well = await examine(given);
    expect(well.filter(({ ok }) => !ok)).toEqual([]);
    expect(well.find(({ name }) => name === 'questions can only read')?.advice).toBe(
      '1 policy schemas, and nothing else',
    );
    const ill = await examine({ ...given, REDSHIFT_READER_SECRET_ARN: '', SLACK_BOT_TOKEN: 'xoxb-gone' });
    expect(ill.filter(({ ok }) => !ok)).toEqual([
      {
        name: 'questions can only read',
        ok: false,
        advice: expect.stringMatching(/may use .*retail.*Set REDSHIFT_READER_SECRET_ARN/s),
      },
      { name: 'Slack', ok: false, advice: expect.stringMatching(/does not know this token/) },
    ]);
  });

  it('start a run again that nobody drives, and no run twice', async () => {
    const before = machine.executions.length;
    expect(await call['sweep']?.({})).toEqual({ resumed: [], told: [], undone: [], dropped: [] });
    expect(machine.executions).toHaveLength(before);
  });

  it('take events over HTTP, store them once however often the stream gives them, and hand them on', async () => {
    const events = JSON.stringify([event('e1', '2.00'), event('e2', '3.50'), { nonsense: true }]);
    const reply = (await call['events-http']?.({
      httpMethod: 'POST',
      path: '/events',
      headers: { 'Content-Type': 'application/json' },
      body: Buffer.from(events).toString('base64'),
      isBase64Encoded: true,
    })) as { statusCode: number; body: string };
    expect(reply.statusCode).toBe(202);
    expect(JSON.parse(reply.body)).toMatchObject({ accepted: 2, refused: [{ index: 2 }] });
    const records = await recordsOf(kinesis);
    expect(records).toHaveLength(2);
    const batch = { Records: records };
    expect(await call['events-kinesis']?.(batch)).toEqual({ batchItemFailures: [] });
    expect(await call['events-kinesis']?.(batch)).toEqual({ batchItemFailures: [] });
    const invoice = await stores.invoices.find('sale-900');
    expect(invoice).toMatchObject({ lines: 2, amount: '5.5' });
    expect(await call['events-window']?.({})).toMatchObject({ failed: 0, files: 1 });
    expect((await keysIn('in', 'incoming/')).length).toBe(1);
  });

  it('refuse what is no JSON, with words', async () => {
    const reply = await call['events-http']?.({
      headers: { 'content-type': 'application/json' },
      body: '{',
      isBase64Encoded: false,
    });
    expect(reply).toMatchObject({ statusCode: 400, body: expect.stringContaining('not JSON') });
    expect(await call['events-http']?.({ headers: {}, body: '{}' })).toMatchObject({ statusCode: 415 });
  });

  it('tell in Slack what somebody changed in the warehouse by hand', async () => {
    expect(await call['warehouse-diff']?.({})).toEqual({ differences: 0 });
    await stores.warehouse.write({
      token: 'by-hand',
      steps: [{ sql: 'alter table retail.branches add column colour varchar(20)' }],
    });
    expect(await call['warehouse-diff']?.({})).toEqual({ differences: 1 });
    const told = workspace.messages(workspace.channel('#data-runs')).map(({ text }) => text ?? '');
    expect(told.some((text) => text.includes('retail.branches.colour is not in Git'))).toBe(true);
  });
});

function event(id: string, price: string) {
  const data = {
    order_id: 'sale-900',
    line_no: id.slice(1),
    product_id: 'p1',
    quantity: '1',
    unit_price: price,
  };
  return { id, feed: 'order_items', type: 'invoice-line', data };
}

async function recordsOf(kinesis: KinesisClient) {
  const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName: 'events' }));
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId ?? '';
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({ StreamName: 'events', ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
  return Records.map((record) => ({
    eventID: `${ShardId}:${record.SequenceNumber}`,
    eventSource: 'aws:kinesis',
    kinesis: {
      sequenceNumber: record.SequenceNumber ?? '',
      partitionKey: record.PartitionKey ?? '',
      data: Buffer.from(record.Data ?? []).toString('base64'),
      approximateArrivalTimestamp: (record.ApproximateArrivalTimestamp ?? new Date()).getTime() / 1_000,
    },
  }));
}
