import { describe, expect, it } from 'vitest';
import { ALL_RIGHTS, MANAGER_RIGHTS } from '../../../src/access/rights-for.ts';
import type { Rights } from '../../../src/domain/rights.ts';
import type { Invoice, Invoices } from '../../../src/ports/invoices.ts';
import { answerInvoice } from '../../../src/questions/answer-invoice.ts';
import type { Outcome } from '../../../src/questions/outcome.ts';
import { aLine } from '../../support/some-events.ts';

const invoice: Invoice = {
  invoice: '536365',
  feed: 'invoice_lines',
  customer: '17850',
  at: '2010-12-01 08:26:00',
  lines: 2,
  quantity: '7',
  amount: '15.423',
  items: [aLine(), aLine({ quantity: '1', price: '0.123', at: '' })],
};
const invoices: Invoices = {
  renameCustomer: async () => 0,
  standing: async () => [],
  apply: async () => ({ added: 0, changed: [], repeated: 0, failed: [] }),
  find: async (number) => (number === invoice.invoice ? invoice : undefined),
  findAll: async () => [invoice],
  ofCustomer: async (customer) => (customer === '17850' ? [invoice] : []),
};

function ask(
  read: Parameters<typeof answerInvoice>[0],
  options: { rights?: Rights; warehouseRows?: number } = {},
): Promise<Outcome> {
  const facts = { days: {}, rows: {}, currencies: ['GBP'], batches: [], findings: [] };
  const needs = {
    invoices,
    facts: async () => facts,
    locale: { language: 'en-GB', currency: 'GBP' },
  };
  const stored: Outcome = {
    kind: 'result',
    provenance: 'vetted',
    title: 'stored',
    table: {
      columns: [{ name: 'order_id', type: 'text' }],
      rows: Array.from({ length: options.warehouseRows ?? 0 }, () => ['536365']),
      truncated: false,
    },
    sql: null,
    params: {},
    tables: [],
    understood: { line: '', metrics: [], filters: [], period: null, comparedWith: null, notes: [] },
    sentences: [],
    mayBeSaid: [],
    vocabulary: [],
    warnings: [],
    gated: true,
  };
  const question = { rights: options.rights ?? ALL_RIGHTS, limit: null };
  return answerInvoice(read, [], question, needs, async () => stored);
}

describe('an invoice from events', () => {
  it('is answered live, with exact amounts of each line', async () => {
    const outcome = await ask({ what: 'invoice', invoice: '536365' });
    expect(outcome).toMatchObject({ kind: 'result', provenance: 'live' });
    expect(outcome.kind === 'result' && outcome.table.rows).toEqual([
      ['536365', '2010-12-01', 1, 'WHITE HANGING HEART T-LIGHT HOLDER', '6', '2.55', '15.30'],
      ['536365', '2010-12-01', 2, 'WHITE HANGING HEART T-LIGHT HOLDER', '1', '0.123', '0.123'],
    ]);
  });

  it('is listed with the others of its customer', async () => {
    const outcome = await ask({ what: 'customer-invoices', customer: '17850' });
    expect(outcome.kind === 'result' && outcome.table.rows).toEqual([['536365', '2010-12-01', 2, '15.423']]);
  });

  it.each([
    ['events know nothing of it', { what: 'invoice', invoice: 'none' }, {}],
    ['the warehouse knows of more', { what: 'invoice', invoice: '536365' }, { warehouseRows: 3 }],
    [
      'the asker sees one branch only',
      { what: 'invoice', invoice: '536365' },
      { rights: { ...ALL_RIGHTS, rowFilters: { branch_id: ['B1'] } } },
    ],
    [
      'the asker may read one of its two tables only',
      { what: 'customer-invoices', customer: '17850' },
      { rights: { ...ALL_RIGHTS, tables: ['orders'] } },
    ],
  ] as const)('is answered by the warehouse when %s', async (_, read, options) => {
    expect(await ask(read, options as Parameters<typeof ask>[1])).toMatchObject({ provenance: 'vetted' });
  });

  it('is answered live for managers, who see personal data masked: there is none in it', async () => {
    const read = { what: 'customer-invoices', customer: '17850' } as const;
    expect(await ask(read, { rights: MANAGER_RIGHTS })).toMatchObject({ provenance: 'live' });
  });
});
