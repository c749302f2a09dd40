import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALL_RIGHTS } from '../../src/access/rights-for.ts';
import { dynamodbConversations } from '../../src/adapters/dynamodb-conversations.ts';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import { type MemoryClock, memoryClock } from '../../src/adapters/memory-clock.ts';
import { type AlertNeeds, knownAlerts, markAlert, sendAlerts } from '../../src/alerts/send-alerts.ts';
import { addDays } from '../../src/domain/day.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { type AQuestionSide, aQuestionSide } from '../support/a-question-side.ts';

/** A Tuesday on which nearly nothing was sold, after ten weeks of forty orders a day. */
const BAD_DAY = '2026-03-03';

describe('an alert is told exactly once', () => {
  let side: AQuestionSide;
  let dynamodb: ADynamodb;
  let clock: MemoryClock;
  let day: string;
  /** What the channel has: survives every instance. */
  let channel: { key: string; what: 'begins' | 'over' }[];

  beforeAll(async () => {
    side = await aQuestionSide(aFall(), '2026-03-12');
  });
  afterAll(() => side.close());
  beforeEach(async () => {
    dynamodb = await aDynamodb();
    clock = memoryClock('2026-03-04T09:00:00Z', 'Europe/Berlin');
    day = BAD_DAY;
    channel = [];
  });
  afterEach(() => dynamodb.close());

  it('by two instances that look at the same moment, again and again, and its end as well', async () => {
    const [one, two] = [instance(), instance()];
    for (const last of [BAD_DAY, '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-12']) {
      day = last;
      clock.set(`${addDays(last, 1)}T09:00:00Z`);
      await Promise.all([sendAlerts(one), sendAlerts(two), sendAlerts(one)]);
      await sendAlerts(two);
    }
    expect(channel).toEqual([
      { key: 'alert/sales-fall/company//2026-03-03', what: 'begins' },
      { key: 'alert-over/sales-fall/company//2026-03-03', what: 'over' },
    ]);
  });

  it.each(['before it posts', 'after it posted'] as const)('when the first dies %s', async (when) => {
    await expect(sendAlerts(instance({ dies: when }))).rejects.toThrow('killed');
    clock.advance(60_000);
    await sendAlerts(instance());
    expect(channel).toHaveLength(when === 'before it posts' ? 0 : 1);
    clock.advance(6 * 60_000);
    await sendAlerts(instance());
    await sendAlerts(instance());
    expect(channel).toHaveLength(1);
    expect(await knownAlerts(instance())).toMatchObject([
      { toldOn: BAD_DAY, place: { channel: 'C1', ts: '1' } },
    ]);
  });

  it('after quiet hours, also in the nights in which the clock changes', async () => {
    for (const quiet of [
      '2026-03-28T19:00:00Z',
      '2026-03-29T00:59:00Z',
      '2026-03-29T01:01:00Z',
      '2026-03-29T04:59:00Z',
    ]) {
      clock.set(quiet);
      await sendAlerts(instance());
    }
    expect(channel).toEqual([]);
    clock.set('2026-03-29T05:00:00Z');
    await sendAlerts(instance());
    await sendAlerts(instance());
    expect(channel).toHaveLength(1);
  });

  it('and a mark that somebody sets at the same moment is kept', async () => {
    const needs = instance();
    await sendAlerts(needs);
    const key = 'sales-fall/company/';
    await Promise.all([
      markAlert(key, { what: 'acknowledge', by: 'U1' }, needs),
      markAlert(key, { what: 'not-useful', by: 'U2' }, needs),
    ]);
    expect(await knownAlerts(needs)).toMatchObject([{ acknowledgedBy: 'U1', notUseful: 1 }]);
  });

  function instance(trouble: { dies?: 'before it posts' | 'after it posted' } = {}): AlertNeeds {
    const post = (key: string, what: 'begins' | 'over'): string => {
      if (trouble.dies === 'before it posts') throw new Error('killed');
      channel.push({ key, what });
      if (trouble.dies === 'after it posted') throw new Error('killed');
      return String(channel.length);
    };
    return {
      warehouse: side.needs.warehouse,
      ensureRights: side.needs.ensureRights,
      smallRecords: dynamodbVersionedRecords(dynamodb.records),
      conversations: dynamodbConversations(dynamodb.records, clock),
      clock,
      locale: async () => ({ language: 'en-GB', currency: 'GBP' }),
      loadedThrough: async () => day,
      rights: async () => ALL_RIGHTS,
      quietHours: { fromHour: 20, toHour: 7 },
      poster: {
        post: async (_, __, key) => ({ channel: 'C1', ts: post(key, 'begins') }),
        postOver: async (_, key) => post(key, 'over'),
        async findPosted(key) {
          const at = channel.findIndex((message) => message.key === key);
          return at < 0 ? null : { channel: 'C1', ts: String(at + 1) };
        },
      },
    };
  }
});

function aFall(): string[] {
  const orders: string[] = [];
  const items: string[] = [];
  for (let ago = -9; ago < 70; ago += 1) {
    const date = addDays(BAD_DAY, -ago);
    for (let order = 0; order < (ago === 0 ? 2 : 40); order += 1) {
      const id = `${date}-${order}`;
      orders.push(
        `('${id}', 'sale', 'C1', 'C1', 'B01', 'store', 'delivered', 'GB', 'GBP', cast('${date} 10:00:00' as timestamp), cast('${date}' as date), 'bat-1')`,
      );
      items.push(
        `('${id}', 1, 'sale', 'P1', 'C1', 'C1', 'B01', cast('${date}' as date), 1, 10, 10, 0, 10, 0, 0, 0, 'bat-1')`,
      );
    }
  }
  return [
    `insert into retail.branches (branch_id, name, batch_id) values ('B01', 'Leeds', 'bat-1')`,
    `insert into retail.products (product_id, name, category, batch_id) values ('P1', 'Hill Boot', 'Boots', 'bat-1')`,
    `insert into retail.orders (order_id, document_kind, customer_id, person_id, branch_id, channel, status, country, currency, ordered_at, order_date, batch_id) values ${orders.join(', ')}`,
    `insert into retail.order_items (order_id, line_no, line_kind, product_id, customer_id, person_id, branch_id, order_date, quantity, unit_price, gross_amount, discount_amount, net_amount, tax_amount, shipping_amount, returned_quantity, batch_id) values ${items.join(', ')}`,
  ];
}
