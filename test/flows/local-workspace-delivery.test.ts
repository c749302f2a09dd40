import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { boltForTests } from '../support/a-bolt-app.ts';
import { serving } from '../support/serving.ts';

const bolt = boltForTests();

describe('what the local workspace sends to a Bolt app', () => {
  test('gets the same event again, with its attempt, when it did not acknowledge', async () => {
    const workspace = await bolt.open({ ackTimeoutMs: 150, retryDelaysMs: [0, 50] });
    const seen: { id: string; retry: unknown }[] = [];
    await bolt.start(workspace, (app) => {
      app.use(async ({ body, context, next }) => {
        seen.push({ id: String((body as { event_id?: string }).event_id), retry: context.retryNum });
        await next();
      });
    });
    // A second, mute connection takes some deliveries and never answers.
    const client = new WebClient(workspace.appToken, { slackApiUrl: workspace.apiUrl });
    const { url } = await client.apps.connections.open();
    const mute = new WebSocket(String(url));
    const muted: unknown[] = [];
    mute.on('message', (data: Buffer) => muted.push(JSON.parse(data.toString())));
    await workspace.waitFor('two connections', () => workspace.connections() === 2);
    workspace.says('mara', '#sales', 'one');
    workspace.says('mara', '#sales', 'two');
    await workspace.parts.app.idle();
    mute.close();
    expect(seen).toHaveLength(2);
    expect(muted.filter((each) => (each as { type: string }).type === 'events_api').length).toBeGreaterThan(
      0,
    );
    expect(seen.some(({ retry }) => Number(retry) > 0)).toBe(true);
  });

  test('tells the person at once when no app is there', async () => {
    const workspace = await bolt.open();
    expect(await workspace.runsCommand('mara', '#sales', '/kpi')).toMatchObject({ ok: false });
  });

  test('keeps events for an app that starts later', async () => {
    const workspace = await bolt.open();
    const asked = workspace.says('mara', '@mara', 'anyone there?');
    await bolt.start(workspace, (app) => {
      app.message(async ({ say }) => void (await say('Now I am.')));
    });
    expect((await workspace.waitForReply(asked)).text).toBe('Now I am.');
  });

  test('gets an event again that was sent to an instance which died over it', async () => {
    const workspace = await bolt.open({ ackTimeoutMs: 100 });
    const client = new WebClient(workspace.appToken, { slackApiUrl: workspace.apiUrl });
    const { url } = await client.apps.connections.open();
    const dying = new WebSocket(String(url));
    const gone = new Promise<void>((resolve) => {
      dying.on('message', (data: Buffer) => {
        if (!data.toString().includes('"events_api"')) return;
        dying.terminate();
        resolve();
      });
    });
    await workspace.waitFor('the connection', () => workspace.connections() === 1);
    const asked = workspace.says('mara', '@mara', 'still to be answered');
    await gone;
    await sleep(200);
    await bolt.start(workspace, (app) => {
      app.message(async ({ say }) => void (await say('By the next one.')));
    });
    expect((await workspace.waitForReply(asked)).text).toBe('By the next one.');
  });

  test('comes back after the workspace asked it to connect anew', async () => {
    const workspace = await bolt.open();
    await bolt.start(workspace, (app) => {
      app.message(async ({ say }) => void (await say('Still here.')));
    });
    workspace.refreshConnections();
    await workspace.waitFor('the old connection to go', () => workspace.connections() === 0);
    const asked = workspace.says('mara', '@mara', 'hello?');
    expect((await workspace.waitForReply(asked)).text).toBe('Still here.');
  });

  test('is signed and verified over HTTP', async () => {
    const workspace = await bolt.open({ retryDelaysMs: [0] });
    const receiver = new HTTPReceiver({ signingSecret: workspace.signingSecret, logLevel: LogLevel.ERROR });
    const app = new App({
      receiver,
      token: workspace.botToken,
      logLevel: LogLevel.ERROR,
      clientOptions: { slackApiUrl: workspace.apiUrl },
    });
    app.message(async ({ say }) => void (await say('Over HTTP.')));
    app.command('/kpi', async ({ ack }) => ack('Quick.'));
    const server = await serving(
      createServer((request, response) => receiver.requestListener(request, response)),
    );
    bolt.closeAfterwards(server.close);
    workspace.sendRequestsTo(`${server.origin}/slack/events`);
    const asked = workspace.says('mara', '@mara', 'hello');
    expect((await workspace.waitForReply(asked)).text).toBe('Over HTTP.');
    expect(await workspace.runsCommand('mara', '#sales', '/kpi')).toEqual({ ok: true });
    expect(workspace.messages('#sales').at(-1)?.text).toBe('Quick.');
  });

  test('is asked again over HTTP, with number and reason, when it is late or fails', async () => {
    const workspace = await bolt.open({ ackTimeoutMs: 150, retryDelaysMs: [0, 0] });
    const tries: unknown[] = [];
    const server = await serving(
      createServer((request, response) => {
        tries.push([request.headers['x-slack-retry-num'], request.headers['x-slack-retry-reason']]);
        if (tries.length === 1) return;
        response.writeHead(tries.length === 2 ? 500 : 200).end();
      }),
    );
    bolt.closeAfterwards(server.close);
    workspace.sendRequestsTo(`${server.origin}/`);
    workspace.says('mara', '@mara', 'hello');
    await workspace.parts.app.idle();
    expect(tries).toEqual([
      [undefined, undefined],
      ['1', 'timeout'],
      ['2', 'http_error'],
    ]);
  });

  test('is told to wait when it asks too often', async () => {
    const workspace = await bolt.open();
    workspace.mischief.plan('chat.postMessage', { kind: 'rate-limit', retryAfterSeconds: 1 });
    const client = new WebClient(workspace.botToken, {
      slackApiUrl: workspace.apiUrl,
      logLevel: LogLevel.ERROR,
    });
    const before = Date.now();
    await client.chat.postMessage({ channel: workspace.channel('#sales'), text: 'later' });
    expect(Date.now() - before).toBeGreaterThanOrEqual(950);
  });
});
