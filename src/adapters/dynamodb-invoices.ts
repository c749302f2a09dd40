import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { AppError } from '../domain/app-error.ts';
import { sum, toShortText } from '../domain/decimal.ts';
import type { Invoice, InvoiceChange, InvoiceOutcome, InvoiceSummary, Invoices } from '../ports/invoices.ts';
import { deleteAll, getAll, type Item, inParallel, putAll } from './dynamodb-batches.ts';
import { isConditionFailed, onRecords } from './dynamodb-errors.ts';
import {
  emptyPart,
  fillPart,
  fromItem,
  type InvoicePart,
  partName,
  seenHash,
  standingOf,
  toItem,
} from './dynamodb-invoice-items.ts';
import { allOf, queryPages } from './dynamodb-pages.ts';
import type { Records } from './dynamodb-records.ts';
import { tableName } from './dynamodb-tables.ts';

const ROUNDS = 6;
const IN_PARALLEL = 24;
/** An invoice that goes on for ever is no invoice, and each event on it would read all of it. */
const MOST_LINES = 25_000;

export type InvoiceOptions = {
  /**
   * Nobody else can be writing: on one machine, the lock on the journal makes sure of it. Writes then go in batches,
   * which DynamoDB takes without conditions only.
   */
  soleWriter?: boolean;
};

/**
 * `invoices`: one item for each invoice, or several parts when it is long. A write says which version of the part it
 * was made from and is refused when there is a newer one, so of two writers at once one reads again. The ids of the
 * events stand beside their lines: an event is counted exactly once, however often it comes.
 * `customers`: one small item for each invoice of a customer; it is written before the invoice, so that a crash
 * between the two is put right when the same events come again. Invoices of nobody known lie under one key a day.
 */
export function dynamodbInvoices(records: Records, options: InvoiceOptions = {}): Invoices {
  return {
    apply: (changes) => onRecords(() => applyAll(records, changes, options)),
    find: (invoice) => onRecords(async () => wholeInvoice(await partsOf(records, invoice))),
    findAll: (invoices) =>
      onRecords(async () =>
        [...(await currentParts(records, invoices)).values()].flatMap((parts) => wholeInvoice(parts) ?? []),
      ),
    standing: (told) =>
      onRecords(async () => {
        const current = await currentParts(records, [...told.keys()]);
        return [...told].map(([invoice, ids]) => standingOf(invoice, ids, current.get(invoice) ?? []));
      }),
    ofCustomer: (customer) => onRecords(() => invoicesOf(records, customer)),
    renameCustomer: (from, to, blank) => onRecords(() => renameCustomer(records, from, to, blank)),
  };
}

async function applyAll(
  records: Records,
  changes: readonly InvoiceChange[],
  { soleWriter = false }: InvoiceOptions,
): Promise<InvoiceOutcome> {
  const outcome: InvoiceOutcome = { added: 0, changed: [], repeated: 0, failed: [] };
  let left = joined(changes);
  for (let round = 0; left.length > 0; round += 1) {
    const again: InvoiceChange[] = [];
    const current = await currentParts(
      records,
      left.map((change) => change.invoice),
    );
    const plans = left.map((change) => planChange(change, current.get(change.invoice) ?? []));
    for (const plan of plans) outcome.repeated += round === 0 ? plan.repeated : 0;
    const writes = plans.filter((plan) => plan.parts.length > 0 && !plan.tooLong);
    for (const plan of plans) if (plan.tooLong) outcome.failed.push(tooLong(plan.change));
    await writeCustomers(records, writes, soleWriter);
    const together = soleWriter ? writes.filter((plan) => plan.parts.length === 1) : [];
    await putAll(
      records,
      'invoices',
      together.flatMap((plan) => plan.parts.map(toItem)),
    );
    const done = (plan: ChangePlan): void => {
      outcome.added += plan.fresh;
      outcome.changed.push(plan.change.invoice);
    };
    together.forEach(done);
    const alone = soleWriter ? writes.filter((plan) => plan.parts.length > 1) : writes;
    await inParallel(alone, IN_PARALLEL, async (plan) => {
      try {
        if (await writeParts(records, plan.parts)) done(plan);
        else again.push(plan.change);
      } catch (error) {
        outcome.failed.push({ invoice: plan.change.invoice, error });
      }
    });
    left = again;
    if (round + 1 >= ROUNDS) {
      const error = new AppError('records.conflict', { context: { rounds: round + 1 } });
      outcome.failed.push(...left.map(({ invoice }) => ({ invoice, error })));
      break;
    }
  }
  return outcome;
}

