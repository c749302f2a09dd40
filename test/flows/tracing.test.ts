import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idsOf, otelTracer } from '../../src/adapters/otel-tracer.ts';
import { plainTracer } from '../../src/adapters/plain-tracer.ts';
import { tracedWarehouse } from '../../src/adapters/traced-warehouse.ts';
import { createLog, type Logger } from '../../src/log.ts';
import type { Tracer } from '../../src/ports/tracer.ts';
import { answerQuestion } from '../../src/questions/answer-question.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { aPipeline } from '../support/a-pipeline.ts';
import { aQuestionSide } from '../support/a-question-side.ts';
import { aSlackApp, scriptedNeeds } from '../support/a-slack-app.ts';
import { SHOP } from '../support/a-small-shop.ts';
import { aWorkspace } from '../support/a-workspace.ts';
import { type Serving, serving } from '../support/serving.ts';

type Span = {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
  status?: { code?: number };
};
type Sent = { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };

/** An OTLP receiver, as a collector is one. */
describe('what is followed', () => {
  const spans: Span[] = [];
  let receiver: Serving;
  let folder: string;
  let tracer: Tracer;
  let store: ADynamodb;

  beforeAll(async () => {
    receiver = await serving(
      createServer((request, response) => {
        void json(request).then((body) => {
          for (const { scopeSpans } of (body as Sent).resourceSpans)
            spans.push(...scopeSpans.flatMap((scope) => scope.spans));
          response.end('{}');
        });
      }),
    );
    folder = await mkdtemp(join(tmpdir(), 'plumbline-traces-'));
    tracer = otelTracer({ endpoint: `${receiver.origin}/`, service: 'test' });
    store = await aDynamodb();
  });
  afterAll(async () => {
    await tracer.close();
    await store.close();
    await receiver.close();
    await rm(folder, { recursive: true });
  });

  const logTo = (name: string): { log: Logger; lines: () => Record<string, unknown>[] } => ({
    log: createLog({ level: 'debug', file: join(folder, name) }),
    lines: () =>
      readFileSync(join(folder, name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  });

  it('a question is one trace from the message in Slack to the SQL and back, and one number in every line', async () => {
    const side = await aQuestionSide([
      "insert into retail.order_items (order_id, line_no, line_kind, order_date, quantity, unit_price, gross_amount, discount_amount, net_amount, tax_amount, shipping_amount, returned_quantity, batch_id) values ('o1', 1, 'sale', '2026-02-20', 1, 5, 5, 0, 5, 0, 0, 0, 'b')",
    ]);
    const { log, lines } = logTo('question.jsonl');
    const questions = { ...side.needs, tracer, warehouse: tracedWarehouse(side.needs.warehouse, tracer) };
    const workspace = await aWorkspace();
    const needs = scriptedNeeds(store, () => Promise.reject(new Error('not asked')), {
      log,
      tracer,
      audit: questions.audit,
      answer: (question) => answerQuestion({ ...question, today: '2026-03-02' }, questions),
    });
    const app = await aSlackApp(workspace, needs);
    try {
      const asked = workspace.says('mara', '@mara', 'revenue in February 2026');
      await workspace.waitForReply(asked, ({ text }) => text.includes('5.00'));
      await expect.poll(async () => (await questions.audit.list({ limit: 1 })).length).toBe(1);
      const [audited] = await questions.audit.list({ limit: 1 });
      await expect.poll(() => lines().some(({ msg }) => msg === 'a question was handled')).toBe(true);
      const own = lines().filter(({ question }) => question === audited?.trace);
      expect(own.length).toBeGreaterThan(0);
      const { traceId } = idsOf({ question: audited?.trace ?? '' });
      expect(own.every((line) => line['trace_id'] === traceId)).toBe(true);
      await expect
        .poll(async () => {
          await tracer.flush();
          return spans.some(({ name, traceId: of }) => name === 'slack dm' && of === traceId);
        })
        .toBe(true);
      const mine = spans.filter((span) => span.traceId === traceId);
      const pathOf = (span: Span | undefined): string[] =>
        span ? [...pathOf(mine.find(({ spanId }) => spanId === span.parentSpanId)), span.name] : [];
      expect(mine.map((span) => pathOf(span).join(' > '))).toEqual(
        expect.arrayContaining([
          'slack dm',
          'slack dm > question > understand',
          'slack dm > question > carry out > warehouse read',
          'slack dm > question > record',
          'slack dm > slack reply',
        ]),
      );
      const sql = mine.filter(({ name }) => name === 'warehouse read').map((span) => span.attributes);
      expect(JSON.stringify(sql)).toMatch(/select.*sum\(order_items\.net_amount\)/s);
      // Nothing of what was asked or answered leaves the house with a trace.
      expect(JSON.stringify(mine)).not.toMatch(/in February|5\.00/);
    } finally {
      await app.stop();
      await workspace.close();
      await side.close();
    }
  });

  it('a run is one trace over all its stages, and one number in every line, also of one that fails', async () => {
    const shop = await aPipeline();
    const { log, lines } = logTo('runs.jsonl');
    const needs = { ...shop.needs, log, tracer, warehouse: tracedWarehouse(shop.needs.warehouse, tracer) };
    try {
      const loaded = await shop.load(SHOP, {}, needs);
      const failed = await shop.load({ 'orders.csv': 'order_id,ordered_at\no9,never\n' }, {}, needs);
      expect([loaded.outcome, failed.outcome]).toEqual(['loaded', 'failed']);
      await tracer.flush();
      for (const { id } of [loaded, failed]) {
        const { traceId } = idsOf({ run: id });
        const mine = spans.filter((span) => span.traceId === traceId);
        const names = new Set(mine.map(({ name }) => name));
        expect(names).toContain('run receive');
        expect(names).toContain('run announce');
        expect(names).toContain('warehouse write');
        expect(
          new Set(
            lines()
              .filter(({ run }) => run === id)
              .map((line) => line['trace_id']),
          ),
        ).toEqual(new Set([traceId]));
      }
      expect(lines().filter(({ run }) => run === undefined)).toEqual([]);
      expect(new Set(lines().map(({ run }) => run))).toEqual(new Set([loaded.id, failed.id]));
    } finally {
      await shop.close();
    }
  });

  it('goes on with its work when nobody receives traces, and has numbers in the log when none are sent', async () => {
    const away = otelTracer({ endpoint: 'http://127.0.0.1:1', service: 'test' });
    expect(await away.follow({ run: 'run-1' }, 'x', {}, async () => 7)).toBe(7);
    await away.close();
    const { log, lines } = logTo('plain.jsonl');
    await plainTracer.follow({ question: 'qst-1' }, 'x', {}, async () => {
      await plainTracer.follow({ run: 'run-1' }, 'y', {}, async () => log.info('inside'));
      log.child({ door: 'dm' }).info('between');
    });
    log.info('outside');
    expect(lines().map(({ question, run }) => [question, run])).toEqual([
      ['qst-1', 'run-1'],
      ['qst-1', undefined],
      [undefined, undefined],
    ]);
  });
});
