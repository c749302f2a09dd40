import { AppError } from '../../src/domain/app-error.ts';
import { tryDecimal } from '../../src/domain/decimal.ts';
import type { InvoiceLine } from '../../src/ports/invoices.ts';
import { type Feed, type FeedColumn, type FeedSet, plainName } from '../feeds/feed.ts';
import { createTimeReader } from '../stages/judge-time.ts';
import { type SalesEvent, textOf } from './sales-event.ts';

/** What the events of a feed say, found from the feed's own declaration. */
export type EventFeed = {
  name: string;
  set: FeedSet;
  /** The feed's columns in order, as headers of the file that goes to the warehouse. */
  columns: string[];
  /** How such a file is written: as JSON lines where the feed takes nothing else. */
  csv: { delimiter: string; headers: boolean; json: boolean };
  /** The text of the column that holds the invoice's number; '' when it is not there. */
  invoiceOf(event: SalesEvent): string;
  read(event: SalesEvent): ReadEvent;
};

export type ReadEvent =
  | { ok: true; invoice: string; customer: string | null; line: InvoiceLine }
  | { ok: false; reason: string };

const MOST_LETTERS = 100;

/**
 * The feed of this name, when it makes order items and so can come as events.
 * Errors: feed.unknown.
 */
export function eventFeed(name: string, sets: readonly FeedSet[]): EventFeed {
  for (const set of sets) {
    const feed = set.feeds.find((one) => plainName(one.name) === plainName(name));
    if (feed) return describe(feed, set);
  }
  const names = sets.flatMap((set) => set.feeds).filter(canBeEvents);
  throw new AppError('feed.unknown', {
    detail: `There is no feed '${name.slice(0, 60)}'; events come for ${names.map((feed) => feed.name).join(', ') || 'none'}.`,
  });
}

function canBeEvents(feed: Feed): boolean {
  return feed.targets.some((target) => target.table === 'order_items');
}

type Role = FeedColumn | undefined;

function describe(feed: Feed, set: FeedSet): EventFeed {
  const source = (table: string, column: string): Role => columnOf(feed, table, column);
  const roles = {
    invoice: source('order_items', 'order_id'),
    product: source('order_items', 'product_id'),
    quantity: source('order_items', 'quantity'),
    unitPrice: source('order_items', 'unit_price'),
    description: source('order_items', 'description'),
    customer: source('orders', 'customer_id'),
    at: source('orders', 'ordered_at') ?? source('order_items', 'ordered_at'),
  };
  const { invoice, product, quantity, unitPrice } = roles;
  if (!invoice || !product || !quantity || !unitPrice)
    throw new AppError('feed.unknown', {
      detail: `The feed '${feed.name}' cannot come as events: order_id, product_id, quantity and unit_price of its order items must each be one column.`,
    });
  const readTime = roles.at
    ? createTimeReader({ kind: 'timestamp', formats: roles.at.formats, timeZone: set.timeZone })
    : undefined;
  const plainTime = createTimeReader({ kind: 'timestamp', formats: [], timeZone: set.timeZone });
  const finders = new Map(feed.columns.map((column) => [column.header, finderOf(column)]));
  const cell = (column: Role, event: SalesEvent): string =>
    column ? (finders.get(column.header)?.(event.data) ?? '').trim() : '';
  return {
    name: feed.name,
    set,
    columns: feed.format.header ?? feed.columns.map((column) => column.header),
    csv: {
      delimiter: feed.format.delimiter === 'auto' ? ',' : feed.format.delimiter,
      headers: feed.format.header === undefined && feed.format.type !== 'json-lines',
      json: feed.format.type === 'json-lines',
    },
    invoiceOf: (event) => cell(invoice, event),
    read(event) {
      const data: Record<string, string> = {};
      for (const column of feed.columns) {
        const value = finders.get(column.header)?.(event.data);
        if (value === undefined && !column.optional) return wrong(`the column '${column.header}' is missing`);
        if (value !== undefined) data[column.header] = value;
        if (column.required && (value ?? '').trim() === '') return wrong(`'${column.header}' is empty`);
      }
      const number = cell(invoice, event);
      if (number === '') return wrong(`'${invoice.header}' is empty`);
      const code = cell(product, event);
      const customer = cell(roles.customer, event);
      for (const text of [number, code, customer])
        if (text.length > MOST_LETTERS)
          return wrong(`'${text.slice(0, 20)}...' is too long for a number or code`);
      const amounts = [quantity, unitPrice].map((column) => readNumber(column, cell(column, event)));
      const [units, price] = amounts;
      if (units === undefined) return wrong(`'${quantity.header}' is not a number`);
      if (price === undefined) return wrong(`'${unitPrice.header}' is not a number`);
      const time = cell(roles.at, event);
      const read = time === '' ? plainTime(event.at ?? '') : readTime?.(time);
      if (roles.at && time !== '' && read && 'reason' in read)
        return wrong(`'${roles.at.header}' ${read.reason}`);
      const description = cell(roles.description, event);
      return {
        ok: true,
        invoice: number,
        customer: customer === '' ? null : customer,
        line: {
          product: code,
          description: description === '' ? null : description,
          quantity: units,
          unitPrice: price,
          at: read && 'iso' in read ? read.iso : '',
          data,
        },
      };
    },
  };
}

function wrong(reason: string): ReadEvent {
  return { ok: false, reason };
}

/** Values by the column's header or one of its other names, written in any way. */
function finderOf(column: FeedColumn): (data: SalesEvent['data']) => string | undefined {
  const names = new Set([column.header, ...column.synonyms].map(plainName));
  return (data) => {
    const name = Object.hasOwn(data, column.header)
      ? column.header
      : Object.keys(data).find((one) => names.has(plainName(one)));
    if (name === undefined) return undefined;
    const value = data[name];
    // A JSON number has a point, also where the feed's texts have a comma.
    return typeof value === 'number' && column.decimalComma ? textOf(value).replace('.', ',') : textOf(value);
  };
}

function readNumber(column: FeedColumn, text: string): string | undefined {
  const plain = column.decimalComma ? text.replaceAll('.', '').replace(',', '.') : text;
  return plain.length <= 40 && tryDecimal(plain) ? plain.replace(/^\+/, '') : undefined;
}

/** The one column that a target's column is filled from: `InvoiceNo`, `first(CustomerID)`, `min(InvoiceDate)`. */
function columnOf(feed: Feed, table: string, column: string): Role {
  const expression = feed.targets
    .find((target) => target.table === table)
    ?.fill.find((fill) => fill.column === column)?.expression;
  const name =
    /^\s*(?:(?:first|last|min|max|trim|upper)\s*\(\s*)?`?([\p{L}_][\p{L}\p{N}_ ]*?)`?\s*\)?\s*$/u.exec(
      expression ?? '',
    )?.[1];
  return name === undefined
    ? undefined
    : feed.columns.find((one) => one.header === name || one.target === name);
}
