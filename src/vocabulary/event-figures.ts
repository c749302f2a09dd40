import {
  CARRYING,
  COUNTED_WORDS,
  EVENT_WORDS,
  type EventName,
  LEADING,
  MEASURE_WORDS,
  type MeasureName,
} from './event-words.ts';
import { mayMatch } from './may-match.ts';

/** A figure by what happened and how it is measured, and what else the question says. */
export type EventFigure = {
  metric: string;
  question: string;
  /** A share of orders or goods to which it happened: 'what share of orders came back', not 'what share of returned orders'. */
  shareOfAll: boolean;
};

type Counted = keyof typeof COUNTED_WORDS;
type Said = {
  has(measure: MeasureName): boolean;
  counts(noun: Counted): boolean;
  names(noun: Counted): boolean;
  /** 'what did we hand back'. */
  asksWhat: boolean;
  /** 'what percentage of boots were returned'. */
  partOf: boolean;
  /** How long it took, rather than a number of days to tell things apart by. */
  lasting: boolean;
};
type Figure = { metric: string; wording: string; takes: MeasureName[]; nouns: Counted[] };

/**
 * 'customers got how much money back' and 'what did we hand back' are the same figure: what happened (money went back)
 * by how it is measured (an amount). Gives the question again with that figure in the model's own words at its front;
 * nothing where more than one thing happened, where two measures are asked for, or where a limit or a 'not' stands by.
 */
export function eventFigure(question: string): EventFigure | undefined {
  if (BEYOND.test(question)) return undefined;
  const event = whatHappened(question);
  const figure = event && figureOf(event, saidOf(question, event), question);
  if (!event || !figure) return undefined;
  const taken = new Array<boolean>(question.length).fill(false);
  const take = (pattern: RegExp): void => {
    for (const match of question.matchAll(pattern))
      if (!PARTED_BY.test(question.slice(0, match.index)))
        taken.fill(true, match.index, match.index + match[0].length);
  };
  for (const name of [event, ...(BESIDE[event] ?? [])]) take(EVENT_WORDS[name]);
  for (const measure of figure.takes) take(MEASURE_WORDS[measure]);
  for (const noun of figure.nouns) take(COUNTED_WORDS[noun]);
  take(CARRYING);
  takeLeading(question, taken);
  const rest = taken.map((gone, at) => (gone ? ' ' : question.charAt(at))).join('');
  return {
    metric: figure.metric,
    question: `${figure.wording} ${tidy(rest)}`,
    shareOfAll: figure.takes.includes('rate') && isOfAll(question, event),
  };
}

function isOfAll(question: string, event: EventName): boolean {
  const rate = question.search(MEASURE_WORDS.rate);
  const happened = question.search(EVENT_WORDS[event]);
  if (PART_OF.test(question)) return true;
  return (['orders', 'units', 'sold'] as const).some((noun) => {
    const at = question.search(COUNTED_WORDS[noun]);
    return rate < at && at < happened;
  });
}

