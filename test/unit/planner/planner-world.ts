import { fileURLToPath } from 'node:url';
import type { Members, MetricQuery } from '../../../src/domain/metric-query.ts';
import type { Plan, PlannerReply } from '../../../src/domain/plan.ts';
import type { Rights } from '../../../src/domain/rights.ts';
import { loadSemanticModel } from '../../../src/model/load-semantic-model.ts';
import { loadTemplates } from '../../../src/model/template.ts';
import { createOfflinePlanner } from '../../../src/planner/offline-planner.ts';
import type { Conversation } from '../../../src/ports/conversations.ts';
import type { Planner } from '../../../src/ports/planner.ts';
import { createValueIndex, type ValuesOfDimension } from '../../../src/vocabulary/value-index.ts';
import type { ValuesTogether } from '../../../src/vocabulary/value-kinship.ts';

/** A Tuesday; the data runs from November 2024 to the day before. */
export const TODAY = '2026-06-16';

const folder = (path: string): string =>
  fileURLToPath(new URL(`../../../sql-templates/${path}/`, import.meta.url));
export const model = loadSemanticModel(folder('model'));
const templates = loadTemplates(folder('questions'));

const VALUES: Record<string, string[]> = {
  branch: ['London Covent Garden', 'Manchester Deansgate', 'Leeds Briggate', 'York Shambles', 'Web shop'],
  branch_id: ['B01', 'B02', 'B07', 'B11', 'WEB'],
  branch_city: ['London', 'Manchester', 'Leeds', 'York'],
  region: ['South', 'North', 'Scotland'],
  category: ['Boots', 'Sandals', 'Sneakers', 'health_beauty', 'watches_gifts'],
  subcategory: ['Walking boots', 'Chelsea boots', 'Flip-flops'],
  department: ['Men', 'Women', 'Kids'],
  brand: ['Plumb', 'Harrow & Vale', 'Nordhem'],
  product: ['Fell Walker Brown', 'Fell Walker Black', 'WHITE HANGING HEART T-LIGHT HOLDER', 'Moorland Green'],
  product_id: ['85123A', '22423'],
  channel: ['store', 'web', 'phone'],
  order_status: ['delivered', 'canceled', 'returned', 'shipped'],
  country: ['United Kingdom', 'Germany', 'France', 'Netherlands', 'EIRE'],
  state: ['SP', 'RJ', 'MG'],
  seller_state: ['SP', 'RJ'],
  city: ['London', 'sao paulo', 'Berlin'],
  seller_city: ['sp', 'sao paulo'],
  payment_method: ['credit_card', 'boleto', 'voucher', 'cash'],
  account: ['Rent', 'Wages', 'Marketing'],
  refund_reason: ['too small', 'damaged'],
  coupon: ['WELCOME10'],
};

export function valuesOf(more: Record<string, string[]> = {}): ValuesOfDimension[] {
  return [...model.dimensions.values()].flatMap((dimension) => {
    const values =
      dimension.values.kind === 'listed'
        ? dimension.values.values
        : [...(VALUES[dimension.name] ?? []), ...(more[dimension.name] ?? [])];
    return values.length > 0
      ? [{ dimension: dimension.name, values, synonyms: dimension.value_synonyms }]
      : [];
  });
}

export function createPlanner(more: Record<string, string[]> = {}, together: ValuesTogether[] = []): Planner {
  const index = createValueIndex(valuesOf(more), together);
  const span = { first: '2024-11-01', last: '2026-06-15' };
  return createOfflinePlanner({
    model,
    templates,
    values: () => index,
    facts: () => ({
      days: { orders: span, order_items: span },
      rows: {},
      currencies: ['GBP'],
      batches: [],
      findings: [],
    }),
  });
}

export const ALL_RIGHTS: Rights = {
  id: 'all',
  roles: ['manager'],
  tables: 'all',
  metrics: 'all',
  personalData: 'masked',
  rowFilters: {},
  mayDraftSql: false,
  mayUpload: false,
  mayOperate: false,
};

const shared = createPlanner();

export async function ask(
  question: string,
  options: { today?: string; rights?: Rights; conversation?: Conversation; planner?: Planner } = {},
): Promise<PlannerReply> {
  const { reply } = await (options.planner ?? shared).plan({
    question,
    today: options.today ?? TODAY,
    rights: options.rights ?? ALL_RIGHTS,
    conversation: options.conversation,
  });
  return reply;
}

