import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LogLevel } from '@slack/bolt';
import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { LocalWorkspaceOptions } from '../../../infra/local/slack-server/start-local-workspace.ts';
import { aWorkspace, type WorkspaceForTests } from '../../support/a-workspace.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(
  options: LocalWorkspaceOptions = {},
): Promise<{ workspace: WorkspaceForTests; client: WebClient }> {
  const workspace = await aWorkspace(options);
  closing.push(() => workspace.close());
  return { workspace, client: clientOf(workspace, workspace.botToken) };
}

function clientOf(workspace: WorkspaceForTests, token: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: workspace.apiUrl,
    logLevel: LogLevel.ERROR,
    retryConfig: { retries: 0 },
    logger: {
      debug() {},
      info() {},
      warn() {},
      error() {},
      setLevel() {},
      getLevel: () => LogLevel.ERROR,
      setName() {},
    },
  });
}

async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return String(error.data.error);
    throw error;
  }
}

describe('the Web API refuses with Slack’s own names', () => {
  test('tokens, scopes and methods', async () => {
    const { workspace, client } = await open({ scopes: ['chat:write'] });
    expect(await errorOf(clientOf(workspace, 'xoxb-wrong').auth.test())).toBe('invalid_auth');
    expect(await errorOf(clientOf(workspace, workspace.appToken).auth.test())).toBe('not_allowed_token_type');
    expect(await errorOf(client.apiCall('auth.test', { token: undefined }))).toBe('ok');
    expect(await errorOf(client.users.list({}))).toBe('missing_scope');
    expect(await errorOf(client.apiCall('chat.shout', {}))).toBe('unknown_method');
    expect(await errorOf(client.apiCall('toString', {}))).toBe('unknown_method');
    expect(await errorOf(client.apps.connections.open({}))).toBe('not_allowed_token_type');
  });

  test('channels, threads and texts', async () => {
    const { workspace, client } = await open();
    const channel = workspace.channel('#sales');
    const say = (more: Record<string, unknown>) =>
      errorOf(client.apiCall('chat.postMessage', { channel, text: 'x', ...more }));
    expect(await say({})).toBe('ok');
    expect(await say({ channel: 'C0NOWHERE1' })).toBe('channel_not_found');
    expect(await say({ text: '' })).toBe('no_text');
    expect(await say({ text: 'x'.repeat(40_001) })).toBe('msg_too_long');
    expect(await say({ thread_ts: '1.2' })).toBe('invalid_thread_ts');
    expect(await say({ thread_ts: '1700000000.000001' })).toBe('thread_not_found');
    expect(await say({ blocks: 'nonsense' })).toBe('invalid_blocks_format');
    expect(await say({ thread: 'misspelt' })).toBe('invalid_arguments');
    expect(await say({ markdown_text: '**x**' })).toBe('markdown_text_conflict');
  });

  test('a channel that the bot is not in', async () => {
    const { workspace, client } = await open();
    const sales = workspace.parts.workspace.channels.get(workspace.channel('#sales'));
    const finance = workspace.parts.workspace.channels.get(workspace.channel('#finance'));
    for (const channel of [sales, finance])
      if (channel) workspace.parts.workspace.putChannel({ ...channel, members: [workspace.person('mara')] });
    expect(await errorOf(client.chat.postMessage({ channel: workspace.channel('#sales'), text: 'x' }))).toBe(
      'not_in_channel',
    );
    expect(
      await errorOf(client.chat.postMessage({ channel: workspace.channel('#finance'), text: 'x' })),
    ).toBe('channel_not_found');
    expect(await errorOf(client.conversations.join({ channel: workspace.channel('#sales') }))).toBe('ok');
    expect(await errorOf(client.chat.postMessage({ channel: workspace.channel('#sales'), text: 'x' }))).toBe(
      'ok',
    );
  });

  test('changing and deleting what is not its own, or not there', async () => {
    const { workspace, client } = await open();
    const said = workspace.says('mara', '#sales', 'mine');
    const where = { channel: said.channel, ts: said.ts };
    expect(await errorOf(client.chat.update({ ...where, text: 'x' }))).toBe('cant_update_message');
    expect(await errorOf(client.chat.delete(where))).toBe('cant_delete_message');
    expect(await errorOf(client.chat.update({ ...where, ts: '1700000000.000001', text: 'x' }))).toBe(
      'message_not_found',
    );
    const own = await client.chat.postMessage({ channel: said.channel, text: 'own' });
    expect(
      await errorOf(
        client.chat.update({ channel: said.channel, ts: String(own.ts), text: 'x'.repeat(4001) }),
      ),
    ).toBe('msg_too_long');
    expect(await errorOf(client.chat.delete({ channel: said.channel, ts: String(own.ts) }))).toBe('ok');
  });

  test('private words to somebody who is not in the channel', async () => {
    const { workspace, client } = await open();
    const channel = workspace.channel('#finance');
    expect(
      await errorOf(client.chat.postEphemeral({ channel, user: workspace.person('ben'), text: 'x' })),
    ).toBe('user_not_in_channel');
    expect(
      await errorOf(client.chat.postEphemeral({ channel, user: workspace.person('aisha'), text: 'x' })),
    ).toBe('ok');
    const { messages } = await client.conversations.history({ channel });
    expect(messages).toEqual([]);
  });

  test('streams', async () => {
    const { workspace, client } = await open();
    const said = workspace.says('mara', '#sales', 'q');
    const where = { channel: said.channel, thread_ts: said.ts };
    expect(await errorOf(client.chat.startStream({ ...where, markdown_text: 'x' }))).toBe(
      'missing_recipient_team_id',
    );
    const { ts } = await client.chat.startStream({
      ...where,
      recipient_team_id: 'T0LOCAL001',
      recipient_user_id: workspace.person('mara'),
    });
    const stream = { channel: said.channel, ts: String(ts) };
    expect(await errorOf(client.chat.appendStream(stream))).toBe('no_text');
    expect(await errorOf(client.chat.update({ ...stream, text: 'x' }))).toBe('streaming_state_conflict');
    expect(await errorOf(client.chat.stopStream({ ...stream, markdown_text: 'done' }))).toBe('ok');
    expect(await errorOf(client.chat.appendStream({ ...stream, markdown_text: 'late' }))).toBe(
      'message_not_in_streaming_state',
    );
  });

  test('triggers work once and not for long', async () => {
    let now = Date.parse('2026-11-16T09:00:00Z');
    const { workspace, client } = await open({ now: () => new Date(now), triggerLifetimeMs: 3000 });
    const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'x' }, blocks: [] };
    const trigger = workspace.parts.triggers.issue(workspace.person('mara'));
    expect(await errorOf(client.views.open({ trigger_id: 'none', view }))).toBe('invalid_trigger_id');
    expect(await errorOf(client.views.open({ trigger_id: trigger, view }))).toBe('ok');
    expect(await errorOf(client.views.open({ trigger_id: trigger, view }))).toBe('exchanged_trigger_id');
    const late = workspace.parts.triggers.issue(workspace.person('mara'));
    now += 3001;
    expect(await errorOf(client.views.open({ trigger_id: late, view }))).toBe('expired_trigger_id');
  });

  test('a view that changed meanwhile', async () => {
    const { workspace, client } = await open();
    const view = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
    const user = workspace.person('mara');
    const first = await client.views.publish({ user_id: user, view });
    await client.views.publish({ user_id: user, view });
    expect(await errorOf(client.views.publish({ user_id: user, view, hash: String(first.view?.hash) }))).toBe(
      'hash_conflict',
    );
  });
});

