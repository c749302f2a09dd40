import type { Grain } from '../domain/period.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { QuestionTemplates } from '../model/template.ts';
import { ROLE_PHRASES, type Role } from './understand-function-words.ts';
import { createSpelling, type Spelling } from './understand-spelling.ts';
import { fold, stem, type Token } from './understand-words.ts';

/** What a phrase of the vocabulary can mean. */
export type WordMeaning =
  | { kind: 'metric'; name: string }
  | { kind: 'dimension'; name: string }
  | { kind: 'segment'; name: string }
  | { kind: 'grain'; grain: Grain }
  | { kind: 'unit'; grain: Grain }
  | { kind: 'change'; over: Grain }
  | { kind: 'outside'; subject: string }
  | { kind: 'role'; role: Role };

export type Lexicon = {
  /** Phrases that start at token `at`, longest first; small words may stand inside a phrase ('orders were cancelled'). */
  at(all: readonly Token[], at: number): { length: number; meanings: WordMeaning[] }[];
  hasWord(token: Token): boolean;
  near(word: string): string[];
};

type Node = { next: Map<string, Node>; meanings: WordMeaning[] };

/** Words of the model that mean something else far more often. */
const NOT_SYNONYMS = new Set([
  'make',
  'label',
  'person',
  'land',
  'goods',
  'good',
  'sell',
  'sold',
  'standing',
  'volume',
  'row',
  'reason',
  'on',
  'people',
  'status',
  'hour',
  'state of the order',
  'spent',
  'spend',
  'order',
  'purchase',
  'document',
  'contribution',
  'given back',
  'on sale',
  'location',
  'movement',
  'existing',
  'plan',
  'target',
  'segment',
  'selling product',
  'sold for',
  'year',
  'active product',
  'selling merchant',
]); // prettier-ignore

/** Of those, words that stay in when said in this form. */
const STILL: Record<string, { kind: 'metric' | 'dimension'; name: string }[]> = {
  orders: [
    { kind: 'metric', name: 'orders' },
    { kind: 'dimension', name: 'order_number' },
  ],
  order: [
    { kind: 'metric', name: 'orders' },
    { kind: 'dimension', name: 'order_number' },
  ],
  purchases: [{ kind: 'metric', name: 'orders' }],
  people: [
    { kind: 'metric', name: 'unique_customers' },
    { kind: 'dimension', name: 'customer' },
  ],
  status: [{ kind: 'dimension', name: 'order_status' }],
  movement: [{ kind: 'metric', name: 'ledger_movement' }],
  shortfall: [{ kind: 'metric', name: 'revenue_variance' }],
  spending: [{ kind: 'metric', name: 'expenses' }],
  segment: [{ kind: 'dimension', name: 'customer_segment' }],
  location: [{ kind: 'dimension', name: 'branch' }],
  hour: [{ kind: 'dimension', name: 'hour_of_day' }],
  hourly: [{ kind: 'dimension', name: 'hour_of_day' }],
  'by hour': [{ kind: 'dimension', name: 'hour_of_day' }],
  document: [{ kind: 'metric', name: 'invoices' }],
  target: [{ kind: 'metric', name: 'revenue_budget' }],
  rev: [{ kind: 'metric', name: 'revenue' }],
  reason: [{ kind: 'dimension', name: 'refund_reason' }],
  method: [
    { kind: 'dimension', name: 'payment_method' },
    { kind: 'dimension', name: 'refund_method' },
  ],
}; // prettier-ignore

const GRAINS: Record<Grain, string> = {
  day: 'daily|per day|by day|each day|every day|day by day|a day|for each day|by date|per date|by the day|on a daily basis|for every day|day to day|by individual day|in a day|of each day',
  week: 'weekly|per week|by week|each week|every week|week by week|a week|for each week|by the week|on a weekly basis|for every week|week to week|in a week|of each week|by calendar week|per calendar week',
  month:
    'monthly|per month|by month|each month|every month|month by month|a month|for each month|by the month|on a monthly basis|for every month|month to month|in a month|by calendar month|of each month|per calendar month|month wise|monthwise',
  quarter:
    'quarterly|per quarter|by quarter|each quarter|every quarter|quarter by quarter|a quarter|for each quarter|by the quarter|on a quarterly basis|for every quarter',
  year: 'yearly|annual|annually|per year|by year|each year|every year|year by year|a year|for each year|by the year|per annum|on a yearly basis|for every year|on an annual basis|by calendar year',
}; // prettier-ignore

