import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { LocalWorkspaceOptions } from '../../infra/local/slack-server/start-local-workspace.ts';
import { aWorkspace, type WorkspaceForTests } from '../support/a-workspace.ts';
import { serving } from '../support/serving.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: LocalWorkspaceOptions = {}): Promise<WorkspaceForTests> {
  const workspace = await aWorkspace(options);
  closing.push(() => workspace.close());
  return workspace;
}

/** The unchanged Bolt app of a customer, in socket mode. */
async function boltApp(workspace: WorkspaceForTests, prepare: (app: App) => void): Promise<App> {
  const app = new App({
    token: workspace.botToken,
    appToken: workspace.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: workspace.apiUrl },
  });
  prepare(app);
  await app.start();
  closing.push(() => app.stop());
  return app;
}

describe('a Bolt app in the local workspace', () => {
  test('hears a direct message, answers in its thread, and does not hear itself as a person', async () => {
    const workspace = await open();
    const heard: string[] = [];
    await boltApp(workspace, (app) => {
      app.message(async ({ message, say }) => {
        if (message.subtype !== undefined) return;
        heard.push(message.text ?? '');
        await say({ text: `You said ${message.text}`, thread_ts: message.ts });
      });
    });
    const asked = workspace.says('mara', '@mara', 'revenue yesterday?');
    const reply = await workspace.waitForReply(asked);
    expect(reply).toMatchObject({ text: 'You said revenue yesterday?', threadTs: asked.ts });
    expect(heard).toEqual(['revenue yesterday?']);
  });

  test('gets a mention in a channel as app_mention and as message', async () => {
    const workspace = await open();
    const events: string[] = [];
    await boltApp(workspace, (app) => {
      app.event('app_mention', async ({ event }) => void events.push(`mention ${event.text}`));
      app.event('message', async ({ event }) => void events.push(`message ${event.channel_type}`));
    });
    workspace.says('ben', '#sales', '@plumbline orders today');
    await workspace.waitFor('both events', () => events.length === 2);
    expect(events.toSorted()).toEqual(['mention <@U0PLUMB001> orders today', 'message channel']);
  });

  test('gets the same event again, with its attempt, when it did not acknowledge', async () => {
    const workspace = await open({ ackTimeoutMs: 150, retryDelaysMs: [0, 50] });
    const seen: { id: string; retry: unknown }[] = [];
    await boltApp(workspace, (app) => {
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

  test('answers a slash command, privately and in the channel', async () => {
    const workspace = await open();
    await boltApp(workspace, (app) => {
      app.command('/kpi', async ({ command, ack, respond }) => {
        await ack({ text: `Looking up ${command.text} ...` });
        await respond({ text: 'Revenue 12,345', response_type: 'in_channel' });
      });
    });
    expect(await workspace.runsCommand('mara', '#sales', '/kpi', 'today')).toEqual({ ok: true });
    const all = await workspace.waitFor('two messages', () => {
      const messages = workspace.messages('#sales');
      return messages.length === 2 && messages;
    });
    expect(all.map((message) => [message.text, message.ephemeralFor])).toEqual(
      expect.arrayContaining([
        ['Looking up today ...', workspace.person('mara')],
        ['Revenue 12,345', undefined],
      ]),
    );
  });

  test('tells the person at once when no app is there', async () => {
    const workspace = await open();
    expect(await workspace.runsCommand('mara', '#sales', '/kpi')).toMatchObject({ ok: false });
  });

  test('keeps events for an app that starts later', async () => {
    const workspace = await open();
    const asked = workspace.says('mara', '@mara', 'anyone there?');
    await boltApp(workspace, (app) => {
      app.message(async ({ say }) => void (await say('Now I am.')));
    });
    expect((await workspace.waitForReply(asked)).text).toBe('Now I am.');
  });

  test('gets an event again that was sent to an instance which died over it', async () => {
    const workspace = await open({ ackTimeoutMs: 100 });
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
    await boltApp(workspace, (app) => {
      app.message(async ({ say }) => void (await say('By the next one.')));
    });
    expect((await workspace.waitForReply(asked)).text).toBe('By the next one.');
  });

  test('comes back after the workspace asked it to connect anew', async () => {
    const workspace = await open();
    await boltApp(workspace, (app) => {
      app.message(async ({ say }) => void (await say('Still here.')));
    });
    workspace.refreshConnections();
    await workspace.waitFor('the old connection to go', () => workspace.connections() === 0);
    const asked = workspace.says('mara', '@mara', 'hello?');
    expect((await workspace.waitForReply(asked)).text).toBe('Still here.');
  });

  test('opens a form from a button, refuses a wrong answer, and closes it on a right one', async () => {
    const workspace = await open();
    await boltApp(workspace, (app) => {
      app.action('open', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({
          trigger_id: (body as { trigger_id: string }).trigger_id,
          view: {
            type: 'modal',
            callback_id: 'entry',
            title: { type: 'plain_text', text: 'New entry' },
            submit: { type: 'plain_text', text: 'Save' },
            blocks: [
              {
                type: 'input',
                block_id: 'amount',
                label: { type: 'plain_text', text: 'Amount' },
                element: {
                  type: 'number_input',
                  action_id: 'amount',
                  is_decimal_allowed: true,
                  min_value: '0',
                },
              },
            ],
          },
        });
      });
      app.view('entry', async ({ ack, view, client, body }) => {
        const value = view.state.values.amount?.amount?.value;
        if (value === '13') return ack({ response_action: 'errors', errors: { amount: 'Not this one.' } });
        await ack();
        await client.chat.postMessage({ channel: body.user.id, text: `Saved ${value}` });
      });
    });
    const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
    await client.chat.postMessage({
      channel: workspace.channel('#finance'),
      text: 'Record an entry',
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'open', text: { type: 'plain_text', text: 'New entry' } }],
        },
      ],
    });
    const [message] = workspace.messages('#finance');
    if (!message) throw new Error('nothing was posted');
    expect(await workspace.clicks('aisha', message, 'New entry')).toEqual({ ok: true });
    await workspace.waitFor('the form', () => workspace.form('aisha'));
    expect(await workspace.submitsForm('aisha', {})).toMatchObject({ errors: { amount: 'This is needed.' } });
    expect(await workspace.submitsForm('aisha', { amount: '-1' })).toMatchObject({
      errors: { amount: 'At least 0, please.' },
    });
    expect(await workspace.submitsForm('aisha', { amount: '13' })).toMatchObject({
      errors: { amount: 'Not this one.' },
    });
    expect(await workspace.submitsForm('aisha', { amount: '12.50' })).toEqual({ ok: true });
    expect(workspace.form('aisha')).toBeUndefined();
    await workspace.waitFor('the message', () =>
      workspace.messages('@aisha').some((each) => each.text === 'Saved 12.50'),
    );
  });

  test('streams an answer, with tasks, in a thread', async () => {
    const workspace = await open();
    await boltApp(workspace, (app) => {
      app.message(async ({ message, client }) => {
        const stream = client.chatStream({
          channel: message.channel,
          thread_ts: message.ts,
          buffer_size: 1,
        });
        await stream.append({ markdown_text: '**Revenue** was ' });
        await stream.append({
          chunks: [{ type: 'task_update', id: '1', title: 'Reading orders', status: 'in_progress' }],
        });
        await stream.append({
          chunks: [{ type: 'task_update', id: '1', title: 'Read 12 rows', status: 'complete' }],
        });
        await stream.stop({ markdown_text: '£12.', blocks: [{ type: 'divider' }] });
      });
    });
    const asked = workspace.says('mara', '@mara', 'revenue?');
    const reply = await workspace.waitForReply(asked, (each) => each.stream !== undefined);
    expect(reply.text).toBe('**Revenue** was £12.');
    expect(reply.stream).toMatchObject({
      open: false,
      tasks: [{ id: '1', title: 'Read 12 rows', status: 'complete' }],
    });
    expect(reply.blocks?.map((block) => block.type)).toEqual(['markdown', 'divider']);
  });

  test('gets a dropped file by id only, and reads it with its token', async () => {
    const workspace = await open();
    const read: string[] = [];
    await boltApp(workspace, (app) => {
      app.event('file_shared', async ({ event, client }) => {
        const { file } = await client.files.info({ file: event.file_id });
        const url = String(file?.url_private_download);
        const withToken = await fetch(url, { headers: { authorization: `Bearer ${workspace.botToken}` } });
        const without = await fetch(url);
        read.push(await withToken.text(), String(without.headers.get('content-type')));
      });
    });
    await workspace.uploads('aisha', '#finance', { 'march.csv': 'account,amount\n4000,12.50\n' }, 'March');
    await workspace.waitFor('both downloads', () => read.length === 2);
    expect(read).toEqual(['account,amount\n4000,12.50\n', 'text/html; charset=utf-8']);
  });

  test('uploads a file of its own into a thread', async () => {
    const workspace = await open();
    const root = workspace.says('mara', '#sales', 'the CSV please');
    const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
    await client.files.uploadV2({
      channel_id: root.channel,
      thread_ts: root.ts,
      filename: 'answer.csv',
      file: Buffer.from('a,b\n1,2\n'),
      initial_comment: 'Here it is',
    });
    const reply = await workspace.waitForReply(root);
    expect(reply).toMatchObject({ text: 'Here it is', threadTs: root.ts, subtype: 'file_share' });
    const file = workspace.parts.workspace.files.get(reply.files?.[0] ?? '');
    expect(file).toMatchObject({ name: 'answer.csv', mimetype: 'text/csv', sizeBytes: 8 });
  });

  test('is signed and verified over HTTP', async () => {
    const workspace = await open({ retryDelaysMs: [0] });
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
    closing.push(server.close);
    workspace.sendRequestsTo(`${server.origin}/slack/events`);
    const asked = workspace.says('mara', '@mara', 'hello');
    expect((await workspace.waitForReply(asked)).text).toBe('Over HTTP.');
    expect(await workspace.runsCommand('mara', '#sales', '/kpi')).toEqual({ ok: true });
    expect(workspace.messages('#sales').at(-1)?.text).toBe('Quick.');
  });

  test('is asked again over HTTP, with number and reason, when it is late or fails', async () => {
    const workspace = await open({ ackTimeoutMs: 150, retryDelaysMs: [0, 0] });
    const tries: unknown[] = [];
    const server = await serving(
      createServer((request, response) => {
        tries.push([request.headers['x-slack-retry-num'], request.headers['x-slack-retry-reason']]);
        if (tries.length === 1) return;
        response.writeHead(tries.length === 2 ? 500 : 200).end();
      }),
    );
    closing.push(server.close);
    workspace.sendRequestsTo(`${server.origin}/`);
    workspace.says('mara', '@mara', 'hello');
    await workspace.parts.app.idle();
    expect(tries).toEqual([
      [undefined, undefined],
      ['1', 'timeout'],
      ['2', 'http_error'],
    ]);
  });

  test('gets a message shortcut, and stacks one form on another', async () => {
    const workspace = await open();
    const closed: string[] = [];
    const form = (name: string) => ({
      type: 'modal' as const,
      callback_id: name,
      notify_on_close: true,
      title: { type: 'plain_text' as const, text: name },
      submit: { type: 'plain_text' as const, text: 'Next' },
      blocks: [{ type: 'section' as const, text: { type: 'plain_text' as const, text: name } }],
    });
    await boltApp(workspace, (app) => {
      app.shortcut(
        { callback_id: 'ask_about', type: 'message_action' },
        async ({ ack, shortcut, client }) => {
          await ack();
          await client.views.open({
            trigger_id: shortcut.trigger_id,
            view: form(shortcut.message.text ?? ''),
          });
        },
      );
      app.view('why?', async ({ ack }) => ack({ response_action: 'push', view: form('second') }));
      app.view('second', async ({ ack }) => ack({ response_action: 'update', view: form('changed') }));
      app.view({ callback_id: 'changed', type: 'view_closed' }, async ({ ack, view }) => {
        closed.push(view.callback_id);
        await ack();
      });
      app.view('changed', async ({ ack }) => ack({ response_action: 'clear' }));
    });
    const said = workspace.says('mara', '#sales', 'why?');
    expect(await workspace.runsShortcut('ben', said, 'ask_about')).toEqual({ ok: true });
    await workspace.waitFor('the form', () => workspace.form('ben')?.callback_id === 'why?');
    await workspace.submitsForm('ben', {});
    expect(workspace.form('ben')?.callback_id).toBe('second');
    await workspace.submitsForm('ben', {});
    expect(workspace.form('ben')?.callback_id).toBe('changed');
    await workspace.closesForm('ben');
    expect(closed).toEqual(['changed']);
    expect(workspace.form('ben')?.callback_id).toBe('why?');
    await workspace.submitsForm('ben', {});
    await workspace.submitsForm('ben', {});
    await workspace.submitsForm('ben', {});
    expect(workspace.form('ben')).toBeUndefined();
  });

  test('hears of joining, stopping, reactions and the Home tab', async () => {
    const workspace = await open();
    const heard: string[] = [];
    await boltApp(workspace, (app) => {
      app.event('member_joined_channel', async ({ event }) => void heard.push(`joined ${event.channel}`));
      app.event('reaction_added', async ({ event }) => void heard.push(`reaction ${event.reaction}`));
      app.event('app_home_opened', async ({ event }) => void heard.push(`home ${event.tab}`));
      app.event('agent_session_stopped', async ({ event }) => void heard.push(`stopped ${event.thread_ts}`));
    });
    const said = workspace.says('mara', '#sales', 'hello');
    workspace.joins('guest', '#sales');
    workspace.reacts('ben', said, 'eyes');
    workspace.opensHome('ben');
    workspace.stopsAnswer('mara', '#sales', said.ts);
    await workspace.waitFor('four events', () => heard.length === 4);
    expect(heard).toEqual(
      expect.arrayContaining(['joined C0SALES001', 'reaction eyes', 'home home', `stopped ${said.ts}`]),
    );
  });

  test('is told to wait when it asks too often', async () => {
    const workspace = await open();
    workspace.mischief.plan('chat.postMessage', { kind: 'rate-limit', retryAfterSeconds: 1 });
    const client = new WebClient(workspace.botToken, {
      slackApiUrl: workspace.apiUrl,
      logLevel: LogLevel.ERROR,
    });
    const before = Date.now();
    await client.chat.postMessage({ channel: workspace.channel('#sales'), text: 'later' });
    expect(Date.now() - before).toBeGreaterThanOrEqual(950);
  });

  test('shows status, title and prompts of an assistant thread until it answers', async () => {
    const workspace = await open();
    const { Assistant } = await import('@slack/bolt');
    await boltApp(workspace, (app) => {
      app.assistant(
        new Assistant({
          threadStarted: async ({ say, setSuggestedPrompts, saveThreadContext }) => {
            await saveThreadContext();
            await say('What would you like to know?');
            await setSuggestedPrompts({
              title: 'Try',
              prompts: [{ title: 'Sales', message: 'Sales last week?' }],
            });
          },
          userMessage: async ({ say, setStatus, setTitle, message }) => {
            await setTitle('Sales');
            await setStatus('is looking at orders');
            await sleep(50);
            await say(`About ${'text' in message ? message.text : ''}`);
          },
        }),
      );
    });
    const root = workspace.opensAssistant('mara', '#sales');
    const thread = () =>
      [...workspace.parts.workspace.assistantThreads.values()].find((each) => each.threadTs === root.ts);
    await workspace.waitFor('prompts', () => (thread()?.prompts.length ?? 0) > 0);
    const asked = workspace.says('mara', '@mara', 'Sales last week?', root.ts);
    await workspace.waitFor('the status', () => thread()?.status === 'is looking at orders');
    const reply = await workspace.waitForReply(asked);
    expect(reply).toMatchObject({ text: 'About Sales last week?', threadTs: root.ts });
    expect(thread()).toMatchObject({ title: 'Sales', status: '' });
  });
});
