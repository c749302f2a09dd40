import type { MetricQuery } from '../domain/metric-query.ts';
import type { Reading } from '../reading/reading.ts';

/** Nouns that are no figure and no order of their own: whose figure it is, and what is shown beside a name. */
export function heedBystanders(reading: Reading, query: MetricQuery): void {
  if (isOfCustomers(reading, query)) {
    query.metrics = query.metrics.filter((name) => name !== 'unique_customers');
    reading.metrics = reading.metrics.filter((name) => name !== 'unique_customers');
  }
  if (LOST_TO.test(reading.text) && query.metrics.length === 2 && query.metrics[0] === 'revenue') {
    const [, lost = ''] = query.metrics;
    if (TAKEN_BACK.test(lost)) {
      query.metrics = [lost];
      reading.metrics = [lost];
    }
  }
  const inside = query.ranking?.within;
  if (query.ranking && inside !== undefined && inside !== 'period_start' && BESIDE.test(reading.text)) {
    delete query.ranking.within;
    const ofSellers = query.dimensions.includes('seller');
    query.dimensions = query.dimensions
      .map((name) => (ofSellers && /^(?:city|state)$/.test(name) ? `seller_${name}` : name))
      .sort(
        (a, b) =>
          Number(a === inside || a === `seller_${inside}`) - Number(b === inside || b === `seller_${inside}`),
      );
    if (reading.ranking?.limit === null && query.ranking.limit === 3) query.ranking.limit = 10;
  }
}

/** 'top 20 products with their category': the category is told, and is not what each ranking is of. */
const BESIDE =
  /\b(?:with|and|plus|showing|including|incl\.?) (?:also )?(?:their|its|the (?:corresponding|respective)) (?!own\b)/i;

/** 'revenue lost to returns' is what was returned. */
const LOST_TO =
  /\b(?:revenue|sales|turnover|money)\b.*\b(?:lose|lost|losing) (?:to|through|on|from|because of|due to)\b|\blost (?:revenue|sales|turnover) (?:to|through|from|because of|due to)\b/i;
const TAKEN_BACK = /^(?:refunds|returned_value|cancellations_amount|discounts)$/;

const PLACES = /^(?:city|state|country|region|postcode)$/;
const CUSTOMERS = /\b(?:customers|buyers|shoppers|clients)\b/gi;
const OF_CUSTOMERS =
  /\b(?:of|from|by|for|to|among|vs\.?|versus|than|against|and|or) (?:the |our )?(?:[\p{L}]+ ){0,4}?(?:customers|buyers|shoppers|clients)\b/giu;

/** 'revenue of customers in SP vs customers in RJ': they are not counted. */
function isOfCustomers({ text }: Reading, { metrics, filters }: MetricQuery): boolean {
  const said = text.match(CUSTOMERS)?.length ?? 0;
  return (
    metrics.length === 2 &&
    metrics[1] === 'unique_customers' &&
    filters.some(({ dimension }) => PLACES.test(dimension)) &&
    said > 0 &&
    text.match(OF_CUSTOMERS)?.length === said &&
    !/\b(?:how many|number of|count of)\b/i.test(text)
  );
}