/** One change for each invoice. */
function joined(changes: readonly InvoiceChange[]): InvoiceChange[] {
  const byInvoice = new Map<string, InvoiceChange>();
  for (const change of changes) {
    const known = byInvoice.get(change.invoice);
    if (!known) byInvoice.set(change.invoice, { ...change, events: [...change.events] });
    else {
      known.customer ??= change.customer;
      known.events.push(...change.events);
    }
  }
  return [...byInvoice.values()];
}

type ChangePlan = {
  change: InvoiceChange;
  /** To be written in this order; none when there is nothing new. */
  parts: InvoicePart[];
  fresh: number;
  repeated: number;
  summary: InvoiceSummary;
  version: number;
  customerBefore: string | undefined;
  tooLong: boolean;
};

function planChange(change: InvoiceChange, current: InvoicePart[]): ChangePlan {
  const seen = new Set(current.flatMap((part) => part.seen));
  const fresh = change.events.flatMap(({ id, line }) => {
    const mark = seenHash(id);
    if (seen.has(mark)) return [];
    seen.add(mark);
    return [{ seen: mark, line }];
  });
  const before = current.length > 0 ? summaryOf(current) : undefined;
  const after = [...current];
  const changed: InvoicePart[] = [];
  let done = 0;
  while (done < fresh.length) {
    const last = after.at(-1);
    const open = last && !last.full ? last : emptyPart(change.invoice, after.length, change.feed);
    if (open !== last) after.push(open);
    done += fillPart(open, done === 0 ? fresh : fresh.slice(done));
    changed.push(open);
  }
  // The customer is what the first part says: named late, it is noted there.
  const [first] = after;
  if (first && first.customer === null && change.customer !== null) {
    first.customer = change.customer;
    if (!changed.includes(first)) changed.unshift(first);
  }
  for (const part of changed) part.version += 1;
  return {
    change,
    parts: changed,
    fresh: fresh.length,
    repeated: change.events.length - fresh.length,
    summary: summaryOf(after.length > 0 ? after : [emptyPart(change.invoice, 0, change.feed)]),
    version: after.reduce((total, part) => total + part.version, 0),
    customerBefore: before && customerKey(before),
    tooLong: after.reduce((total, part) => total + part.lines.length, 0) > MOST_LINES,
  };
}

/** False when another writer was faster. Each part is written after the one before it has become full. */
async function writeParts(records: Records, parts: readonly InvoicePart[]): Promise<boolean> {
  for (const part of parts) {
    const condition =
      part.version === 1
        ? { ConditionExpression: 'attribute_not_exists(invoice)' }
        : {
            ConditionExpression: 'version = :before',
            ExpressionAttributeValues: { ':before': part.version - 1 },
          };
    try {
      await records.client.send(
        new PutCommand({ TableName: tableName(records, 'invoices'), Item: toItem(part), ...condition }),
      );
    } catch (error) {
      if (isConditionFailed(error)) return false;
      throw error;
    }
  }
  return true;
}

/** New ones go in batches; one that is there already is replaced only by a newer state of its invoice. */
async function writeCustomers(
  records: Records,
  plans: readonly ChangePlan[],
  soleWriter: boolean,
): Promise<void> {
  const TableName = tableName(records, 'customers');
  const mayGoTogether = ({ customerBefore, summary }: ChangePlan): boolean =>
    customerBefore === undefined || (soleWriter && customerBefore === customerKey(summary));
  await putAll(records, 'customers', plans.filter(mayGoTogether).map(customerItem));
  const known = plans.filter((plan) => !mayGoTogether(plan));
  await inParallel(known, IN_PARALLEL, async (plan) => {
    const Item = customerItem(plan);
    try {
      await records.client.send(
        new PutCommand({
          TableName,
          Item,
          ConditionExpression: 'attribute_not_exists(version) or version <= :ours',
          ExpressionAttributeValues: { ':ours': plan.version },
        }),
      );
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
    }
    if (plan.customerBefore !== Item.customer)
      await records.client.send(
        new DeleteCommand({
          TableName,
          Key: { customer: plan.customerBefore, invoice: plan.change.invoice },
        }),
      );
  });
}

