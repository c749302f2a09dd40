import { beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../../src/domain/day.ts';
import type { Trend } from '../../src/ports/chart-drawer.ts';
import { anAnswer } from '../support/a-slack-app.ts';
import { slackForTests } from '../support/slack-for-tests.ts';

const slack = slackForTests();

describe('the Home tab and the figures', () => {
  const today = '2025-11-12';
  beforeEach(async () => {
    const { kpis } = slack.needs();
    const days = Array.from({ length: 10 }, (_, index) => addDays(today, index - 10));
    await kpis.refresh({
      batchNumber: 1,
      days,
      category: days.map((orderDate, index) => ({
        category: 'Boots',
        orderDate,
        dailyRevenue: `${100 + index}.00`,
        avgOrderValue: '50.00',
        avgReturnRate: '0.0500',
      })),
      daily: days.map((orderDate, index) => ({
        orderDate,
        totalOrders: 10 + index,
        totalRevenue: `${1000 + index * 10}.00`,
        totalItemsSold: 20,
        returnRate: '0.0500',
        uniqueCustomers: 9,
      })),
      branch: days.map((orderDate) => ({
        branch: 'B03',
        orderDate,
        totalOrders: 3,
        totalRevenue: '333.00',
        totalItemsSold: 4,
        returnRate: '0.1000',
      })),
    });
  });

  test('show the company to a manager, a branch to its manager, and nothing to a guest', async () => {
    const { workspace } = await slack.open();
    const homeOf = async (user: string) => {
      workspace.opensHome(user);
      return JSON.stringify(await workspace.waitFor('the Home tab', () => workspace.home(user)));
    };
    const mara = await homeOf('mara');
    expect(mara).toContain('£1,090.00');
    expect(mara).toContain('▲ up 0.9%');
    expect(mara).toContain('▁');
    expect(mara).not.toContain('waiting for a data owner');
    const ben = await homeOf('ben');
    expect(ben).toContain('£333.00');
    expect(ben).not.toContain('£1,090.00');
    expect(await homeOf('guest')).not.toContain('£');
    expect(await homeOf('dana')).toContain('waiting for a data owner');
  });

  test('Refresh shows what has happened since, and a recent question can be asked again', async () => {
    const { workspace, needs } = await slack.open();
    await needs.audit.append({
      id: needs.ids.next('aud'),
      at: needs.clock.now().toISOString(),
      asker: workspace.person('mara'),
      door: 'dm',
      channel: null,
      thread: null,
      question: 'orders yesterday',
      outcome: 'answered',
      provenance: 'live',
      planKind: 'live',
      sqlFingerprint: null,
      rows: 1,
      tookMs: 3,
      tokens: 0,
      costUsd: '0',
      rule: null,
      receiptId: null,
    });
    workspace.opensHome('mara');
    await workspace.waitFor('the Home tab', () => workspace.home('mara'));
    await workspace.clicks('mara', 'home', 'Ask again');
    await workspace.waitFor('the answer', () =>
      workspace.messages('@mara').some((each) => each.text.startsWith('Revenue was')),
    );
    expect(needs.asked.at(-1)).toMatchObject({ text: 'orders yesterday', door: 'home' });
    const posted = workspace
      .messages('@mara')
      .filter((each) => JSON.stringify(each).includes('asked: orders yesterday'));
    expect(posted).toHaveLength(1);
    expect(await workspace.clicks('mara', 'home', 'Refresh')).toEqual({ ok: true });
  });

  test('Home shows the courses as a picture that Slack keeps for it, the same file for the same figures', async () => {
    const drawn: Trend[][] = [];
    const charts = {
      draw: async () => new Uint8Array(),
      drawTrends: async (trends: Trend[]) => new Uint8Array([0x89, drawn.push(trends)]),
      close: async () => {},
    };
    const { workspace, needs } = await slack.open(() => anAnswer(), { charts });
    const pictureOf = (user: string) =>
      workspace.waitFor('the picture', () => {
        const home = workspace.home(user) as { blocks: { slack_file?: { id: string } }[] } | undefined;
        return home?.blocks.find((block) => block.slack_file)?.slack_file?.id;
      });
    workspace.opensHome('mara');
    const file = await pictureOf('mara');
    expect(JSON.stringify(workspace.home('mara'))).not.toMatch(/[▁▂▃▄▅▆▇█]{5}/);
    expect(workspace.parts.workspace.files.get(file)?.shares).toEqual([]);
    workspace.opensHome('dana');
    expect(await pictureOf('dana')).toBe(file);
    expect(drawn).toHaveLength(1);
    expect(drawn[0]?.[0]).toMatchObject({ label: 'Revenue', value: '£1,090.00' });
    const [kept] = await needs.smallRecords.list('home-picture');
    expect(kept).toBeDefined();
    workspace.parts.workspace.files.delete(file);
    workspace.opensHome('mara');
    await workspace.waitFor('the bars', () => /[▁▂▃▄▅▆▇█]{5}/.test(JSON.stringify(workspace.home('mara'))));
    expect(await needs.smallRecords.list('home-picture')).toEqual([]);
  });

  test('/kpi shows the latest day, /kpi boots a category, and anything else is a question', async () => {
    const { workspace, needs } = await slack.open();
    await workspace.runsCommand('mara', '#sales', '/kpi');
    expect(await workspace.shownTo('mara', '#sales')).toContain('£1,090.00');
    await workspace.runsCommand('dana', '#sales', '/kpi', 'boots');
    expect(await workspace.shownTo('dana', '#sales')).toContain('£109.00');
    await workspace.runsCommand('ben', '#sales', '/kpi', 'boots');
    expect(await workspace.shownTo('ben', '#sales')).toContain('whole company are not for you');
    await workspace.runsCommand('mara', '#finance', '/kpi', 'orders last week');
    await workspace.waitFor('the answer', () =>
      workspace.messages('#finance').some((each) => each.text.startsWith('Revenue was')),
    );
    expect(needs.asked.at(-1)?.text).toBe('orders last week');
  });
});
