import { add, compare, type Decimal, toShortText, ZERO } from '../../src/domain/decimal.ts';
import type { Finding } from '../../src/domain/load-batch.ts';

/** In which way raw objects, invoice table and warehouse do not say the same of what came as events. */
export type EventDifference = {
  kind: keyof typeof KINDS;
  /** Empty where it is about a raw object, or a file for the warehouse. */
  invoice: string;
  /** Lines or events; what is amiss. */
  count: number;
  amount: Decimal;
  example: string;
};

type Words = (said: { count: number; places: number; amount: string }) => string;

const lines = (count: number): string => (count === 1 ? '1 line' : `${count} lines`);
const events = (count: number): string => (count === 1 ? '1 event' : `${count} events`);
const invoices = (count: number): string => (count === 1 ? '1 invoice' : `${count} invoices`);

/** What is said of each kind, worst first. */
const KINDS = {
  'events-raw-lost': ({ count, places }) =>
    `${events(count)} in ${places === 1 ? '1 raw object' : `${places} raw objects`} are gone from the landing bucket. What they told is still in the invoice table; the bucket's earlier versions have the objects.`,
  'events-not-stored': ({ count, places, amount }) =>
    `${events(count)} of ${invoices(places)} are kept raw and are not in the invoice table, ${amount} in all.`,
  'events-not-told': ({ count, places }) =>
    `${lines(count)} of ${invoices(places)} are in the invoice table and no raw object tells of them.`,
  'events-stored-twice': ({ count, places }) =>
    `${lines(count)} of ${invoices(places)} stand in the invoice table twice for one event.`,
  'events-not-loaded': ({ count, places, amount }) =>
    `${lines(count)} of ${invoices(places)} that came as events are not in the warehouse, ${amount} in all. Running the load again brings them.`,
  'events-loaded-twice': ({ count, places, amount }) =>
    `${lines(count)} of ${invoices(places)} are in the warehouse and did not come as events, ${amount} in all.`,
  'events-changed': ({ places, amount }) =>
    `${invoices(places)} that came as events have as many lines in the warehouse and come to something else, off by ${amount} in all.`,
} as const satisfies Record<string, Words>;

const EXAMPLES = 5;

/** One finding for each kind of difference. The same id is the same finding, found again. */
export function eventFindings(
  differences: readonly EventDifference[],
  of: Pick<Finding, 'batch' | 'run' | 'foundAt'> & { id: string },
): Finding[] {
  const findings: Finding[] = [];
  for (const kind of Object.keys(KINDS) as EventDifference['kind'][]) {
    const some = differences.filter((difference) => difference.kind === kind);
    if (some.length === 0) continue;
    const count = some.reduce((total, one) => total + one.count, 0);
    const amount = some.reduce((total, one) => add(total, one.amount), ZERO);
    const worst = some.toSorted((a, b) => compare(b.amount, a.amount)).slice(0, EXAMPLES);
    findings.push({
      id: `${of.id}-${kind}`,
      check: kind,
      severity: 'error',
      batch: of.batch,
      run: of.run,
      sentence: KINDS[kind]({ count, places: some.length, amount: toShortText(amount) }),
      count,
      amount: compare(amount, ZERO) === 0 ? null : toShortText(amount),
      examples: worst.map(({ example }) => example.slice(0, 300)),
      sql: linesQuery(worst.map(({ invoice }) => invoice)),
      foundAt: of.foundAt,
    });
  }
  return findings;
}

/** What the warehouse has of them. Names that could be read as something else are left out. */
function linesQuery(names: readonly string[]): string {
  const plain = names.filter((name) => /^[\w .:/-]{1,100}$/.test(name)).map((name) => `'${name}'`);
  return `select order_id, line_no, product_id, quantity, unit_price, batch_id from retail.order_items where order_id in (${plain.join(', ') || "''"}) order by order_id, line_no`;
}
