import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { PageReply, PageRequests } from '../page-contract.ts';
import { click, runMessageShortcut } from '../people/click.ts';
import { type PersonOutcome, personById } from '../people/interaction.ts';
import { runCommand } from '../people/run-command.ts';
import {
  keepFile,
  moveAssistant,
  openAppHome,
  openAssistant,
  react,
  say,
  stopAnswer,
  upload,
} from '../people/say.ts';
import { closeForm, submitForm } from '../people/submit-form.ts';
import type { ServerParts } from '../server-parts.ts';
import type { Message } from '../workspace-types.ts';
import { readBody, readForm } from './read-body.ts';
import { replyJson } from './reply.ts';

const MAX_PAGE_BYTES = 210 * 1024 * 1024;

const text = z.string();
const values = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())));
const REQUESTS: { [N in keyof PageRequests]: z.ZodType<PageRequests[N]> } = {
  say: z.object({ channel: text, text, threadTs: text.optional() }) as z.ZodType<PageRequests['say']>,
  command: z.object({ channel: text, command: text, text }),
  shortcut: z.object({ channel: text, ts: text, callbackId: text }),
  click: z.object({
    on: z.union([z.object({ channel: text, ts: text }), z.object({ view: text })]),
    blockId: text,
    actionId: text,
    chosen: z.record(z.string(), z.unknown()).optional(),
    values: values.optional(),
  }) as z.ZodType<PageRequests['click']>,
  submit: z.object({ view: text, values }),
  close: z.object({ view: text, all: z.boolean().optional() }) as z.ZodType<PageRequests['close']>,
  react: z.object({ channel: text, ts: text, name: text }),
  'open-home': z.object({ tab: z.enum(['home', 'messages']) }),
  'open-assistant': z.object({ besideChannel: text.nullable() }),
  'move-assistant': z.object({ threadTs: text, channel: text.nullable() }),
  stop: z.object({ channel: text, threadTs: text }),
  'dismiss-ephemeral': z.object({ channel: text, ts: text }),
};

type Doing<N extends keyof PageRequests> = (
  parts: ServerParts,
  person: string,
  request: PageRequests[N],
) => Promise<PageReply> | PageReply;

const DOINGS: { [N in keyof PageRequests]: Doing<N> } = {
  say: (parts, person, request) => toReply(say(parts, { person, ...request })),
  command: async (parts, person, request) => toReply(await runCommand(parts, { person, ...request })),
  shortcut: async (parts, person, request) =>
    toReply(await runMessageShortcut(parts, { person, ...request })),
  click: async (parts, person, request) => toReply(await click(parts, { person, ...request })),
  submit: async (parts, person, request) => submitForm(parts, { person, ...request }),
  close: async (parts, person, request) => toReply(await closeForm(parts, { person, ...request })),
  react: (parts, person, request) => toReply(react(parts, { person, ...request })),
  'open-home': (parts, person, { tab }) => toReply(openAppHome(parts, person, tab)),
  'open-assistant': (parts, person, { besideChannel }) =>
    toReply(openAssistant(parts, person, besideChannel)),
  'move-assistant': (parts, person, { threadTs, channel }) => {
    moveAssistant(parts, person, threadTs, channel);
    return { ok: true };
  },
  stop: (parts, person, { channel, threadTs }) => toReply(stopAnswer(parts, person, channel, threadTs)),
  'dismiss-ephemeral': (parts, person, { channel, ts }) => {
    if (parts.workspace.findMessage(channel, ts)?.ephemeralFor === person)
      parts.workspace.removeMessage(channel, ts);
    return { ok: true };
  },
};

/** POST /page/<name>: what a person does on the page. */
export async function pageApi(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  person: string,
  parts: ServerParts,
): Promise<void> {
  if (!personById(parts, person)) return replyJson(response, 403, { ok: false, reason: 'Sign in first.' });
  const body = await readBody(request, MAX_PAGE_BYTES);
  if (!body) return replyJson(response, 413, { ok: false, reason: 'This is too large.' });
  const contentType = request.headers['content-type'] ?? '';
  if (name === 'upload' || name === 'keep-files')
    return replyJson(
      response,
      200,
      await receiveFiles(parts, person, name, await readForm(contentType, body)),
    );
  if (!Object.hasOwn(REQUESTS, name) || !contentType.startsWith('application/json'))
    return replyJson(response, 404, { ok: false, reason: 'There is no such request.' });
  replyJson(response, 200, await doRequest(parts, person, name as keyof PageRequests, body));
}

async function doRequest<N extends keyof PageRequests>(
  parts: ServerParts,
  person: string,
  name: N,
  body: Buffer,
): Promise<PageReply> {
  const checked = REQUESTS[name].safeParse(JSON.parse(body.toString() || '{}'));
  if (!checked.success) return { ok: false, reason: 'The page sent something wrong. Reload it.' };
  return DOINGS[name](parts, person, checked.data);
}

async function receiveFiles(
  parts: ServerParts,
  person: string,
  name: 'upload' | 'keep-files',
  form: FormData,
): Promise<PageReply> {
  const files: { name: string; bytes: Uint8Array }[] = [];
  for (const value of form.getAll('file'))
    if (typeof value !== 'string')
      files.push({ name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
  if (files.length === 0) return { ok: false, reason: 'Choose a file first.' };
  if (name === 'keep-files') {
    const fileIds: string[] = [];
    for (const file of files) fileIds.push(await keepFile(parts, person, file));
    return { ok: true, fileIds };
  }
  const threadTs = textOf(form, 'threadTs');
  return toReply(
    await upload(parts, {
      person,
      files,
      channel: textOf(form, 'channel'),
      text: textOf(form, 'text'),
      ...(threadTs ? { threadTs } : {}),
    }),
  );
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function toReply(outcome: PersonOutcome | Message): PageReply {
  return 'ts' in outcome ? { ok: true, ts: outcome.ts, channel: outcome.channel } : outcome;
}
