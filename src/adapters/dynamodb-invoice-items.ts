import { hash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { add, type Decimal, decimal, multiply, sum, toShortText, ZERO } from '../domain/decimal.ts';
import type { InvoiceLine, InvoiceStanding } from '../ports/invoices.ts';
import type { Item } from './dynamodb-batches.ts';

/**
 * A part of an invoice is one item that is whole by itself: its lines, the ids that they came with, their sums.
 * Parts are filled in order and never get smaller; the invoice is their concatenation, its sums are theirs added.
 */
export type InvoicePart = {
  invoice: string;
  part: number;
  /** Counts the writes of this part; 0 before the first. */
  version: number;
  feed: string;
  customer: string | null;
  at: string;
  quantity: Decimal;
  amount: Decimal;
  lines: InvoiceLine[];
  /** One short hash for each line, in the same order. */
  seen: string[];
  /** No line fits any more: what follows is in the next part. */
  full: boolean;
};

const PART_LINES = 250;
/** Of plain JSON; an item may have 400 KB. */
const PART_BYTES = 250_000;
/** Shorter text is kept readable: it would take one write unit in any case. */
const COMPRESS_FROM = 700;
const HASH_BYTES = 8;

/** Within one invoice, 64 bits do not meet by chance. */
export function seenHash(eventId: string): string {
  return hash('sha256', eventId, 'hex').slice(0, 2 * HASH_BYTES);
}

export function emptyPart(invoice: string, part: number, feed: string): InvoicePart {
  const sums = { quantity: ZERO, amount: ZERO };
  return {
    ...sums,
    invoice,
    part,
    version: 0,
    feed,
    customer: null,
    at: '',
    lines: [],
    seen: [],
    full: false,
  };
}

/** Adds as many of the lines as fit; gives how many. The part is changed in place. */
export function fillPart(part: InvoicePart, lines: readonly { seen: string; line: InvoiceLine }[]): number {
  let bytes = part.lines.reduce((total, line) => total + sizeOf(line), 0);
  let taken = 0;
  for (const { seen, line } of lines) {
    bytes += sizeOf(line);
    if (part.lines.length >= PART_LINES || (bytes > PART_BYTES && part.lines.length > 0)) {
      part.full = true;
      break;
    }
    const quantity = decimal(line.quantity);
    part.lines.push(line);
    part.seen.push(seen);
    part.quantity = add(part.quantity, quantity);
    part.amount = add(part.amount, multiply(quantity, decimal(line.unitPrice)));
    if (part.at === '' || line.at < part.at) part.at = line.at;
    taken += 1;
  }
  return taken;
}

export function toItem(part: InvoicePart): Item {
  return {
    invoice: part.invoice,
    part: partName(part.part),
    version: part.version,
    feed: part.feed,
    ...(part.customer === null ? {} : { customer: part.customer }),
    at: part.at,
    lines: part.lines.length,
    quantity: toShortText(part.quantity),
    amount: toShortText(part.amount),
    body: packLines(part.lines),
    seen: Buffer.from(part.seen.join(''), 'hex'),
    ...(part.full ? { full: true } : {}),
  };
}

export function fromItem(item: Item): InvoicePart {
  const seen = Buffer.from(item.seen as Uint8Array).toString('hex');
  return {
    invoice: String(item.invoice),
    part: Number(item.part),
    version: Number(item.version),
    feed: String(item.feed),
    customer: typeof item.customer === 'string' ? item.customer : null,
    at: String(item.at),
    quantity: decimal(String(item.quantity)),
    amount: decimal(String(item.amount)),
    lines: unpackLines(item.body as string | Uint8Array),
    seen: seen.match(/.{16}/g) ?? [],
    full: item.full === true,
  };
}

/** How an invoice, all its parts, stands against the events that told of it. */
export function standingOf(
  invoice: string,
  ids: ReadonlySet<string>,
  parts: readonly InvoicePart[],
): InvoiceStanding {
  const told = new Map([...ids].map((id) => [seenHash(id), id]));
  const seen = parts.flatMap((part) => part.seen);
  const counted = new Set(seen);
  return {
    invoice,
    lines: seen.length,
    quantity: toShortText(sum(parts.map((part) => part.quantity))),
    amount: toShortText(sum(parts.map((part) => part.amount))),
    missing: [...told].flatMap(([mark, id]) => (counted.has(mark) ? [] : [id])),
    untold: [...counted].filter((mark) => !told.has(mark)).length,
    doubled: seen.length - counted.size,
  };
}

export function partName(part: number): string {
  return String(part).padStart(4, '0');
}

/** Names of the columns once, then one array a line: the line's own fields, then the columns. */
type Packed = { columns: string[]; lines: (string | null)[][] };

function packLines(lines: readonly InvoiceLine[]): string | Uint8Array {
  const columns = [...new Set(lines.flatMap((line) => Object.keys(line.data)))];
  const packed: Packed = {
    columns,
    lines: lines.map((line) => [
      line.product,
      line.description,
      line.quantity,
      line.unitPrice,
      line.at,
      ...columns.map((column) => sameAs(line, line.data[column])),
    ]),
  };
  const text = JSON.stringify(packed);
  return text.length < COMPRESS_FROM ? text : new Uint8Array(deflateRawSync(text));
}

function unpackLines(body: string | Uint8Array): InvoiceLine[] {
  const text = typeof body === 'string' ? body : inflateRawSync(body).toString('utf8');
  const packed = JSON.parse(text) as Packed;
  return packed.lines.map(([product, description, quantity, unitPrice, at, ...values]) => {
    const line: InvoiceLine = {
      product: product ?? '',
      description: description ?? null,
      quantity: quantity ?? '0',
      unitPrice: unitPrice ?? '0',
      at: at ?? '',
      data: {},
    };
    packed.columns.forEach((column, place) => {
      const value = values[place];
      if (value !== null && value !== undefined)
        line.data[column] = FIELDS[value]?.(line) ?? unescaped(value);
    });
    return line;
  });
}

/** A column that says what a field of the line says already is a short mark. */
const FIELDS: Record<string, (line: InvoiceLine) => string> = {
  '=p': (line) => line.product,
  '=d': (line) => line.description ?? '',
  '=q': (line) => line.quantity,
  '=u': (line) => line.unitPrice,
};

function sameAs(line: InvoiceLine, value: string | undefined): string | null {
  if (value === undefined) return null;
  if (value === line.product) return '=p';
  if (value !== '' && value === line.description) return '=d';
  if (value === line.quantity) return '=q';
  if (value === line.unitPrice) return '=u';
  return value.startsWith('=') ? `=${value}` : value;
}

function unescaped(value: string): string {
  return value.startsWith('=') ? value.slice(1) : value;
}

function sizeOf(line: InvoiceLine): number {
  let size = 60 + line.product.length + (line.description?.length ?? 0);
  for (const value of Object.values(line.data)) size += 3 * value.length + 4;
  return size;
}
