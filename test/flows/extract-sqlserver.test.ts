import { readFileSync } from 'node:fs';
import { init, parse } from '@guanmingchiu/sqlparser-ts';
import { afterEach, describe, expect, it } from 'vitest';
import { sqlServerSource } from '../../src/adapters/sqlserver-source.ts';
import { type ATdsServer, aTdsServer, type TdsCall, type TdsReply } from '../support/a-tds-server.ts';
import { anExtract } from '../support/an-extract.ts';

const DECLARATION = `
extract: shop-db
source: sqlserver
connection: SHOP_DB
set: shop
overlap: 60s
chunkRows: 3
fileRows: 7
tables:
  orders: { from: dbo.orders, key: [order_id], watermark: updated_at }
`;

const COLUMNS = ['order_id', 'customer_id', 'status', 'ordered_at', 'total_amount', 'updated_at'];
type Order = Record<string, string | null>;

/** What the procedures of install.sql say they give, over orders in memory: only the wire and what goes over it is tried. */
function procedures(orders: Order[]) {
  const answer = ({ name, values }: TdsCall): TdsReply => {
    if (name === 'plumbline.clock') return { sets: [[['2026-03-01T10:00:00.0000000']]] };
    if (name === 'plumbline.describe_table')
      return {
        sets: [
          COLUMNS.map((column) => [column, 'nvarchar(20)', column === 'order_id' ? 'NO' : 'YES']),
          [['YES']],
        ],
      };
    if (name === 'plumbline.reach') return { sets: [[['2026-03-01T09:59:00.0000000']]] };
    const marked = values['part'] === 'marked';
    const after = values['after'] ? (JSON.parse(String(values['after'])) as string[]) : null;
    const place = (order: Order) =>
      (marked ? [order['updated_at'], order['order_id']] : [order['order_id']]).map(String);
    const rows = orders
      .filter((order) => (order['updated_at'] !== null) === marked)
      .filter((order) => {
        const isAfter = after === null || place(order).join('\n') > after.join('\n');
        const isFrom = values['from'] !== null && String(order['updated_at']) >= String(values['from']);
        return after === null && values['from'] !== null ? isFrom : isAfter || isFrom;
      })
      .sort((a, b) => (place(a).join('\n') < place(b).join('\n') ? -1 : 1))
      .slice(0, Number(values['rows']))
      .map((order) => {
        const cells = (JSON.parse(String(values['columns'])) as string[]).map(
          (column) => order[column] ?? null,
        );
        return [...cells, ...place(order)];
      });
    return { sets: [rows] };
  };
  return answer;
}

const order = (id: number, more: Order = {}): Order => ({
  order_id: `k${String(id).padStart(3, '0')}`,
  customer_id: null,
  status: 'new',
  ordered_at: '2026-02-01T10:00:00.0000000',
  total_amount: `${id}.10`,
  updated_at: `2026-02-01T10:00:${String(id).padStart(2, '0')}.0000000`,
  ...more,
});