describe('the Web API answers', () => {
  test('with people, groups, channels and pages of history', async () => {
    const { workspace, client } = await open();
    for (const text of ['one', 'two', 'three']) workspace.says('mara', '#sales', text);
    const channel = workspace.channel('#sales');
    const first = await client.conversations.history({ channel, limit: 2 });
    expect(first.messages?.map((message) => message.text)).toEqual(['three', 'two']);
    const second = await client.conversations.history({
      channel,
      limit: 2,
      cursor: first.response_metadata?.next_cursor ?? '',
    });
    expect(second.messages?.map((message) => message.text)).toEqual(['one']);
    expect((await client.users.info({ user: workspace.person('guest') })).user).toMatchObject({
      is_restricted: true,
    });
    expect(
      (await client.conversations.info({ channel: workspace.channel('#finance') })).channel,
    ).toMatchObject({ is_private: true, is_ext_shared: false });
    const groups = await client.usergroups.list({ include_users: true });
    expect(groups.usergroups?.find((group) => group.handle === 'accountants')?.users).toEqual([
      workspace.person('aisha'),
    ]);
    expect((await client.conversations.open({ users: workspace.person('ben') })).channel?.id).toBe(
      workspace.channel('@ben'),
    );
  });

  test('a link to a message leads to the page', async () => {
    const { workspace, client } = await open();
    const said = workspace.says('mara', '#sales', 'here');
    const { permalink } = await client.chat.getPermalink({ channel: said.channel, message_ts: said.ts });
    expect(permalink).toBe(`${workspace.url}#/archives/${said.channel}/p${said.ts.replace('.', '')}`);
  });

  test('response URLs work five times', async () => {
    const { workspace } = await open();
    const url = workspace.parts.responseUrls.issue({
      channel: workspace.channel('#sales'),
      person: workspace.person('mara'),
    });
    const answers: number[] = [];
    for (let times = 0; times < 6; times += 1)
      answers.push(
        (
          await fetch(url, {
            method: 'POST',
            body: '{"text":"x"}',
            headers: { 'content-type': 'application/json' },
          })
        ).status,
      );
    expect(answers).toEqual([200, 200, 200, 200, 200, 404]);
    expect(
      workspace.messages('#sales').every((message) => message.ephemeralFor === workspace.person('mara')),
    ).toBe(true);
  });
});

