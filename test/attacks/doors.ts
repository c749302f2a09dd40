import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEventsDoor } from '../../etl/handlers/events-http.ts';
import { TEAM } from '../../infra/local/slack-server/workspace-data.ts';
import { openEventJournal } from '../../src/adapters/journal-event-stream.ts';
import { createSlackApp } from '../../src/slack/slack-app.ts';
import { aDynamodb } from '../support/a-dynamodb.ts';
import { anAnswer, scriptedNeeds } from '../support/a-slack-app.ts';
import { aWorkspace } from '../support/a-workspace.ts';
import { freePort } from '../support/serving.ts';
import { anEvent, onlineRetail } from '../support/some-events.ts';
import { type Tally, tallyOf, type Verdict } from './tally.ts';

type Request = { body: string; headers: Record<string, string> };

const OLD_SECONDS = 10 * 60;

/** Requests to Slack's address that Slack did not send: none may reach a handler, and the app goes on working. */
export async function attackSlackDoor(): Promise<Tally> {
  const store = await aDynamodb();
  const workspace = await aWorkspace();
  const needs = scriptedNeeds(store, () => anAnswer());
  const { botToken, signingSecret, apiUrl } = workspace;
  const app = createSlackApp({ slack: { botToken, signingSecret, apiUrl }, needs });
  const port = await freePort();
  await app.start(port);
  const address = `http://127.0.0.1:${port}/slack/events`;
  try {
    const tally = await tallyOf('Slack requests', slackRequests(signingSecret), async ({ body, headers }) => {
      const before = needs.asked.length;
      const status = await post(address, body, headers);
      await sleep(20);
      if (needs.asked.length > before) return { effect: 'a question was answered' };
      return status >= 400 || status === 0 ? 'stopped' : 'harmless';
    });
    workspace.sendRequestsTo(address);
    const question = workspace.says('mara', '@mara', 'revenue last week');
    await workspace.waitForReply(question, () => true, 30_000);
    return tally;
  } finally {
    await app.stop();
    await workspace.close();
    await store.close();
  }
}

function slackRequests(secret: string): { kind: string; attack: Request }[] {
  const body = JSON.stringify(mention('Ev1'));
  const now = Math.floor(Date.now() / 1000);
  const json = { 'content-type': 'application/json' };
  const signed = (text: string, at: number, key: string) => ({
    ...json,
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': `v0=${createHmac('sha256', key).update(`v0:${at}:${text}`).digest('hex')}`,
  });
  const good = signed(body, now, secret);
  const form = new URLSearchParams({
    command: '/plumbline',
    text: 'revenue last week',
    user_id: 'U0MARA0001',
  }).toString();
  const attacks: [string, string, Record<string, string>][] = [
    ['unsigned', body, json],
    ['unsigned command', form, { 'content-type': 'application/x-www-form-urlencoded' }],
    ['signed with another secret', body, signed(body, now, 'another-secret')],
    ['signed with nothing', body, signed(body, now, '')],
    ['replayed after ten minutes', body, signed(body, now - OLD_SECONDS, secret)],
    ['from the future', body, signed(body, now + OLD_SECONDS, secret)],
    ['changed after it was signed', body.replace('revenue', 'salaries'), good],
    ['another time than was signed', body, { ...good, 'x-slack-request-timestamp': String(now - 1) }],
    ['no time', body, { ...json, 'x-slack-signature': good['x-slack-signature'] }],
    ['a time that is no number', body, { ...good, 'x-slack-request-timestamp': 'now' }],
    [
      'another version of signature',
      body,
      { ...good, 'x-slack-signature': good['x-slack-signature'].replace('v0=', 'v1=') },
    ],
    ['half a signature', body, { ...good, 'x-slack-signature': good['x-slack-signature'].slice(0, 20) }],
    ['nothing at all', '', {}],
    ['no JSON', '{"type":', signed('{"type":', now, secret)],
    ['deep JSON', '['.repeat(100_000), signed('['.repeat(100_000), now, secret)],
    ['JSON of another kind, unsigned', 'null', json],
    [
      'a prototype',
      '{"__proto__":{"type":"event_callback"}}',
      signed('{"__proto__":{"type":"event_callback"}}', now, secret),
    ],
  ];
  const elsewhere = fromElsewhere().map(([kind, text, type]): [string, string, Record<string, string>] => [
    kind,
    text,
    { ...signed(text, now, secret), 'content-type': type },
  ]);
  return [...attacks, ...elsewhere].map(([kind, text, headers]) => ({
    kind,
    attack: { body: text, headers },
  }));
}

/** Signed by Slack, but of another workspace that has the same app: its people are none of ours, whatever their ids. */
function fromElsewhere(): [string, string, string][] {
  const form = 'application/x-www-form-urlencoded';
  const team = { id: 'T0ELSEWHERE', domain: 'elsewhere' };
  const user = { id: 'U0MARA0001', team_id: 'T0ELSEWHERE' };
  const payload = (interaction: object) =>
    new URLSearchParams({
      payload: JSON.stringify({ team, user, trigger_id: '1.1', ...interaction }),
    }).toString();
  const authorizations = [{ team_id: 'T0ELSEWHERE', user_id: 'U0BOT', is_bot: true }];
  const command = {
    team_id: 'T0ELSEWHERE',
    user_id: 'U0MARA0001',
    channel_id: 'C0SALES001',
    trigger_id: '1.1',
  };
  const message = { ts: '1.1', team: 'T0ELSEWHERE', text: 'x' };
  return [
    ['an event of another workspace', JSON.stringify(mention('Ev2')), 'application/json'],
    [
      'an event through another workspace',
      JSON.stringify({ ...mention('Ev3'), team_id: TEAM.id, authorizations }),
      'application/json',
    ],
    [
      'a command of another workspace',
      new URLSearchParams({ ...command, command: '/ask', text: 'revenue last week' }).toString(),
      form,
    ],
    [
      'a click of another workspace',
      payload({
        type: 'block_actions',
        message,
        channel: { id: 'C0SALES001' },
        actions: [{ type: 'button', action_id: 'follow-up', value: 'revenue last week' }],
      }),
      form,
    ],
    [
      'a form of another workspace',
      payload({ type: 'view_submission', view: { id: 'V1', callback_id: 'ask', state: { values: {} } } }),
      form,
    ],
  ];
}