/** Limits, exclusions and reasons need more than a figure. */
const BEYOND =
  /\b(?:not|no|yet|still|without|never|except|excluding|other than|nor|n['’]t|isn|didn|haven|why|more than|less than|at least|at most|fewer than|whose|above|below|under|over \d)\b|\bwith(?:in)? \d|\b(?:average|avg|mean)\b.*\bper (?:day|week|month|quarter|year)\b|^who\b|\bhow late\b(?!.*\b(?:average|days)\b)/i;

const PARTED_BY = /\b(?:by|per|each|every|which)(?: (?:the|single))? $/i;

/** Words of these say the same once more. */
const BESIDE: Partial<Record<EventName, EventName[]>> = {
  late: ['delivery'],
  'on-time': ['delivery'],
};

/** 'revenue by refund reason' is told by what happened, and does not ask for it. */
function whatHappened(question: string): EventName | undefined {
  const found: EventName[] = [];
  let left = question;
  for (const name of Object.keys(EVENT_WORDS) as EventName[]) {
    if (!mayMatch(EVENT_WORDS[name], left)) continue;
    const happened = [...left.matchAll(EVENT_WORDS[name])].some(
      ({ index }) => !PARTED_BY.test(question.slice(0, index)),
    );
    if (happened) found.push(name);
    left = left.replace(EVENT_WORDS[name], (said) => '·'.repeat(said.length));
  }
  const [only, ...others] = found.filter((name) => !found.some((other) => BESIDE[other]?.includes(name)));
  return others.length === 0 ? only : undefined;
}

function saidOf(question: string, event: EventName): Said {
  const beside = question.replace(EVENT_WORDS[event], '·');
  const counted = (noun: Counted): RegExp =>
    new RegExp(
      `(?:how many|number of|no\\.? of|count of|quantity of|tally of) (?:[\\p{L}]+ ){0,2}?${COUNTED_WORDS[noun].source}`,
      'iu',
    );
  return {
    has: (measure) =>
      beside.search(MEASURE_WORDS[measure]) >= 0 || (measure === 'amount' && /\bhow much\b/i.test(question)),
    counts: (noun) => counted(noun).test(question),
    names: (noun) => question.search(COUNTED_WORDS[noun]) >= 0,
    asksWhat: /\bwhat (?:did|do|have|has|was|were|went|came)\b/i.test(question),
    partOf: PART_OF.test(question),
    lasting: LASTING.test(question),
  };
}

function figureOf(event: EventName, said: Said, question: string): Figure | undefined {
  const both = said.has('count') && /\bhow much\b|\bvalue\b|\bworth\b|\bamount\b/i.test(question);
  if (both && !said.has('rate')) return undefined;
  return FIGURES[event](said);
}

const PART_OF =
  /\b(?:percent(?:age)?|share|proportion|fraction) of (?:the |our |all )*[\p{L} -]{3,40}? (?:is|are|was|were|gets?|got|has been|have been|came|comes?) (?:returned|sent back|brought back|back)\b/iu;

const LASTING =
  /\b(?:how (?:long|many days)|average|avg|mean|typical(?:ly)?|wait(?:s|ed|ing)?|turnaround|lead time|take|took|taken)\b/i;

/** Of what happened, the figure that is asked for. Wordings are labels of the model, or read as such. */
const FIGURES: Record<EventName, (said: Said) => Figure | undefined> = {
  refund: (said) => {
    const timed = said.has('days') && said.lasting;
    if (timed)
      return figure(
        'refund_days',
        'average time to refund',
        ['days', 'average', 'count'],
        ['people', 'orders'],
      );
    if (said.names('takings') && said.names('left') && !said.has('rate'))
      return figure('net_revenue', 'net revenue', ['amount'], ['takings', 'left', 'people']);
    if (said.has('rate')) {
      if (said.names('orders'))
        return figure(
          'refunded_order_share',
          'share of orders refunded',
          ['rate', 'count', 'amount'],
          ['orders'],
        );
      if (said.names('units') || said.names('people') || !said.names('takings')) return undefined;
      return figure('refund_rate', 'refund rate', ['rate', 'amount'], ['takings']);
    }
    if (said.names('units'))
      return figure('refunded_units', 'refunded units', ['count', 'amount'], ['units', 'people']);
    if (said.counts('people'))
      return figure('refunded_customers', 'customers refunded', ['count'], ['people']);
    if (said.counts('orders')) return figure('refunded_orders', 'refunded orders', ['count'], ['orders']);
    if (said.has('count')) return figure('refund_count', 'number of refunds', ['count'], ['people']);
    if (said.has('largest'))
      return figure('largest_refund', 'largest refund', ['largest', 'amount'], ['each', 'people']);
    if (said.has('average'))
      return figure('average_refund', 'average refund', ['average', 'amount'], ['each', 'people']);
    if (!said.has('amount') && !said.asksWhat) return undefined;
    return figure('refunds', 'amount refunded', ['amount'], ['people']);
  },
  return: (said) => {
    if (said.has('days') || said.has('average') || said.has('largest')) return undefined;
    if (said.has('rate')) {
      const ofGoods = said.names('units') || said.names('goods') || said.names('sold') || said.partOf;
      if (!said.names('orders') && !ofGoods) return undefined;
      return said.names('orders')
        ? figure(
            'returned_order_share',
            'share of orders returned',
            ['rate', 'count', 'amount'],
            ['orders', 'people'],
          )
        : figure(
            'return_rate',
            'return rate',
            ['rate', 'count', 'amount'],
            ['units', 'goods', 'sold', 'people'],
          );
    }
    if (said.counts('people')) return undefined;
    if (said.names('orders')) return figure('returned_orders', 'returned orders', ['count'], ['orders']);
    if (said.has('count') || said.names('units'))
      return figure('returned_units', 'returned units', ['count'], ['units', 'goods', 'people']);
    if (said.has('amount'))
      return figure('returned_value', 'value of returns', ['amount'], ['goods', 'people']);
    return undefined;
  },
  late: (said) => {
    if (said.has('rate'))
      return figure('late_share', 'share of late orders', ['rate', 'count', 'amount'], ['orders']);
    if (said.lasting && (said.has('days') || said.has('average')))
      return figure('delay_days', 'average delay of late orders', ['days', 'average'], ['orders', 'people']);
    if (said.has('count') || said.names('orders'))
      return figure('orders_late', 'late orders', ['count'], ['orders', 'people']);
    return undefined;
  },
  'on-time': (said) => {
    if (said.has('days') || said.has('average')) return undefined;
    if (said.has('rate'))
      return figure(
        'on_time_share',
        'share of orders delivered on time',
        ['rate', 'count', 'amount'],
        ['orders'],
      );
    if (said.has('count')) return figure('orders_on_time', 'orders delivered on time', ['count'], ['orders']);
    return undefined;
  },
  delivery: (said) => {
    return said.has('days') && said.lasting && !said.has('rate')
      ? figure('delivery_days', 'average delivery time', ['days', 'average', 'count'], ['orders', 'people'])
      : undefined;
  },
  discount: (said) => {
    if (said.has('rate')) return figure('discount_rate', 'discount rate', ['rate', 'average'], ['takings']);
    if (said.has('count') || said.has('average') || said.has('largest') || said.has('days')) return undefined;
    return figure('discounts', 'discounts', ['amount'], []);
  },
  cancellation: (said) => {
    if (said.has('days') || said.has('average')) return undefined;
    if (said.has('rate'))
      return figure(
        'cancellation_rate',
        'share of orders cancelled',
        ['rate', 'count', 'amount'],
        ['orders'],
      );
    if (said.counts('people')) return undefined;
    if (said.has('amount'))
      return figure('cancellations_amount', 'value of cancelled orders', ['amount'], ['orders', 'people']);
    if (said.has('count'))
      return figure('cancelled_orders', 'cancelled orders', ['count'], ['orders', 'people']);
    return undefined;
  },
};

function figure(metric: string, wording: string, takes: MeasureName[], nouns: Counted[]): Figure {
  return { metric, wording, takes, nouns };
}

/** Articles and prepositions before what was taken say nothing any more: 'for the (refund)'. */
function takeLeading(question: string, taken: boolean[]): void {
  const leads = [...question.matchAll(LEADING)].reverse();
  for (const lead of leads) {
    const end = lead.index + lead[0].length;
    const next = question.slice(end).search(/\S/);
    if (next >= 0 && taken[end + next]) taken.fill(true, lead.index, end);
  }
}

function tidy(rest: string): string {
  return rest
    .replace(/\s+/g, ' ')
    .replace(/\s+(?=[?.!,;:])/g, '')
    .replace(/([,;:.?!–-])(?:\s*[,;:.?!–-])+/g, '$1')
    .replace(/^[\s,;:.?!–-]+|[\s,;:.!?–-]+$/g, '')
    .trim();
}
