import { readPolicy } from '../../src/access/policy.ts';
import { rightsFor } from '../../src/access/rights-for.ts';
import { dynamodbAuditLog } from '../../src/adapters/dynamodb-audit-log.ts';
import { dynamodbConversations } from '../../src/adapters/dynamodb-conversations.ts';
import { dynamodbKpiStore } from '../../src/adapters/dynamodb-kpi-store.ts';
import { dynamodbReceipts } from '../../src/adapters/dynamodb-receipts.ts';
import { dynamodbRunLog } from '../../src/adapters/dynamodb-run-log.ts';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import { sortableIds } from '../../src/adapters/sortable-ids.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { readDashboard } from '../../src/dashboard/read-dashboard.ts';
import type { Answer, Answered } from '../../src/domain/answer.ts';
import { createLog } from '../../src/log.ts';
import type { Question } from '../../src/questions/answer-question.ts';
import { resultHash } from '../../src/questions/make-receipt.ts';
import type { Outcome } from '../../src/questions/outcome.ts';
import { DEFAULT_SETTINGS, type SlackNeeds } from '../../src/slack/needs.ts';
import { createSlackApp, type SlackApp } from '../../src/slack/slack-app.ts';
import type { ADynamodb } from './a-dynamodb.ts';
import { aReceipt } from './a-receipt.ts';
import type { WorkspaceForTests } from './a-workspace.ts';

/** What a scripted question side answers, and what it was asked. */
export type Script = (question: Question) => Promise<Answer> | Answer;

export function anAnswer(given: Partial<Answered> = {}): Answered {
  return {
    kind: 'answered',
    provenance: 'composed',
    text: 'Revenue was £1,200.00 last week. That is 20.0% more than the week before.',
    understood: {
      line: 'Revenue, 3 Nov 2025 to 9 Nov 2025',
      metrics: ['revenue'],
      filters: [],
      period: '3 Nov 2025 to 9 Nov 2025',
      comparedWith: null,
      notes: [],
    },
    table: {
      columns: [
        { name: 'category', label: 'Category', type: 'text' },
        { name: 'revenue', label: 'Revenue', type: 'decimal', unit: { kind: 'money', of: 'GBP' } },
      ],
      rows: [
        ['Boots', '700.00'],
        ['Trainers', '500.00'],
      ],
      truncated: false,
    },
    chart: {
      kind: 'bar',
      title: 'Revenue by category',
      x: 'category',
      y: ['revenue'],
      series: null,
      unitLabel: 'GBP',
      source: 'Plumbline',
    },
    followUps: ['and by branch?', 'per month'],
    dataState: {
      completeThrough: '2025-11-09',
      batches: ['bat-1'],
      reconciled: 'reconciled',
      offBy: null,
      warnings: [],
    },
    sql: 'select category, sum(net_amount) as revenue from order_items group by category',
    params: { from: '2025-11-03' },
    receiptId: 'rcp-none',
    ...given,
  };
}

/** The needs of the Slack app on real record stores, with a question side that follows a script. */
export function scriptedNeeds(
  store: ADynamodb,
  script: Script,
  given: Partial<Omit<SlackNeeds, 'settings'>> & {
    settings?: Partial<SlackNeeds['settings']>;
    /** How sure the planner says it is. */
    confidence?: number;
  } = {},
): SlackNeeds & { asked: Question[] } {
  const clock = given.clock ?? systemClock({ timeZone: 'Europe/London', today: '2025-11-12' });
  const ids = sortableIds();
  const policy = readPolicy('infra/local/policy.yaml');
  const receipts = dynamodbReceipts(store.records);
  const conversations = dynamodbConversations(store.records, clock);
  const asked: Question[] = [];
  const kept = new Map<string, Answered>();
  return {
    asked,
    async answer(question) {
      asked.push(question);
      const answer = await script(question);
      const receiptId = ids.next('rcp');
      const told = answer.kind === 'answered' ? { ...answer, receiptId } : answer;
      if (told.kind === 'answered') {
        kept.set(receiptId, told);
        await receipts.save(
          aReceipt({
            id: receiptId,
            question: question.text,
            asker: question.asker,
            channel: question.channel,
            thread: question.thread,
            understood: told.understood,
            sql: told.sql,
            params: told.params,
            provenance: told.provenance,
            rightsId: question.rights.id,
            resultHash: resultHash(told.table),
          }),
        );
      }
      await conversations.addTurn(question.thread, question.channel ?? '', {
        question: question.text,
        plan: null,
        answerKind: told.kind,
        receiptId: told.kind === 'answered' ? receiptId : null,
        askedAt: clock.now().toISOString(),
        asker: question.asker,
      });
      return {
        answer: told,
        use: { input: 0, output: 0, cached: 0, costUsd: '0' },
        tookMs: 1,
        planKind: 'metrics',
        confidence: given.confidence ?? 1,
      };
    },
    async readAgain(receipt): Promise<Outcome> {
      const answer = kept.get(receipt.id);
      if (!answer) return { kind: 'refused', reason: 'cannot-answer', text: 'gone' };
      return {
        kind: 'result',
        provenance: answer.provenance,
        title: answer.understood.line,
        table: answer.table,
        sql: answer.sql,
        params: answer.params,
        tables: ['order_items'],
        understood: answer.understood,
        sentences: [],
        mayBeSaid: [],
        vocabulary: [],
        warnings: [],
        gated: true,
      };
    },
    conversations,
    smallRecords: dynamodbVersionedRecords(store.records),
    receipts,
    audit: dynamodbAuditLog(store.records),
    runLog: dynamodbRunLog(store.records),
    kpis: dynamodbKpiStore(store.records),
    charts: null,
    dashboard: (user, rights) =>
      readDashboard(
        { user, rights },
        {
          kpis: dynamodbKpiStore(store.records),
          runLog: dynamodbRunLog(store.records),
          audit: dynamodbAuditLog(store.records),
          smallRecords: dynamodbVersionedRecords(store.records),
          clock,
          minutesPerAnswer: 15,
          freshness: async () => [],
          facts: async () => ({ days: {}, rows: {}, currencies: [], batches: [], findings: [] }),
          locale: async () => ({ language: 'en-GB', currency: 'GBP' }),
          branchNames: async () => new Map(),
        },
      ),
    clock,
    ids,
    log: createLog({ level: process.env.LOG_LEVEL ?? 'silent' }),
    policy,
    rightsFor: (person) => rightsFor(person, policy),
    locale: async () => ({ language: 'en-GB', currency: 'GBP' }),
    ...given,
    settings: { ...DEFAULT_SETTINGS, answerTimeoutMs: 5000, stopWithinMs: 50, ...given.settings },
  };
}

/** No longer the message that something is being done. */
export function isFinished(message: { text: string }): boolean {
  return !message.text.startsWith('One moment') && message.text !== '';
}

/** The real Bolt app, connected to the local workspace over socket mode. */
export async function aSlackApp(workspace: WorkspaceForTests, needs: SlackNeeds): Promise<SlackApp> {
  const app = createSlackApp({
    slack: { botToken: workspace.botToken, appToken: workspace.appToken, apiUrl: workspace.apiUrl },
    needs,
  });
  await app.start();
  return app;
}
