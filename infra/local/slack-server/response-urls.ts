import { randomBytes } from 'node:crypto';
import { apiError } from './api-error.ts';
import { contentsOf, newBotMessage } from './methods/chat.ts';
import type { ServerParts } from './server-parts.ts';
import type { Json, Message } from './workspace-types.ts';

/** Where an answer to a click or command goes: five times within half an hour. */
export type ResponseTarget = {
  channel: string;
  person: string;
  threadTs?: string;
  /** The message that was clicked; `replace_original` and `delete_original` mean this one. */
  messageTs?: string;
};

export type ResponseUrls = {
  issue(target: ResponseTarget): string;
  take(id: string): ResponseTarget;
};

const LIFETIME_MS = 30 * 60_000;
const USES = 5;

export function createResponseUrls(options: { baseUrl: () => string; now: () => Date }): ResponseUrls {
  const issued = new Map<string, { target: ResponseTarget; at: number; uses: number }>();
  return {
    issue(target) {
      const id = randomBytes(12).toString('hex');
      issued.set(id, { target, at: options.now().getTime(), uses: 0 });
      return `${options.baseUrl()}/respond/${id}`;
    },
    take(id) {
      const url = issued.get(id);
      if (!url) throw apiError('invalid_url');
      url.uses += 1;
      if (options.now().getTime() - url.at > LIFETIME_MS) throw apiError('expired_url');
      if (url.uses > USES) throw apiError('used_url');
      return url.target;
    },
  };
}

/** What the app sends to a response URL: a new message, or a change of the clicked one. */
export function respond(parts: ServerParts, target: ResponseTarget, body: Json): void {
  const original = target.messageTs
    ? parts.workspace.findMessage(target.channel, target.messageTs)
    : undefined;
  if (body.delete_original === true) {
    if (original) parts.workspace.removeMessage(original.channel, original.ts);
    return;
  }
  const content = contentsOf(
    {
      ...(typeof body.text === 'string' ? { text: body.text } : {}),
      ...(body.blocks === undefined ? {} : { blocks: body.blocks }),
    },
    parts,
    40_000,
  );
  if (body.replace_original === true && original) {
    const { blocks: _, ...kept } = original;
    parts.workspace.putMessage({ ...kept, ...content, editedAt: parts.workspace.nextTs() });
    return;
  }
  const threadTs = typeof body.thread_ts === 'string' ? body.thread_ts : target.threadTs;
  const message: Message = {
    ...newBotMessage(parts, target.channel, content),
    ...(threadTs ? { threadTs } : {}),
    ...(body.response_type === 'in_channel' ? {} : { ephemeralFor: target.person }),
  };
  parts.workspace.putMessage(message);
}