function customerItem({ summary, version }: ChangePlan): Item {
  const { invoice, feed, at, lines, quantity, amount } = summary;
  return { customer: customerKey(summary), invoice, feed, at, lines, quantity, amount, version };
}

/** Of nobody known there may be very many: one key for all of them would be one hot place. */
function customerKey({ customer, at }: InvoiceSummary): string {
  return customer === null ? `unknown/${at.slice(0, 10)}` : `customer/${customer}`;
}

async function invoicesOf(records: Records, customer: string): Promise<InvoiceSummary[]> {
  const items = await query(records, 'customers', 'customer', `customer/${customer}`);
  return items
    .map((item) => ({
      invoice: String(item.invoice),
      feed: String(item.feed),
      customer,
      at: String(item.at),
      lines: Number(item.lines),
      quantity: String(item.quantity),
      amount: String(item.amount),
    }))
    .sort((a, b) => (a.at === b.at ? compare(a.invoice, b.invoice) : compare(b.at, a.at)));
}

/** The parts of each invoice that is there. Most have one, which is read in batches. */
async function currentParts(
  records: Records,
  invoices: readonly string[],
): Promise<Map<string, InvoicePart[]>> {
  const keys = [...new Set(invoices)].map((invoice) => ({ invoice, part: partName(0) }));
  const heads = (await getAll(records, 'invoices', keys)).map(fromItem);
  const found = new Map(heads.map((head) => [head.invoice, [head]]));
  const long = heads.filter((head) => head.full);
  await inParallel(long, IN_PARALLEL, async ({ invoice }) => {
    found.set(invoice, await partsOf(records, invoice));
  });
  return found;
}

async function partsOf(records: Records, invoice: string): Promise<InvoicePart[]> {
  return (await query(records, 'invoices', 'invoice', invoice)).map(fromItem);
}

async function query(
  records: Records,
  table: 'invoices' | 'customers',
  key: string,
  value: string,
): Promise<Item[]> {
  return allOf(
    queryPages(records, table, {
      KeyConditionExpression: '#key = :value',
      ExpressionAttributeNames: { '#key': key },
      ExpressionAttributeValues: { ':value': value },
      ConsistentRead: true,
    }),
  );
}

function wholeInvoice(parts: InvoicePart[]): Invoice | undefined {
  return parts.length === 0 ? undefined : { ...summaryOf(parts), items: parts.flatMap((part) => part.lines) };
}

function summaryOf(parts: readonly InvoicePart[]): InvoiceSummary {
  const first = parts[0] as InvoicePart;
  return {
    invoice: first.invoice,
    feed: first.feed,
    customer: first.customer,
    at: parts.map((part) => part.at).sort()[0] ?? '',
    lines: parts.reduce((total, part) => total + part.lines.length, 0),
    quantity: toShortText(sum(parts.map((part) => part.quantity))),
    amount: toShortText(sum(parts.map((part) => part.amount))),
  };
}

function tooLong({ invoice }: InvoiceChange): { invoice: string; error: AppError } {
  const detail = `Invoice ${invoice} has more than ${MOST_LINES} lines.`;
  return { invoice, error: new AppError('rows.refused', { detail }) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The list of the customer's invoices goes last: stopped half-way, what is left to do is still found by it. */
async function renameCustomer(
  records: Records,
  from: string,
  to: string,
  blank: (value: string) => boolean,
): Promise<number> {
  const listed = await query(records, 'customers', 'customer', `customer/${from}`);
  const renamed = (value: string): string => (value === from ? to : blank(value) ? '' : value);
  for (const { customer, invoice, ...rest } of listed) {
    for (let tries = 1; ; tries += 1) {
      const parts = await partsOf(records, String(invoice));
      for (const part of parts) {
        part.version += 1;
        if (part.customer === from) part.customer = to;
        for (const line of part.lines)
          line.data = Object.fromEntries(
            Object.entries(line.data).map(([column, value]) => [column, renamed(value)]),
          );
      }
      if (await writeParts(records, parts)) break;
      if (tries >= ROUNDS) throw new AppError('records.conflict', { context: { rounds: tries } });
    }
    await putAll(records, 'customers', [{ ...rest, customer: `customer/${to}`, invoice }]);
    await deleteAll(records, 'customers', [{ customer, invoice }]);
  }
  return listed.length;
}