const CHANGES: Record<Grain, string> = {
  year: 'yoy|y o y|year over year|year on year|y y|year to year|on year',
  quarter: 'qoq|q o q|quarter over quarter|quarter on quarter|q q',
  month: 'mom|m o m|month over month|month on month|m m',
  week: 'wow|w o w|week over week|week on week|w w',
  day: 'dod|day over day|day on day',
};

/** Business words that no retail warehouse of ours holds; said by name instead of being guessed at. */
const OUTSIDE: Record<string, string> = {
  'website visits|web visits|page views|pageviews|website traffic|web traffic|traffic|visitors|website visitors|sessions|clicks|click through rate|ctr|impressions|bounce rate|conversion|conversion rate|conversions|footfall|visits|visit|visited|walked in|walked into|came into the shop|downloads|app installs|logins|followers|likes|newsletter subscribers|email opens|open rate':
    'visits and clicks',
  'nps|net promoter score|customer satisfaction|csat|satisfaction|satisfied|dissatisfied|unhappy|reviews|review|ratings|rating|star rating|review score|complaints|complaint|feedback|sentiment|happy|happiness|support tickets|tickets|calls|call volume|chat|chats|live chat|chat log|chat logs':
    'customers’ opinions and complaints',
  'opening hours|opening times|closing time|alarm code|alarm codes|pallet|pallets|till float|cash float|petty cash box|hotline|phone line|phone lines|fitting room|fitting rooms|changing room|changing rooms|queue|queues|queue length|queueing time|queuing time':
    'the daily running of shops and warehouse',
  'sick leave|annual leave|on leave|unanswered|response time|reply time|first response|unanswered emails|handling time|handle time|resolution time|time to resolve|time to resolution':
    'work of the team',
  'floor space|square metre|square metres|square meter|square meters|square foot|square feet|sqm|sq m|sq ft|floor area|selling space|sales area|shop size|store size|rent per square metre':
    'floor space',
  'dpd|royal mail|fedex|dhl|evri|hermes courier|yodel|parcelforce|courier|couriers|carrier|carriers|haulier|hauliers|driver|drivers':
    'carriers',
  'picker|pickers|packer|packers|picking errors|picking error|pick errors|packing errors|mispicks|picking accuracy|pick rate|warehouse team|on shift|rota|rotas':
    'work in the warehouse',
  'employees|employee|staff|headcount|salary|salaries|wages|payroll|workers|personnel|hr|hiring|sick days|absences|shifts|overtime|fte|turnover rate of staff|staff turnover|attrition|sales rep|sales reps|salesperson|sales people|salespeople|sales person|rep|reps|manager|managers|cashier|cashiers':
    'staff',
  'market share|competitors|competitor|competition|industry average|benchmark|market size|rivals':
    'the market and competitors',
  'stock price|share price|market cap|valuation|shareholders|dividend|dividends|ebitda|ebit|roi|roas|cac|customer acquisition cost|ltv|lifetime value|customer lifetime value|clv|cltv|churn|churn rate|cash flow|cashflow|burn rate|debt|interest rate|profit after tax|earnings per share|net present value|working capital|value of the company|company value|value of the business|company worth|depreciation|amortisation|amortization|interest paid|interest on|loan|loans|mortgage':
    'that financial measure',
  'newsletter|newsletters|mailing|mailings|mailshot|flyer|flyers|leaflet|leaflets|billboard|billboards|influencer|influencers|ad spend|adspend|advertising|marketing spend|marketing budget|campaign|campaigns|ads|google ads|facebook ads|instagram|social media|tiktok|seo|email campaign|cost per click|cpc|cpa':
    'advertising',
  'weather|temperature|rain|rainfall|climate|co2|carbon|emissions|footprint|energy|electricity':
    'weather and environment',
  'gender|genders|male|males|female|females|age|ages|age group|age groups|birthday|birthdays|nationality|religion|income level|marital status|demographics|demographic|ethnicity|occupation|job title':
    'personal characteristics of customers',
  'warranty|warranties|subscriptions|subscription|loyalty points|points|loyalty program|loyalty card|wishlist|wish list|abandoned carts|abandoned cart|cart abandonment|add to cart|basket abandonment|search terms|searches':
    'that',
  'size|sizes|colour|color|colors|material|materials|fabric|shoe size|style|styles|sizing':
    'sizes, colours and materials',
  'open to buy|weeks of cover|weeks cover|stock cover|sell through|sell through rate|sellthrough|on order|purchase orders|inbound stock|lead time of suppliers|supplier lead time':
    'what is on order with suppliers, and how long the stock lasts',
  'exchange rate|inflation|gdp|interest rates|vat rate|fx|currency rate': 'the economy',
}; // prettier-ignore

