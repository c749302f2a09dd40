import { setTimeout as sleep } from 'node:timers/promises';
import { WebClient } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { boltForTests } from '../support/a-bolt-app.ts';

const bolt = boltForTests();

describe('a Bolt app in the local workspace', () => {
  test('hears a direct message, answers in its thread, and does not hear itself as a person', async () => {
    const workspace = await bolt.open();
    const heard: string[] = [];
    await bolt.start(workspace, (app) => {
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
    const workspace = await bolt.open();
    const events: string[] = [];
    await bolt.start(workspace, (app) => {
      app.event('app_mention', async ({ event }) => void events.push(`mention ${event.text}`));
      app.event('message', async ({ event }) => void events.push(`message ${event.channel_type}`));
    });
    workspace.says('ben', '#sales', '@plumbline orders today');
    await workspace.waitFor('both events', () => events.length === 2);
    expect(events.toSorted()).toEqual(['mention <@U0PLUMB001> orders today', 'message channel']);
  });

  test('answers a slash command, privately and in the channel', async () => {
    const workspace = await bolt.open();
    await bolt.start(workspace, (app) => {
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

  test('opens a form from a button, refuses a wrong answer, and closes it on a right one', async () => {
    const workspace = await bolt.open();
    await bolt.start(workspace, (app) => {
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
    const workspace = await bolt.open();
    await bolt.start(workspace, (app) => {
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
    const workspace = await bolt.open();
    const read: string[] = [];
    await bolt.start(workspace, (app) => {
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
    const workspace = await bolt.open();
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

  test('gets a message shortcut, and stacks one form on another', async () => {
    const workspace = await bolt.open();
    const closed: string[] = [];
    const form = (name: string) => ({
      type: 'modal' as const,
      callback_id: name,
      notify_on_close: true,
      title: { type: 'plain_text' as const, text: name },
      submit: { type: 'plain_text' as const, text: 'Next' },
      blocks: [{ type: 'section' as const, text: { type: 'plain_text' as const, text: name } }],
    });
    await bolt.start(workspace, (app) => {
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
    const workspace = await bolt.open();
    const heard: string[] = [];
    await bolt.start(workspace, (app) => {
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

  test('shows status, title and prompts of an assistant thread until it answers', async () => {
    const workspace = await bolt.open();
    const { Assistant } = await import('@slack/bolt');
    await bolt.start(workspace, (app) => {
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
