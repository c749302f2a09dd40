import type { Understood } from '../domain/answer.ts';
import { type Decimal, decimal, multiply, round, toShortText, toText } from '../domain/decimal.ts';
import type { Plan } from '../domain/plan.ts';
import type { ResultTable } from '../domain/result-table.ts';
import type { Rights } from '../domain/rights.ts';
import type { Invoice, InvoiceSummary, Invoices } from '../ports/invoices.ts';
import { localeOf, rightsNotes } from './answer-words.ts';
import type { AskedNow } from './asked-now.ts';
import { explainTable } from './explain-table.ts';
import type { QuestionNeeds } from './needs.ts';
import type { Outcome } from './outcome.ts';

export type InvoiceRead = Extract<
  Extract<Plan, { kind: 'live' }>['read'],
  { what: 'invoice' | 'customer-invoices' }
>;

/**
 * An invoice, or a customer's invoices, as events told of them seconds ago. The warehouse answers instead when it
 * knows of more (files may have brought the rest), when events know nothing, and for people who see a part of the
 * rows or tables only: the policy views are what keeps the rest from them.
 */
export async function answerInvoice(
  read: InvoiceRead,
  notes: string[],
  question: Pick<AskedNow, 'rights' | 'limit'>,
  needs: Pick<QuestionNeeds, 'invoices' | 'facts' | 'locale'>,
  fromWarehouse: () => Promise<Outcome>,
): Promise<Outcome> {
  const { invoices } = needs;
  const table = invoices && seesAll(question.rights) ? await tableOf(read, invoices) : undefined;
  const stored = await fromWarehouse();
  if (!table || stored.kind === 'refused') return stored;
  if (stored.kind === 'result' && stored.table.rows.length > table.rows.length) return stored;
  const { title, filter } = namesOf(read);
  const understood: Understood = {
    line: `${title}, ${filter}`,
    metrics: [title],
    filters: [filter],
    period: null,
    comparedWith: null,
    notes: [...notes, ...rightsNotes(question)],
  };
  return {
    kind: 'result',
    provenance: 'live',
    title,
    table,
    sql: null,
    params: {},
    tables: ['orders', 'order_items'],
    understood,
    sentences: explainTable(title, table, localeOf(await needs.facts(), needs)),
    mayBeSaid: [understood.line, title],
    vocabulary: [title],
    warnings: [],
    gated: true,
  };
}

const NEEDED_TABLES = ['orders', 'order_items'];

/** Nothing in an invoice's lines is personal. */
function seesAll({ tables, rowFilters }: Rights): boolean {
  return (
    Object.keys(rowFilters).length === 0 &&
    (tables === 'all' || NEEDED_TABLES.every((name) => tables.includes(name)))
  );
}

function namesOf(read: InvoiceRead): { title: string; filter: string } {
  return read.what === 'invoice'
    ? { title: 'Lines of an invoice', filter: `invoice ${read.invoice}` }
    : { title: 'Invoices of a customer', filter: `customer ${read.customer}` };
}

async function tableOf(read: InvoiceRead, invoices: Invoices): Promise<ResultTable | undefined> {
  if (read.what === 'invoice') {
    const found = await invoices.find(read.invoice);
    return found && linesTable(found);
  }
  const found = await invoices.ofCustomer(read.customer);
  return found.length === 0 ? undefined : invoicesTable(found);
}

function linesTable(invoice: Invoice): ResultTable {
  return {
    columns: [
      { name: 'order_id', label: 'Order', type: 'text' },
      { name: 'order_date', label: 'Day', type: 'date' },
      { name: 'line_no', label: 'Line', type: 'integer' },
      { name: 'product', label: 'Product', type: 'text' },
      { name: 'quantity', label: 'Quantity', type: 'decimal', unit: { kind: 'count', of: 'units' } },
      { name: 'unit_price', label: 'Unit price', type: 'decimal', unit: { kind: 'money' } },
      { name: 'net_amount', label: 'Amount', type: 'decimal', unit: { kind: 'money' } },
    ],
    rows: invoice.items.map((line, at) => [
      invoice.invoice,
      dayOf(line.at) ?? dayOf(invoice.at),
      at + 1,
      line.description ?? line.product,
      line.quantity,
      amountText(decimal(line.unitPrice)),
      amountText(multiply(decimal(line.quantity), decimal(line.unitPrice))),
    ]),
    truncated: false,
  };
}

function invoicesTable(invoices: InvoiceSummary[]): ResultTable {
  return {
    columns: [
      { name: 'order_id', label: 'Order', type: 'text' },
      { name: 'order_date', label: 'Day', type: 'date' },
      { name: 'lines', label: 'Lines', type: 'integer', unit: { kind: 'count', of: 'lines' } },
      { name: 'net_amount', label: 'Amount', type: 'decimal', unit: { kind: 'money' } },
    ],
    rows: invoices.map(({ invoice, at, lines, amount }) => [
      invoice,
      dayOf(at),
      lines,
      amountText(decimal(amount)),
    ]),
    truncated: false,
  };
}

function dayOf(at: string): string | null {
  return at === '' ? null : at.slice(0, 10);
}

/** Exact, and with two places at least. */
function amountText(amount: Decimal): string {
  const short = decimal(toShortText(amount));
  return toText(short.scale < 2 ? round(short, 2) : short);
}