describe('the server is for its own machine only', () => {
  test.each([
    ['a foreign Host', { host: 'plumbline.example' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['a request from another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ])('refuses %s', async (_name, headers) => {
    const { workspace } = await open();
    expect(await statusOf(`${workspace.url}page/people`, headers)).toBe(403);
    expect(await statusOf(`${workspace.url}page/people`, {})).toBe(200);
    const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect(await statusOf(workspace.url, followed)).not.toBe(403);
  });

  test('lets no foreign page listen, and no app without its ticket', async () => {
    const { workspace } = await open();
    const live = workspace.url.replace('http', 'ws');
    expect(await opens(`${live}page/live?as=${workspace.person('mara')}`, 'https://evil.example')).toBe(
      false,
    );
    expect(await opens(`${live}page/live?as=${workspace.person('mara')}`, workspace.url.slice(0, -1))).toBe(
      true,
    );
    expect(await opens(`${live}link/?ticket=guess`)).toBe(false);
  });

  test('shows a file only to people in a channel where it was shared', async () => {
    const { workspace } = await open();
    const message = await workspace.uploads('aisha', '#finance', { 'books.csv': 'secret' });
    const file = `${workspace.url}page/files/${message.files?.[0]}`;
    expect(await statusOf(`${file}?as=${workspace.person('mara')}`, {})).toBe(200);
    expect(await statusOf(`${file}?as=${workspace.person('ben')}`, {})).toBe(404);
  });
});

describe('with a folder, the workspace outlives its server', () => {
  test('keeps messages, threads, files and changes, and forgets what was deleted', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'workspace-'));
    closing.push(() => rm(folder, { recursive: true }));
    const before = await aWorkspace({ dataFolder: folder });
    const root = before.says('mara', '#sales', 'kept');
    before.says('ben', '#sales', 'in the thread', root.ts);
    before.reacts('ben', root, 'eyes');
    const gone = before.says('mara', '#sales', 'gone');
    before.parts.workspace.removeMessage(gone.channel, gone.ts);
    const shared = await before.uploads('aisha', '#finance', { 'march.csv': 'a,b\n' });
    await before.close();
    // The process was killed while it wrote its last line.
    const journal = path.join(folder, 'journal.jsonl');
    await writeFile(journal, `${await readFile(journal, 'utf8')}{"kind":"mess`);

    const { workspace } = await open({ dataFolder: folder });
    expect(workspace.messages('#sales').map((message) => message.text)).toEqual(['kept', 'in the thread']);
    expect(workspace.messages('#sales')[0]?.reactions).toEqual([
      { name: 'eyes', users: [workspace.person('ben')] },
    ]);
    expect(String(await workspace.parts.workspace.storage.readFile(shared.files?.[0] ?? ''))).toBe('a,b\n');
  });
});

function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

function opens(url: string, origin?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, origin ? { origin } : {});
    socket.on('open', () => {
      socket.terminate();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