/** Small words that may part the words of a phrase: 'orders that were cancelled'. */
const INSIDE = new Set([
  'were',
  'was',
  'are',
  'is',
  'be',
  'been',
  'being',
  'got',
  'get',
  'have',
  'has',
  'had',
  'did',
  'do',
  'does',
  'we',
  'that',
  'which',
  'who',
  'the',
  'our',
  'a',
  'an',
  'it',
  'us',
  '-',
  '/',
]); // prettier-ignore

/** Forms of a verb that count as its participle: 'how many orders did we cancel'. */
const VERBS: Record<string, string> = {
  cancel: 'canceled',
  canceling: 'canceled',
  deliver: 'delivered',
  delivering: 'delivered',
  ship: 'shipped',
  refunding: 'refunded',
  pay: 'paid',
  paying: 'paid',
  returning: 'returning',
  discounting: 'discounted',
}; // prettier-ignore

/** All words that the model and the question words give a meaning to. Built once per model. */
export function createLexicon(model: SemanticModel, templates: QuestionTemplates): Lexicon {
  const root: Node = { next: new Map(), meanings: [] };
  const known = new Set<string>();
  const spelled = new Set<string>();

  const add = (phrase: string, meaning: WordMeaning): void => {
    const parts = phraseParts(phrase);
    if (parts.length === 0) return;
    let node = root;
    for (const part of parts) {
      known.add(part);
      let next = node.next.get(part);
      if (!next) {
        next = { next: new Map(), meanings: [] };
        node.next.set(part, next);
      }
      node = next;
    }
    if (!node.meanings.some((one) => JSON.stringify(one) === JSON.stringify(meaning)))
      node.meanings.push(meaning);
    if (meaning.kind !== 'role' || (meaning.role !== 'stop' && meaning.role !== 'vague')) {
      for (const part of parts) if (part.length >= 4) spelled.add(part);
      // 'countires' is nearer to the plural.
      for (const part of parts) if (/[^aeiou]y$/.test(part)) spelled.add(part.replace(/y$/, 'ies'));
    } else for (const part of parts) if (part.length >= 5) spelled.add(part);
  };

  for (const metric of model.metrics.values()) {
    for (const phrase of [metric.name.replaceAll('_', ' '), metric.label, ...metric.synonyms]) {
      if (!dropped(phrase)) add(phrase, { kind: 'metric', name: metric.name });
    }
  }
  for (const metric of model.metrics.values()) {
    if (metric.unit.kind !== 'share') continue;
    for (const phrase of [metric.label, ...metric.synonyms]) {
      const base = / (?:rate|percentage|share|ratio)$/i.test(phrase) ? phrase.replace(/ \w+$/, '') : null;
      if (base === null || /^(?:share|sales|profit)$/i.test(base)) continue;
      for (const tail of ['%', 'percent', 'in percent', 'in %']) {
        add(`${base} ${tail}`, { kind: 'metric', name: metric.name });
        add(`${phrase} ${tail}`, { kind: 'metric', name: metric.name });
      }
    }
  }
  for (const dimension of model.dimensions.values()) {
    for (const phrase of [
      dimension.name.replaceAll('_', ' '),
      dimension.label,
      dimension.plural,
      ...dimension.synonyms,
    ]) {
      if (!dropped(phrase)) add(phrase, { kind: 'dimension', name: dimension.name });
    }
  }
  for (const segment of model.segments.values()) {
    for (const phrase of [segment.label, ...segment.synonyms])
      add(phrase, { kind: 'segment', name: segment.name });
  }
  for (const [phrase, meanings] of Object.entries(STILL)) {
    for (const meaning of meanings) {
      const there =
        meaning.kind === 'metric' ? model.metrics.has(meaning.name) : model.dimensions.has(meaning.name);
      if (there) add(phrase, meaning);
    }
  }
  for (const [grain, phrases] of Object.entries(GRAINS)) {
    for (const phrase of phrases.split('|')) add(phrase, { kind: 'grain', grain: grain as Grain });
    add(grain, { kind: 'unit', grain: grain as Grain });
  }
  for (const [over, phrases] of Object.entries(CHANGES)) {
    for (const phrase of phrases.split('|')) add(phrase, { kind: 'change', over: over as Grain });
  }
  for (const [role, phrase] of ROLE_PHRASES) add(phrase, { kind: 'role', role });
  for (const [phrases, subject] of Object.entries(OUTSIDE)) {
    for (const phrase of phrases.split('|')) {
      if (!hasModelMeaning(root, phrase)) add(phrase, { kind: 'outside', subject });
    }
  }

  for (const template of templates.values()) {
    const phrases = [template.title, template.question, ...template.examples, ...template.cues.flat()];
    for (const part of phrases.flatMap(phraseParts)) known.add(part);
  }

  const spelling: Spelling = createSpelling(spelled);
  return {
    at: (all, at) => phrasesAt(root, all, at),
    hasWord: (token) => known.has(token.stem) || known.has(token.word) || VERBS[token.word] !== undefined,
    near: (word) => spelling.near(word),
  };
}

