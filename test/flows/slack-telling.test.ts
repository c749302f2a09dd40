import { describe, expect, test } from 'vitest';
import { ALL_RIGHTS } from '../../src/access/rights-for.ts';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import { sortableIds } from '../../src/adapters/sortable-ids.ts';
import { readAlertSettings, saveAlertSettings } from '../../src/alerts/alert-settings.ts';
import { markAlert } from '../../src/alerts/send-alerts.ts';
import type { Digest } from '../../src/digests/digest.ts';
import { type SendNeeds, sendDigestNow, sendDueDigests } from '../../src/digests/send-digests.ts';
import {
  changeSubscription,
  findSubscription,
  listSubscriptions,
  stopSubscription,
  subscribe,
} from '../../src/digests/subscriptions.ts';
import { alertMessage } from '../../src/slack/alert-blocks.ts';
import type { Telling } from '../../src/slack/telling.ts';
import { ownRules } from '../../src/wire-own-rules.ts';
import { slackForTests } from '../support/slack-for-tests.ts';

const slack = slackForTests();

async function open() {
  const workspace = await slack.aWorkspace();
  const smallRecords = dynamodbVersionedRecords(slack.store().records);
  const clock = { now: () => new Date('2026-03-03T09:00:00Z'), today: () => '2026-03-03', timeZone: 'UTC' };
  const scripted = slack.needs();
  const needs: SendNeeds = {
    smallRecords,
    conversations: scripted.conversations,
    clock,
    log: { error: () => undefined },
    loadedThrough: async () => '2026-03-02',
    rightsFor: async () => ALL_RIGHTS,
    make: async (_, day) => aDigest(day),
    poster: {
      post: (subscription, digest, key) => app.teller.digests.post(subscription, digest, key),
      findPosted: (subscription, key) => app.teller.digests.findPosted(subscription, key),
    },
  };
  const telling: Telling = {
    subscribe: (wanted) => subscribe(wanted, { smallRecords, clock, ids: sortableIds() }),
    listSubscriptions: (of) => listSubscriptions({ smallRecords }, of),
    findSubscription: (id) => findSubscription(id, { smallRecords }),
    changeSubscription: (id, change) => changeSubscription(id, change, { smallRecords }),
    stopSubscription: (id) => stopSubscription(id, { smallRecords }),
    sendNow: async (subscription, ask) => {
      await sendDigestNow(subscription, ask, needs);
    },
    scopeNamed: async (name) =>
      name.toLowerCase() === 'boots' ? { kind: 'category', category: 'Boots' } : undefined,
    markAlert: (key, mark) => markAlert(key, mark, { smallRecords, clock }),
    rules: ownRules({ smallRecords, questions: {} as never, clock, ids: sortableIds() }, () => undefined),
    alertSettings: {
      read: () => readAlertSettings({ channel: 'data-runs', quiet: null }, { smallRecords }),
      save: (settings) => saveAlertSettings(settings, { smallRecords }),
    },
  };
  const app = await slack.start(workspace, { ...scripted, telling });
  return { workspace, telling, needs, app, smallRecords };
}

describe('digests in Slack', () => {
  test('are set up by a form, sent at their hour once, changed, paused and stopped', async () => {
    const { workspace, telling, needs } = await open();
    const mara = workspace.person('mara');
    await workspace.runsCommand('mara', '#sales', '/plumbline', 'digest');
    await workspace.waitFor('the form', () => workspace.form('mara'));
    const refused = await workspace.submitsForm('mara', { scope: 'Hats', hour: '08:30' });
    expect(JSON.stringify(refused)).toContain('There is no branch or category “Hats”.');
    await workspace.submitsForm('mara', { scope: 'boots', hour: '08:30', zone: 'UTC' });
    await until(async () => (await telling.listSubscriptions(mara)).length > 0);
    const [made] = await telling.listSubscriptions(mara);
    expect(made).toMatchObject({
      to: workspace.channel('#sales'),
      hour: 8,
      minute: 30,
      scope: { kind: 'category', category: 'Boots' },
      days: [1, 2, 3, 4, 5],
    });
    // As if it had been made the day before.
    const sent = await needs.smallRecords.find('subscription', made?.id ?? '');
    await needs.smallRecords.save('subscription', {
      id: made?.id ?? '',
      version: sent?.version ?? 0,
      value: { ...(sent?.value as object), createdAt: '2026-03-01T00:00:00Z' },
    });
    await sendDueDigests(needs);
    await sendDueDigests(needs);
    const inSales = () =>
      workspace.messages('#sales').filter((message) => message.text.includes('digest of'));
    expect(inSales()).toHaveLength(1);
    const [message] = inSales();
    if (!message) throw new Error('no digest');
    expect(await needs.poster.findPosted(made as never, `digest/${made?.id}/2026-03-03`)).toBe(message.ts);

    const isPaused = async () => (await telling.findSubscription(made?.id ?? ''))?.paused === true;
    await workspace.clicks('ben', message, 'Pause');
    await until(() =>
      JSON.stringify(workspace.messages('#sales')).includes('Only who set this digest up can change it.'),
    );
    expect(await isPaused()).toBe(false);
    await workspace.clicks('mara', message, 'Pause');
    await until(isPaused);
    workspace.opensHome('mara');
    await workspace.waitFor('Home', () => JSON.stringify(workspace.home('mara') ?? '').includes('(paused)'));
    await workspace.clicks('mara', 'home', 'digest.send');
    await until(() => inSales().length === 2);
    await workspace.clicks('mara', 'home', 'digest.stop');
    await until(async () => (await telling.listSubscriptions(mara)).length === 0);
  });
});