/** Asks in one thread, each question leaning on the ones before; gives the replies. */
export async function askInThread(questions: string[]): Promise<PlannerReply[]> {
  const conversation: Conversation = { thread: 't', channel: 'c', turns: [] };
  const replies: PlannerReply[] = [];
  for (const question of questions) {
    const reply = await ask(question, { conversation });
    replies.push(reply);
    const plan: Plan | null = reply.kind === 'plan' ? reply.plan : null;
    const answerKind =
      reply.kind === 'plan'
        ? 'answered'
        : reply.kind === 'clarify'
          ? 'needs-detail'
          : reply.kind === 'refuse'
            ? 'refused'
            : 'empty';
    conversation.turns.push({ question, plan, answerKind, receiptId: null, askedAt: '', asker: 'U1' });
  }
  return replies;
}

/** A reply in one line, without notes: what the tables of cases are written in. */
export function inShort(reply: PlannerReply): string {
  if (reply.kind === 'clarify')
    return reply.unknownWords.length > 0 ? `ask about ${reply.unknownWords.join(', ')}` : 'ask';
  if (reply.kind === 'refuse') return `no: ${reply.reason}`;
  if (reply.kind === 'unknown-value') return `no such ${reply.dimension}: ${reply.value}`;
  const { plan } = reply;
  if (plan.kind === 'metrics') return queryInShort(plan.query);
  if (plan.kind === 'why') return `why ${queryInShort(plan.query)}, by ${plan.dimensions.join(' ')}`;
  if (plan.kind === 'template')
    return `template ${plan.template}${plan.period ? ` ${plan.period.from}..${plan.period.to}` : ''}`;
  if (plan.kind === 'live') return `live ${Object.values(plan.read).flat().join(' ')}`;
  if (plan.kind === 'definition') return `definition of ${[plan.of, plan.beside ?? []].flat().join(' and ')}`;
  return plan.kind;
}

export function queryInShort(query: MetricQuery): string {
  const period = (one: { from: string; to: string } | null): string =>
    one ? `${one.from}..${one.to}` : 'all';
  return [
    query.metrics.join('+'),
    ...(query.dimensions.length > 0 ? [`by ${query.dimensions.join('+')}`] : []),
    ...(query.grain ? [`per ${query.grain}`] : []),
    period(query.period),
    ...query.filters.map(
      (one) =>
        `${one.dimension} ${one.operator} [${one.values.join('|')}]${one.of ? ` of ${one.of.join('+')}` : ''}`,
    ),
    ...query.segments.map((name) => `<${name}>`),
    ...(query.comparison ? [`vs ${query.comparison.kind} ${period(query.comparison.period)}`] : []),
    ...query.calculations.map((one) =>
      one.kind === 'moving-average'
        ? `${one.kind} ${one.window}`
        : one.kind === 'share-of-total' && one.whole
          ? `share of all ${one.whole.join('+')}`
          : one.kind,
    ),
    ...(query.ranking
      ? [
          `${query.ranking.direction} ${query.ranking.limit} by ${query.ranking.by}${query.ranking.from ? ` from ${query.ranking.from}` : ''}${query.ranking.withRest ? ' and the rest' : ''}${query.ranking.within ? ` in each ${query.ranking.within}` : ''}`,
        ]
      : []),
    ...query.having.map((one) => `having ${one.metric} ${one.operator} ${one.values.join('..')}`),
    ...(query.members ?? []).map(membersInShort),
    ...(query.apart ? [`${query.apart.values.join('|')} apart`] : []),
    ...(query.acrossGrain ? [`${query.acrossGrain.aggregate} over ${query.acrossGrain.grain}s`] : []),
  ].join(', ');
}

function membersInShort({ dimension, having, ranking, period, without }: Members): string {
  const ranked = ranking ? `${ranking.direction} ${ranking.limit} ` : '';
  const conditions = having.map((one) => ` with ${one.metric} ${one.operator} ${one.values.join('..')}`);
  const when = period ? ` in ${period.from}..${period.to}` : '';
  return `${without ? 'without ' : 'of '}${ranked}${dimension}${ranking ? ` by ${ranking.by}` : ''}${conditions.join('')}${when}`;
}
