import type { Period } from '../domain/period.ts';
import type { Plan } from '../domain/plan.ts';
import { answerCatalogue, answerDefinition } from './answer-definition.ts';
import { answerDrafted } from './answer-drafted.ts';
import { answerInvoice } from './answer-invoice.ts';
import { answerLive } from './answer-live.ts';
import { answerMetrics } from './answer-metrics.ts';
import type { Question } from './answer-question.ts';
import { answerTemplate, lookUp } from './answer-template.ts';
import { answerWhy } from './answer-why.ts';
import type { AskedNow } from './asked-now.ts';
import { limitInWords } from './limit-in-words.ts';
import type { QuestionNeeds } from './needs.ts';
import { type Outcome, refuse } from './outcome.ts';

/** Does what a plan says: composes or fills in the SQL, has it vetted, reads, and says in words what came out. */
export async function carryOutPlan(
  plan: Plan,
  notes: string[],
  question: Question,
  needs: QuestionNeeds,
): Promise<Outcome> {
  if (plan.kind === 'definition')
    return answerDefinition([plan.of, ...(plan.beside ? [plan.beside] : [])], needs);
  if (plan.kind === 'catalogue') return answerCatalogue(question.rights, needs);
  const { rights } = question;
  if (rights.tables !== 'all' && rights.tables.length === 0) {
    return refuse(
      'not-permitted',
      "You may not see the company's figures here. Ask the data owner for access.",
    );
  }
  const asked: AskedNow = { ...question, limit: await limitInWords(question, needs), period: periodOf(plan) };
  switch (plan.kind) {
    case 'metrics':
      return answerMetrics(plan.query, notes, asked, needs);
    case 'template':
      return answerTemplate(plan, notes, asked, needs);
    case 'live': {
      const { read } = plan;
      return read.what === 'invoice' || read.what === 'customer-invoices'
        ? answerInvoice(read, notes, asked, needs, () => answerTemplate(lookUp(read), notes, asked, needs))
        : answerLive(read, notes, asked, needs);
    }
    case 'why':
      return answerWhy(plan, notes, asked, needs);
    case 'drafted':
      return answerDrafted(plan, notes, asked, needs);
  }
}

function periodOf(plan: Plan): Period | null {
  if (plan.kind === 'metrics' || plan.kind === 'why') return plan.query.period;
  return plan.kind === 'template' ? plan.period : null;
}