describe('an alert in Slack', () => {
  test('is taken on, and marked as not useful', async () => {
    const { workspace, app, smallRecords } = await open();
    const key = 'sales-fall/branch/B1';
    await smallRecords.save('alert', { id: key, version: 0, value: anAlertState(key) });
    const post = app.teller
      .alertsIn(workspace.channel('#data-runs'))
      .post({ ...aDescribed(key), id: key }, '2026-03-02', `alert/${key}/2026-03-02`);
    const { channel, ts } = await post;
    const message = workspace.messages(channel).find((each) => each.ts === ts);
    if (!message) throw new Error('no alert');
    await workspace.clicks('mara', message, 'I am on it');
    await until(() => workspace.replies(message).length > 0);
    expect(workspace.replies(message).map((reply) => reply.text)).toEqual([
      `<@${workspace.person('mara')}> is on it.`,
    ]);
    await workspace.clicks('mara', message, 'Not useful');
    await until(async () => ((await smallRecords.find('alert', key))?.version ?? 0) === 3);
    expect((await smallRecords.find('alert', key))?.value).toMatchObject({
      acknowledgedBy: workspace.person('mara'),
      notUseful: 1,
      snoozedUntil: '2026-03-31',
    });
  });

  test('has a picture and its evidence within what Slack takes', () => {
    const message = alertMessage({ ...aDescribed('k'), id: 'k' }, 'Data complete.', {
      language: 'en-GB',
      currency: 'GBP',
    });
    expect(message.blocks.map((block) => block.type)).toEqual([
      'rich_text',
      'section',
      'data_visualization',
      'context',
      'actions',
    ]);
  });
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not come to hold');
}

function aDescribed(key: string) {
  return {
    key,
    headline: 'Leeds sells less than usual',
    sentences: ['Revenue on 2 Mar 2026: £10, where £100 would be usual.'],
    evidence: { columns: [], rows: [], truncated: false },
    course: {
      table: {
        columns: [
          { name: 'day', type: 'date' as const },
          { name: 'actual', type: 'decimal' as const },
          { name: 'usual', type: 'decimal' as const },
        ],
        rows: [
          ['2026-03-01', '100', '100'],
          ['2026-03-02', '10', '100'],
        ],
        truncated: false,
      },
      chart: {
        kind: 'line' as const,
        title: 'Revenue per day: Leeds',
        x: 'day',
        y: ['actual', 'usual'],
        series: null,
        unitLabel: 'GBP',
        source: 'Plumbline',
      },
    },
    why: 'why did revenue of branch "Leeds" fall on 2 Mar 2026 compared with 23 Feb 2026',
  };
}

function anAlertState(key: string) {
  return {
    key,
    headline: 'Leeds sells less than usual',
    phase: 'open',
    firstFound: '2026-03-02',
    lastFound: '2026-03-02',
    toldOn: '2026-03-02',
    place: null,
    overTold: false,
    acknowledgedBy: null,
    snoozedUntil: null,
    notUseful: 0,
  };
}

function aDigest(day: string): Digest {
  return {
    day,
    scope: { kind: 'company' },
    title: `Monday, ${day}`,
    warnings: [],
    complete: true,
    headline: 'Revenue was £10.00.',
    tiles: [],
    sentences: [],
    course: null,
    standsOut: [],
    dataLine: 'Data through 2 Mar 2026, reconciled.',
    text: `The digest of ${day}`,
  };
}
