import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_RIGHTS } from '../../src/access/rights-for.ts';
import { checkNumbers } from '../../src/questions/check-numbers.ts';
import { rerunReceipt } from '../../src/questions/rerun-receipt.ts';
import { item, order, SHOP } from '../support/a-countable-shop.ts';
import { type AQuestionSide, aQuestionSide } from '../support/a-question-side.ts';

describe('a question becomes an answer', () => {
  let side: AQuestionSide;
  beforeAll(async () => {
    side = await aQuestionSide(SHOP);
  });
  afterAll(() => side.close());

  it('says what can be asked: what the loaded data has, and not what it lacks', async () => {
    const { table, text } = await side.answered('What can I ask?');
    const names = table.rows.map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(['Revenue', 'Category', 'Best customers']));
    expect(names).not.toContain('Gross margin');
    expect(names).not.toContain('Trial balance');
    expect(text).toMatch(/Not recorded in the data that is loaded: .* and \d+ more\./);
  });

  it('with the number, what was understood, where it comes from and how complete the data is', async () => {
    const answer = await side.answered('revenue last month');
    expect(answer.table.rows).toEqual([['130.5000']]);
    expect(answer.text).toBe('Revenue was £130.50 last month (1 Feb 2026 to 28 Feb 2026).');
    expect(answer.understood.line).toBe('Revenue, 1 Feb 2026 to 28 Feb 2026');
    expect(answer).toMatchObject({
      provenance: 'composed',
      dataState: { completeThrough: '2026-02-10', reconciled: 'reconciled', batches: ['bat-1'] },
    });
  });

  it('warns when the data ends before the period does', async () => {
    expect((await side.answered('revenue last month')).dataState.warnings.join()).toContain(
      'The data goes through 10 Feb 2026',
    );
  });

  it('keeps a receipt that can be run again, and says which batch changed the numbers', async () => {
    const own = await aQuestionSide(SHOP, '2026-03-02', { PLUMBLINE_CURRENCY: 'USD' });
    try {
      const { answer } = await own.ask('revenue last month');
      const id = answer.kind === 'answered' ? answer.receiptId : '';
      expect(await rerunReceipt(id, ALL_RIGHTS, own.needs)).toMatchObject({ same: true, batchesSince: [] });
      const why = (await own.ask('why did revenue change last month?')).answer;
      const whyId = why.kind === 'answered' ? why.receiptId : '';
      await own.write(
        order('O4', '2026-02-20', 'B01'),
        item('O4', 1, '2026-02-20', 'P1', 'B01', 1, '10.00'),
        `insert into ops.load_batches (batch_id, batch_no, run_id, feed, loaded_at, rows_read, rows_loaded, rows_refused, rows_waiting) values ('bat-2', 2, 'run-2', 'orders', cast('2026-02-21 06:00:00' as timestamp), 2, 2, 0, 0)`,
      );
      const again = await rerunReceipt(id, ALL_RIGHTS, own.needs);
      expect(again).toMatchObject({ same: false, batchesSince: ['bat-2'] });
      expect(again.changes[0]).toMatchObject({ was: '£130.50', is: '£140.50' });
      // Figures of any kind of answer are in the money of the data, whatever the setting.
      const parts = (await rerunReceipt(whyId, ALL_RIGHTS, own.needs)).changes;
      expect(parts.length).toBeGreaterThan(0);
      for (const { was, is } of parts) expect(`${was} ${is}`).toMatch(/^-?£\S+ -?£\S+$/);
    } finally {
      await own.close();
    }
  });

  it('tells an average discount per order from a discount rate', async () => {
    expect((await side.ask('average discount per order last month')).answer.text).toContain(
      'Average discount per order',
    );
    expect((await side.ask('discount rate last month')).answer.text).toContain('Discount rate');
  });

  it('follows up in the thread', async () => {
    await side.answered('revenue last month', { thread: 't-1' });
    const answer = await side.answered('and by category?', { thread: 't-1' });
    expect(answer.table.rows).toEqual([
      ['Boots', '100.5000'],
      ['Sandals', '30.0000'],
    ]);
  });

  it('leans on the last question that was answered, not on one that could not be carried out', async () => {
    await side.answered('average order value by month this year', { thread: 't-refused' });
    expect((await side.ask('cumulative', { thread: 't-refused' })).answer.kind).toBe('refused');
    const answer = await side.answered('per quarter', { thread: 't-refused' });
    expect(answer.understood.line).toContain('per quarter');
  });

  it('suggests follow-ups that it can answer', async () => {
    const { followUps } = await side.answered('revenue last month', { thread: 't-2' });
    expect(followUps.length).toBeGreaterThan(0);
    for (const text of followUps)
      expect((await side.ask(text, { thread: 't-2' })).answer.kind).not.toBe('refused');
  });

  it('asks back rather than guesses, and names the word that it did not understand', async () => {
    const { answer } = await side.ask('revenue of flurbs last month');
    expect(['needs-detail', 'empty']).toContain(answer.kind);
    expect(JSON.stringify(answer)).toContain('flurbs');
  });

  it.each([
    ['not loaded yet, when the data ends before the period', 'revenue yesterday', 'not-loaded-yet'],
    [
      'no such rows, when the period is loaded and holds none',
      'revenue of sandals in January 2026',
      'no-such-rows',
    ],
    ['not loaded yet, when nothing of the kind was ever loaded', 'refunds last month', 'not-loaded-yet'],
  ])('tells %s', async (_what, text, reason) => {
    const { answer } = await side.ask(text);
    expect(answer).toMatchObject({ kind: 'empty', reason });
  });

  it('tells what is nowhere recorded from what there really was none of', async () => {
    const own = await aQuestionSide(SHOP);
    try {
      const margin = (await own.ask('gross margin last month')).answer;
      expect(margin).toMatchObject({ kind: 'empty', reason: 'not-loaded-yet' });
      expect(margin.text).toContain('not recorded in any of the data');
      const before = (await own.ask('discounts last month')).answer;
      expect(before).toMatchObject({ kind: 'empty', reason: 'not-loaded-yet' });
      expect(before.text).not.toContain('really none');
      const both = (await own.ask('revenue of boots by Corsa')).answer;
      expect(both.text).toContain('No product is both Boots (category) and Corsa (brand)');
      // Once some line has a discount, a month without one really has none.
      await own.write("update retail.order_items set discount_amount = 5 where order_id = 'O3'");
      const after = (await own.ask('discounts last month')).answer;
      expect(after).toMatchObject({ kind: 'empty', reason: 'no-such-rows' });
      expect((await own.ask('return rate last month')).answer.text).toContain('0 or blank in every row');
      await own.write("update retail.order_items set returned_quantity = 1 where order_id = 'O3'");
      expect((await own.ask('return rate last month')).answer.text).toContain('Return rate was 0.0%');
    } finally {
      await own.close();
    }
  });

  it('breaks nothing down by what nobody records, and takes no blank for a no', async () => {
    for (const text of ['revenue by channel', 'orders with a coupon', 'orders without a coupon'])
      expect((await side.ask(text)).answer.kind, text).toBe(
        text === 'revenue by channel' ? 'answered' : 'empty',
      );
    const { answer } = await side.ask('revenue by city');
    expect(answer).toMatchObject({ kind: 'empty', reason: 'not-loaded-yet' });
    expect(answer.text).toBe(
      'No city is recorded in any of the data that is loaded, so I cannot answer by city.',
    );
    const coupons = (await side.ask('orders without a coupon')).answer;
    expect(coupons.text).toContain('I cannot tell one from the other');
  });

  it('says codes as what they are, ties as ties, and what grew the most with both figures', async () => {
    expect((await side.answered('top 3 customers by revenue')).text).toContain('C1');
    expect((await side.answered('top 2 branches by orders last month')).text).toBe(
      'Leeds, York and others share the most orders last month (1 Feb 2026 to 28 Feb 2026): 1 each.',
    );
    expect((await side.answered('which category grew the most last month')).text).toContain(
      'from £50.25 to £100.50',
    );
    expect((await side.answered('orders over £40 last month')).text).toContain(
      'There was 1 order with revenue of more than £40.00 last month',
    );
    expect((await side.answered('revenue on weekends vs weekdays')).text).toBe(
      'All of the revenue over all time was for weekdays: £180.75.',
    );
  });

  it('asks before it reads more rows than are allowed without asking, and runs when told to', async () => {
    const own = await aQuestionSide(SHOP, '2026-03-02', { ASK_ABOVE_ROWS: '1' });
    try {
      const { answer } = await own.ask('revenue by category', { thread: 't-cost' });
      if (answer.kind !== 'needs-detail') throw new Error(answer.kind);
      expect(answer.text).toMatch(/^This would read about [\d,]+ rows/);
      expect(answer.choices.map(({ label }) => label)).toEqual(['Run it all the same', 'Only last month']);
      const [run, shorter] = answer.choices;
      const ran = (await own.ask(run?.question ?? '', { thread: 't-cost' })).answer;
      expect(ran).toMatchObject({ kind: 'answered', text: expect.stringContaining('Boots had the higher') });
      const receipt = await own.needs.receipts.find(ran.kind === 'answered' ? ran.receiptId : '');
      expect(receipt?.question).toBe('revenue by category');
      expect(shorter?.question).toBe('revenue by category last month');
    } finally {
      await own.close();
    }
  });

  it('tells the largest rise and the largest fall of a course of growth', async () => {
    const months: [string, string][] = [
      ['2026-03-05', '200.00'],
      ['2026-04-05', '50.00'],
      ['2026-05-05', '60.00'],
      ['2026-06-05', '30.00'],
      ['2026-07-31', '31.00'],
    ];
    const own = await aQuestionSide(SHOP, '2026-08-02');
    try {
      await own.write(
        ...months.flatMap(([day, amount], index) => [
          order(`G${index}`, day, 'B01'),
          item(`G${index}`, 1, day, 'P1', 'B01', 1, amount),
        ]),
      );
      const { text } = await own.answered('which month had the biggest rise in revenue since March?');
      expect(text).toContain(
        'The largest rise was May 2026 (20.0%), the largest fall was April 2026 (75.0%).',
      );
    } finally {
      await own.close();
    }
  });

  it('says how much of a figure per customer has no customer', async () => {
    const own = await aQuestionSide([
      ...SHOP,
      "update retail.orders set customer_id = null, person_id = null where order_id = 'O2'",
      "update retail.order_items set customer_id = null, person_id = null where order_id = 'O2'",
    ]);
    try {
      const { answer } = await own.ask('revenue per customer last month');
      expect(answer.text).toContain('Of the revenue, 23.0% has no customer recorded');
    } finally {
      await own.close();
    }
  });

  it('keeps the currency of the books when the orders are taken back', async () => {
    const own = await aQuestionSide(
      [
        ...SHOP,
        "insert into retail.ledger_entries (entry_id, journal_id, entry_date, account_code, account_name, account_kind, branch_id, debit, credit, amount, tax_amount, currency, batch_id) values ('E1', 'J1', cast('2026-02-03' as date), '6000', 'Rent', 'expense', 'B01', 100, 0, 100, 0, 'EUR', 'bat-1')",
        'delete from retail.orders',
      ],
      '2026-03-02',
      { PLUMBLINE_CURRENCY: 'USD' },
    );
    try {
      expect((await own.ask('expenses last month')).answer.text).toContain('€100.00');
    } finally {
      await own.close();
    }
  });

  it.each([
    'revenue by category',
    'top 1 branch by revenue',
    'revenue by month this year',
    'revenue growth by month this year',
    'running total of revenue by month this year',
    'revenue last month vs the month before',
    'revenue and orders by branch last month',
    'average revenue per day last month',
    'why did revenue change last month?',
    'share of revenue by category',
  ])('says nothing in prose that is not in the result: %s', async (text) => {
    const answer = await side.answered(text);
    const facts = {
      table: answer.table,
      understood: [answer.understood.line, answer.understood.period ?? ''],
      vocabulary: [],
    };
    expect(answer.text.length).toBeGreaterThan(10);
    expect(answer.text).not.toContain('rows, below');
    const wrong: typeof facts = {
      ...facts,
      table: {
        ...answer.table,
        rows: answer.table.rows.map((row) =>
          row.map((cell) => (typeof cell === 'string' && /^\d+\.\d+$/.test(cell) ? '777777.7' : cell)),
        ),
      },
    };
    if (/[£]/.test(answer.text) && !text.startsWith('why'))
      expect(checkNumbers(answer.text, wrong).passed).toBe(false);
  });
});