describe('an extract from SQL Server, over a stand-in that speaks its protocol', () => {
  let server: ATdsServer | undefined;
  afterEach(() => server?.close());
  const open = (connectionString: string) =>
    anExtract(sqlServerSource({ connectionString, overlap: 60, timeZone: 'Europe/Berlin' }), DECLARATION);

  it('reads chunk by chunk in one snapshot, with every value a parameter, and gives texts as they are', async () => {
    const orders = Array.from({ length: 20 }, (_, i) => order(i + 1));
    orders.push(order(21, { status: `ünï "x", '; drop table orders --`, total_amount: null }));
    orders.push(order(22, { updated_at: null, status: '' }));
    server = await aTdsServer(procedures(orders));
    const extract = await open(server.connectionString);
    const outcome = await extract.read();
    expect(outcome.outcome).toBe('loaded');
    expect(extract.held['orders']?.size).toBe(22);
    expect(extract.held['orders']?.get('k021')).toEqual({
      order_id: 'k021',
      customer_id: '',
      status: `ünï "x", '; drop table orders --`,
      ordered_at: '2026-02-01T10:00:00.0000000',
      total_amount: '',
    });
    expect(server.transactions).toEqual(['begin 5', 'rollback']);
    const reads = server.calls
      .filter(({ name }) => name === 'plumbline.read_rows')
      .map(({ values }) => values);
    expect(reads[1]).toEqual({
      table: 'dbo.orders',
      columns: JSON.stringify(COLUMNS.slice(0, 5)),
      key: '["order_id"]',
      watermark: 'updated_at',
      part: 'marked',
      after: '["2026-02-01T10:00:03.0000000","k003"]',
      from: null,
      rows: 3,
    });
    expect(server.calls.find(({ name }) => name === 'plumbline.reach')?.values).toEqual({
      table: 'dbo.orders',
      watermark: 'updated_at',
      overlap: 60,
      settled: '2026-03-01T10:00:00.0000000',
      local: '2026-03-01T11:00:00.0000000',
    });
    orders.push(order(23, { updated_at: '2026-03-01T10:30:00.0000000' }));
    await extract.read();
    expect(extract.held['orders']?.size).toBe(23);
    expect(server.calls.at(-2)?.values['from'] ?? server.calls.at(-1)?.values['from']).toBe(
      '2026-03-01T09:59:00.0000000',
    );
    await extract.close();
  });

  it('looks again after a deadlock, and tells what is wrong with a login or a procedure that is not there', async () => {
    const orders = Array.from({ length: 9 }, (_, i) => order(i + 1));
    const answer = procedures(orders);
    let reads = 0;
    server = await aTdsServer(
      (call) =>
        call.name === 'plumbline.read_rows' && ++reads === 2
          ? { error: { number: 1205, message: 'Transaction was deadlocked. Rerun the transaction.' } }
          : answer(call),
      { snapshot: false },
    );
    const extract = await open(server.connectionString);
    await extract.read();
    expect(extract.held['orders']?.size).toBe(9);
    expect(server.calls.filter(({ name }) => name === 'plumbline.clock')).toHaveLength(2);
    await extract.close();

    const refused = await open(server.connectionString.replace('secret', 'guess'));
    await expect(refused.read()).rejects.toMatchObject({
      code: 'source.refused',
      detail: expect.stringContaining('Login failed'),
    });
    await refused.close();
    await server.close();

    server = await aTdsServer(() => ({
      error: { number: 2812, message: "Could not find stored procedure 'plumbline.clock'." },
    }));
    const bare = await open(server.connectionString);
    await expect(bare.read()).rejects.toMatchObject({
      code: 'source.refused',
      detail: expect.stringContaining('Could not find stored procedure'),
    });
    await bare.close();
  });
});

/** The T-SQL itself is parsed, not run: no server of SQL Server can be had here. */
describe('the procedures that are installed', () => {
  const text = readFileSync(new URL('../../etl/extracts/sqlserver/install.sql', import.meta.url), 'utf8');
  const batches = text
    .split(/^go\s*$/m)
    .map((batch) => batch.trim())
    .filter(Boolean);

  /** What the parser does not know, in words that it does: bare parameters, TRY and CATCH, THROW. */
  const plain = (batch: string): string =>
    batch
      .replace(/(procedure \S+) (@[^]*?)\nas\n/, '$1 ($2)\nas\n')
      .replace(/\bbegin try\b/g, 'begin')
      .replace(/\bend try\b\s*begin catch/g, 'end;\n begin')
      .replace(/\bend catch\b/g, 'end')
      .replace(/\bthrow (\d+), ('[^']*'), 1/g, 'raiserror($2, 16, 1)');

  it('are T-SQL by a parser of its dialect, which finds what is cut out of them', async () => {
    await init();
    expect(batches).toHaveLength(8);
    for (const batch of batches) expect(() => parse(plain(batch), 'mssql')).not.toThrow();
    const spoilt = batches.flatMap((batch) =>
      [/\bend;\s*$/, /\bfrom\b/, /\bthen\b/, /\)(?= )/]
        .filter((cut) => cut.test(batch.replace(/'[^']*'|--.*/g, '')))
        .map((cut) => plain(batch).replace(cut, ' ')),
    );
    const found = spoilt.filter((batch) => {
      try {
        parse(batch, 'mssql');
        return false;
      } catch {
        return true;
      }
    });
    expect(found.length / spoilt.length).toBeGreaterThan(0.6);
  });

  it('use no variable that is not declared, and take and give what the adapter does', () => {
    const names: string[] = [];
    for (const batch of batches) {
      const code = batch.replace(/--.*/g, '').replace(/'(?:[^']|'')*'/g, "''");
      const declared = new Set(
        [
          ...code.matchAll(/(@\w+) (?:as )?(?:sysname|nvarchar|varchar|bigint|int|datetime\w*|table|bit)\b/g),
        ].map(([, name]) => name),
      );
      for (const [, name] of code.matchAll(/(?<!@)(@\w+)/g)) expect(declared).toContain(name);
      const made = /create or alter procedure plumbline\.(\w+)/.exec(code)?.[1];
      if (made) names.push(made);
    }
    const adapter = readFileSync(new URL('../../src/adapters/sqlserver-source.ts', import.meta.url), 'utf8');
    expect(names.sort()).toEqual(['clock', 'describe_table', 'reach', 'read_rows']);
    for (const name of names) expect(adapter).toContain(`'${name}'`);
  });
});
