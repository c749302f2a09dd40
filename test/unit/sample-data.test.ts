import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BUILT_IN_FEEDS, loadFeeds } from '../../etl/feeds/load-feeds.ts';
import { generateSample, SAMPLE_FILES } from '../../infra/local/sample-data.ts';
import { blackFriday } from '../../infra/local/sample-data-season.ts';
import { tryFiles } from './validate/support.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function sample(seed: number, until = '2025-06-15') {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-sample-'));
  folders.push(folder);
  const made = generateSample({ seed, folder, until, years: 1, scale: 0.15 });
  const files = Object.fromEntries(SAMPLE_FILES.map((name) => [name, readFileSync(join(folder, name))]));
  return { made, files };
}

const hash = (files: Record<string, Buffer>) =>
  SAMPLE_FILES.map((name) =>
    createHash('sha256')
      .update(files[name] ?? '')
      .digest('hex'),
  ).join();

describe('the sample company', () => {
  it('is the same for the same seed and another for another', () => {
    const first = sample(7);
    expect(hash(sample(7).files)).toBe(hash(first.files));
    expect(hash(sample(8).files)).not.toBe(hash(first.files));
  });

  it('passes the built-in feeds without a refused row, and adds up but for a few orders', async () => {
    const { files } = sample(7);
    const tried = await tryFiles(files, await loadFeeds([BUILT_IN_FEEDS]));
    expect(tried.files.filter((file) => file.counts.refused > 0)).toEqual([]);
    const orders = await tried.rows('orders');
    const cents = (text: string | undefined) => Math.round(Number(text) * 100);
    const off = orders.filter(
      (row) =>
        cents(row['items_amount']) +
          cents(row['tax_amount']) +
          cents(row['shipping_amount']) -
          cents(row['discount_amount']) !==
        cents(row['total_amount']),
    );
    expect(orders.length).toBeGreaterThan(2_000);
    expect(off.length).toBeGreaterThan(0);
    expect(off.length).toBeLessThan(20);
    const lastDay = orders
      .map((row) => row['order_date'] ?? '')
      .sort()
      .at(-1);
    expect(lastDay).toBe('2025-06-14');
    const sums = new Map<string, number>();
    for (const row of await tried.rows('order_items'))
      sums.set(row['order_id'] ?? '', (sums.get(row['order_id'] ?? '') ?? 0) + cents(row['gross_amount']));
    expect(orders.filter((row) => sums.get(row['order_id'] ?? '') !== cents(row['items_amount']))).toEqual(
      [],
    );
    const balance = new Map<string, number>();
    for (const row of await tried.rows('ledger_entries'))
      balance.set(
        row['journal_id'] ?? '',
        (balance.get(row['journal_id'] ?? '') ?? 0) + cents(row['amount']),
      );
    expect([...balance.values()].filter((amount) => amount !== 0)).toEqual([]);
  });

  it('knows Black Friday', () => {
    expect(['2023-05-01', '2024-12-31', '2025-01-01', '2026-11-21'].map(blackFriday)).toEqual([
      '2023-11-24',
      '2024-11-29',
      '2025-11-28',
      '2026-11-27',
    ]);
  });
});
