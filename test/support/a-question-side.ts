import { dynamodbAuditLog } from '../../src/adapters/dynamodb-audit-log.ts';
import { dynamodbConversations } from '../../src/adapters/dynamodb-conversations.ts';
import { dynamodbInvoices } from '../../src/adapters/dynamodb-invoices.ts';
import { dynamodbKpiStore } from '../../src/adapters/dynamodb-kpi-store.ts';
import { dynamodbModelSpending } from '../../src/adapters/dynamodb-model-spending.ts';
import { dynamodbReceipts } from '../../src/adapters/dynamodb-receipts.ts';
import { memoryClock } from '../../src/adapters/memory-clock.ts';
import { memoryIds } from '../../src/adapters/memory-ids.ts';
import { readConfig } from '../../src/config.ts';
import type { Answered } from '../../src/domain/answer.ts';
import { createLog } from '../../src/log.ts';
import { type AnsweredQuestion, answerQuestion, type Question } from '../../src/questions/answer-question.ts';
import type { QuestionNeeds } from '../../src/questions/needs.ts';
import { wireQuestions } from '../../src/wire-questions.ts';
import { aDynamodb } from './a-dynamodb.ts';
import { aQuestion } from './a-question.ts';
import { aWarehouse } from './a-warehouse.ts';

export type AQuestionSide = {
  needs: QuestionNeeds;
  ask(text: string, options?: Partial<Question>): Promise<AnsweredQuestion>;
  /** Fails on whatever is no answer with figures. */
  answered(text: string, options?: Partial<Question>): Promise<Answered>;
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
  const ask: AQuestionSide['ask'] = (text, options = {}) =>
    answerQuestion(aQuestion({ text, today, ...options }), questions);
  return {
    needs: questions,
    ask,
    async answered(text, options) {
      const { answer } = await ask(text, options);
      if (answer.kind !== 'answered') throw new Error(`${text}: ${answer.kind}: ${answer.text}`);
      return answer;
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