function mention(id: string): object {
  return {
    token: 'x',
    team_id: 'T0ELSEWHERE',
    api_app_id: 'A1',
    type: 'event_callback',
    event_id: id,
    event_time: Math.floor(Date.now() / 1000),
    event: {
      type: 'app_mention',
      user: 'U0MARA0001',
      text: '<@U0BOT> revenue last week',
      ts: '1.1',
      channel: 'C0SALES001',
    },
  };
}

/** The door for events: what is no good event is refused with a reason, and good ones are still taken afterwards. */
export async function attackEventsDoor(): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-attack-'));
  const stream = await openEventJournal({ folder });
  const appended: string[] = [];
  const watched = {
    ...stream,
    append: async (records: Parameters<typeof stream.append>[0]) => {
      appended.push(...records.map(({ data }) => data));
      return stream.append(records);
    },
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const key = 'a-key-of-many-letters';
  const door = await openEventsDoor(
    { port: 0, apiKey: key },
    { stream: watched, feeds: await onlineRetail(), log },
  );
  try {
    const tally = await tallyOf(
      'events over HTTP',
      eventRequests(key),
      async ({ body, headers }): Promise<Verdict> => {
        const before = appended.length;
        const status = await post(door.url, body, headers);
        if (appended.length > before + 1) return { effect: 'several events were taken' };
        // Whatever an id is, it is data: one record of one line, under the very same id.
        if (appended.length > before)
          return isAsSent(appended.at(-1) ?? '', body)
            ? 'harmless'
            : { effect: `an event was taken: ${appended.at(-1)}` };
        return status >= 400 || status === 0 ? 'stopped' : 'harmless';
      },
    );
    const json = { 'content-type': 'application/json', 'x-api-key': key };
    if ((await post(door.url, JSON.stringify(anEvent('good-event-1')), json)) !== 202)
      tally.effects.push({ kind: 'afterwards', sql: '', what: 'a good event is not taken any more' });
    return tally;
  } finally {
    await door.close();
    await stream.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function isAsSent(record: string, body: string): boolean {
  const id = (json: string) => (JSON.parse(json) as { id?: unknown }).id;
  return !record.includes('\n') && id(record) === id(body) && /^\.\.\/|\n/.test(String(id(body)));
}

function eventRequests(key: string): { kind: string; attack: Request }[] {
  const good = JSON.stringify(anEvent('attack-event-1'));
  const json = { 'content-type': 'application/json' };
  const open = { ...json, 'x-api-key': key };
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const bodies: [string, string, Record<string, string>][] = [
    ['no key', good, json],
    ['an empty key', good, { ...json, 'x-api-key': '' }],
    ['a wrong key', good, { ...json, 'x-api-key': 'a-key-of-many-lettert' }],
    ['a key that begins right', good, { ...json, 'x-api-key': key.slice(0, 5) }],
    ['another way to say the key', good, { ...json, authorization: `Basic ${key}` }],
    ['another kind of body', good, { 'content-type': 'text/plain', 'x-api-key': key }],
    ['too much', `[${' '.repeat(5 << 20)}]`, open],
    ['too many', JSON.stringify(Array.from({ length: 5_001 }, () => ({}))), open],
    ['deep JSON', deep(200_000), open],
    ['a deep event', good.replace('"data":{', `"data":{"x":${deep(5_000)},`), open],
    ['half JSON', good.slice(0, -3), open],
    ['no UTF-8', '\ud800', open],
    ['a number', '1e999', open],
    ['a text', '"event"', open],
    ['a prototype', good.replace('{', '{"__proto__":{"feed":"x"},'), open],
    ['a feed that is a path', good.replace(/"feed":"[^"]*"/, '"feed":"../../etc/passwd"'), open],
    ['a feed of the prototype', good.replace(/"feed":"[^"]*"/, '"feed":"__proto__"'), open],
    ['an id that is a path', JSON.stringify({ ...anEvent('x'), id: '../../../x' }), open],
    ['an id of line breaks', JSON.stringify({ ...anEvent('x'), id: 'a\n{"id":"b"}' }), open],
    ['an id of a megabyte', JSON.stringify({ ...anEvent('x'), id: 'x'.repeat(1 << 20) }), open],
  ];
  return bodies.map(([kind, body, headers]) => ({ kind, attack: { body, headers } }));
}

/** 0 when the connection was closed. */
async function post(url: string, body: string, headers: Record<string, string>): Promise<number> {
  return fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(20_000) }).then(
    async (response) => {
      await response.arrayBuffer().catch(() => undefined);
      return response.status;
    },
    () => 0,
  );
}