function phraseParts(phrase: string): string[] {
  const words = phrase.replaceAll('%', ' % ').match(/[\p{L}\p{N}\p{M}]+(?:['’][\p{L}]+)*|[%&+,;]/gu) ?? [];
  return words.map((word) => stem(fold(word)));
}

function dropped(phrase: string): boolean {
  return NOT_SYNONYMS.has(phraseParts(phrase).join(' ')) || /^how many /.test(phrase);
}

function hasModelMeaning(root: Node, phrase: string): boolean {
  let node: Node | undefined = root;
  for (const part of phraseParts(phrase)) node = node?.next.get(part);
  return (node?.meanings.length ?? 0) > 0;
}

function phrasesAt(
  root: Node,
  all: readonly Token[],
  at: number,
): { length: number; meanings: WordMeaning[] }[] {
  const found: { length: number; meanings: WordMeaning[] }[] = [];
  const walk = (node: Node, next: number, gaps: number): void => {
    const token = all[next];
    if (!token || token.kind === 'quoted' || token.kind === 'date') return;
    const verb = VERBS[token.word];
    for (const key of new Set([token.stem, token.word, ...(verb ? [verb] : [])])) {
      const child = node.next.get(key);
      if (!child) continue;
      if (child.meanings.length > 0) found.push({ length: next - at + 1, meanings: child.meanings });
      walk(child, next + 1, gaps);
    }
    if (next > at && gaps < 3 && INSIDE.has(token.word) && !endsAName(all, next))
      walk(node, next + 1, gaps + 1);
  };
  walk(root, at, 0);
  return found.sort((a, b) => b.length - a.length);
}

/** Words behind a name that begin something else, and stand in no middle of a longer name. */
function endsAName(all: readonly Token[], at: number): boolean {
  return namesATime(all, at) || asksWhich(all, at) || asksWhether(all, at);
}

/** 'in what branches was the number of orders higher' names no branch by its number. */
function asksWhether(all: readonly Token[], at: number): boolean {
  return /^(?:is|are|was|were)$/.test(all[at]?.word ?? '') && /^(?:the|our)$/.test(all[at + 1]?.word ?? '');
}

/** 'refunds the day before' names a day, and does not speak of refund days. */
function namesATime(all: readonly Token[], at: number): boolean {
  return all[at]?.word === 'the' && /^(?:day|week|month|quarter|year)s?$/.test(all[at + 1]?.word ?? '');
}

/** 'on which weekday' asks for one of them, and does not speak of 'on weekdays'. */
function asksWhich(all: readonly Token[], at: number): boolean {
  return all[at]?.word === 'which' && /^(?:on|in|at|by|from|for|through|via)$/.test(all[at - 1]?.word ?? '');
}
