import type { FeedSet } from '../../etl/feeds/feed.ts';
import { loadFeeds } from '../../etl/feeds/load-feeds.ts';
import type { InvoiceLine } from '../../src/ports/invoices.ts';

export const ONLINE_RETAIL = new URL('../../etl/feeds/examples/online-retail.yaml', import.meta.url);

export async function onlineRetail(): Promise<FeedSet[]> {
  return loadFeeds([ONLINE_RETAIL]);
}

export type EventOptions = {
  invoice?: string;
  product?: string;
  quantity?: string;
  price?: string;
  customer?: string;
  at?: string;
};

/** One line of an invoice, as the Online Retail feed has it. */
export function anEvent(id: string, options: EventOptions = {}): Record<string, unknown> {
  return {
    id,
    feed: 'invoice_lines',
    type: 'invoice-line',
    data: {
      InvoiceNo: options.invoice ?? '536365',
      StockCode: options.product ?? '85123A',
      Description: 'WHITE HANGING HEART T-LIGHT HOLDER',
      Quantity: options.quantity ?? '6',
      InvoiceDate: options.at ?? '12/1/2010 8:26',
      UnitPrice: options.price ?? '2.55',
      CustomerID: options.customer ?? '17850',
      Country: 'United Kingdom',
    },
  };
}

export function aLine(options: EventOptions = {}): InvoiceLine {
  const event = anEvent('1', options) as { data: Record<string, string> };
  return {
    product: options.product ?? '85123A',
    description: 'WHITE HANGING HEART T-LIGHT HOLDER',
    quantity: options.quantity ?? '6',
    unitPrice: options.price ?? '2.55',
    at: options.at ?? '2010-12-01 08:26:00',
    data: event.data,
  };
}
