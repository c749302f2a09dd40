import type { SemanticModel } from '../model/semantic-model.ts';

const COUNTS: Record<string, string> = {
  brand: 'brands_sold',
  subcategory: 'subcategories_sold',
  department: 'departments_sold',
  country: 'countries_sold_to',
  state: 'states_sold_to',
  city: 'cities_sold_to',
  channel: 'channels_used',
  coupon: 'coupons_used',
  payment_method: 'payment_methods_used',
  account: 'accounts_booked',
  refund_reason: 'refund_reasons_given',
  category: 'categories_sold',
  seller: 'active_sellers',
  product: 'products_sold',
  branch: 'branches_total',
  customer: 'unique_customers',
  order: 'orders',
  order_number: 'orders',
}; // prettier-ignore

/** The metric that counts how many different ones of a dimension there were. */
export function countOf(dimension: string, model: SemanticModel): string | undefined {
  const name = COUNTS[dimension];
  return name !== undefined && model.metrics.has(name) ? name : undefined;
}

/** What a metric counts, of all that count. */
export function countedIn(metric: string): string | undefined {
  return Object.entries(COUNTS).find(([, name]) => name === metric)?.[0];
}

/** What such a metric counts; 'which brands do we sell' lists them. */
export function countedBy(metric: string): string | undefined {
  if (/^(?:orders|unique_customers|products_sold|active_sellers|branches_total)$/.test(metric))
    return undefined;
  return countedIn(metric);
}
