/** One line of an invoice, as its event told it. Numbers are exact decimal text. */
export type InvoiceLine = {
  product: string;
  description: string | null;
  quantity: string;
  unitPrice: string;
  /** When it happened, in the company's own time: 'YYYY-MM-DD HH:mm:ss'. */
  at: string;
  /** Every column of the feed as it was sent, for the warehouse. */
  data: Record<string, string>;
};

/** New lines for one invoice. Two events with one id are one line; two lines that look alike are two. */
export type InvoiceChange = {
  invoice: string;
  feed: string;
  /** Null: not known (yet). */
  customer: string | null;
  events: { id: string; line: InvoiceLine }[];
};

export type InvoiceSummary = {
  invoice: string;
  feed: string;
  customer: string | null;
  /** The earliest line's time. */
  at: string;
  lines: number;
  /** Exact decimal text: sums over the lines of quantity, and of quantity times unit price. */
  quantity: string;
  amount: string;
};

export type Invoice = InvoiceSummary & { items: InvoiceLine[] };

export type InvoiceOutcome = {
  /** Lines that were new. */
  added: number;
  /** Invoices that are different now. */
  changed: string[];
  /** Events that had been counted before. */
  repeated: number;
  /** What could not be stored; everything else is. */
  failed: { invoice: string; error: unknown }[];
};

/** An invoice held against the ids of the events that are known to have told of it. */
export type InvoiceStanding = Pick<InvoiceSummary, 'invoice' | 'lines' | 'quantity' | 'amount'> & {
  /** Ids that are not counted. */
  missing: string[];
  /** Lines of other events than these. */
  untold: number;
  /** Lines that stand twice for one event. */
  doubled: number;
};

/**
 * Invoices and customers as events tell of them, seconds after they happened.
 * Errors: records.unavailable, records.throttled, records.conflict.
 */
export type Invoices = {
  /** Adds the lines of events that were not counted before. May be called again with the same changes, or a part of them. */
  apply(changes: readonly InvoiceChange[]): Promise<InvoiceOutcome>;
  find(invoice: string): Promise<Invoice | undefined>;
  /** Those that are there, in no order. */
  findAll(invoices: readonly string[]): Promise<Invoice[]>;
  /** One for each that is asked for, in no order; one that is not there has no lines. */
  standing(told: ReadonlyMap<string, ReadonlySet<string>>): Promise<InvoiceStanding[]>;
  /** Newest first. */
  ofCustomer(customer: string): Promise<InvoiceSummary[]>;
  /** Another name for a customer in all invoices; cells for which `blank` is true become empty. Gives how many invoices. */
  renameCustomer(from: string, to: string, blank: (value: string) => boolean): Promise<number>;
};
