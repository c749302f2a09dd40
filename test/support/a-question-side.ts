import { ALL_RIGHTS } from '../../src/access/rights-for.ts';
import { dynamodbAuditLog } from '../../src/adapters/dynamodb-audit-log.ts';
import { dynamodbConversations } from '../../src/adapters/dynamodb-conversations.ts';
import { dynamodbInvoices } from '../../src/adapters/dynamodb-invoices.ts';
import { dynamodbKpiStore } from '../../src/adapters/dynamodb-kpi-store.ts';
import { dynamodbModelSpending } from '../../src/adapters/dynamodb-model-spending.ts';
import { dynamodbReceipts } from '../../src/adapters/dynamodb-receipts.ts';
import { memoryClock } from '../../src/adapters/memory-clock.ts';
import { memoryIds } from '../../src/adapters/memory-ids.ts';
import { readConfig } from '../../src/config.ts';
import type { Rights } from '../../src/domain/rights.ts';
import { createLog } from '../../src/log.ts';
import { type AnsweredQuestion, answerQuestion } from '../../src/questions/answer-question.ts';
import type { QuestionNeeds } from '../../src/questions/needs.ts';
import { wireQuestions } from '../../src/wire-questions.ts';
import { aDynamodb } from './a-dynamodb.ts';
import { aWarehouse } from './a-warehouse.ts';

export type AQuestionSide = {
  needs: QuestionNeeds;
  ask(
    text: string,
    options?: { rights?: Rights; thread?: string; today?: string },
  ): Promise<AnsweredQuestion>;
  write(...statements: string[]): Promise<void>;
  close(): Promise<void>;
};

let writes = 0;

/** The whole question side over embedded parts, with the rows that these statements write. */
export async function aQuestionSide(
  statements: string[],
  today = '2026-03-02',
  env: Record<string, string> = {},
): Promise<AQuestionSide> {
  const { warehouse, close: closeWarehouse } = await aWarehouse();
  const { records, close: closeRecords } = await aDynamodb();
  const clock = memoryClock(`${today}T09:00:00.000Z`);
  const write = async (...sql: string[]): Promise<void> => {
    writes += 1;
    await warehouse.write({
      token: `test-${process.pid}-${writes}`,
      steps: sql.map((one) => ({ sql: one })),
    });
  };
  await write(...statements);
  const { questions, dataChanged } = await wireQuestions({
    config: readConfig({ LOG_LEVEL: 'silent', PLUMBLINE_CURRENCY: 'GBP', ...env }),
    log: createLog({ level: 'silent' }),
    clock,
    ids: memoryIds(),
    warehouse,
    kpis: dynamodbKpiStore(records),
    conversations: dynamodbConversations(records, clock),
    receipts: dynamodbReceipts(records),
    audit: dynamodbAuditLog(records),
    spending: dynamodbModelSpending(records),
    invoices: dynamodbInvoices(records, { soleWriter: true }),
  });
  let threads = 0;
  return {
    needs: questions,
    ask(text, options = {}) {
      threads += 1;
      return answerQuestion(
        {
          text,
          asker: 'U1',
          rights: options.rights ?? ALL_RIGHTS,
          door: 'terminal',
          channel: null,
          thread: options.thread ?? `thread-${threads}`,
          today: options.today ?? today,
          planner: 'auto',
        },
        questions,
      );
    },
    async write(...sql) {
      await write(...sql);
      await dataChanged();
    },
    async close() {
      await closeWarehouse();
      await closeRecords();
    },
  };
}
