import { z } from 'zod';
import { apiError } from '../api-error.ts';
import type { ServerParts } from '../server-parts.ts';
import { assistantKey } from '../workspace.ts';
import type { AssistantThread } from '../workspace-types.ts';
import { arg, type Method, method } from './method.ts';
import { threadRoot, writableChannel } from './places.ts';

const Prompt = z.strictObject({ title: z.string().min(1), message: z.string().min(1) });
const scopes = ['assistant:write', 'chat:write'];

export const assistantMethods: Record<string, Method> = {
  'assistant.threads.setStatus': method({
    scopes,
    args: {
      channel_id: arg.text,
      thread_ts: arg.text,
      status: arg.text,
      loading_messages: arg.list.optional(),
      icon_emoji: arg.optionalText,
      icon_url: arg.optionalText,
      username: arg.optionalText,
    },
    run(args, parts) {
      const channel = writableChannel(parts, args.channel_id);
      const threadTs = threadRoot(parts, channel, args.thread_ts);
      const loading = (args.loading_messages ?? []).map(String);
      if (loading.length > 10)
        throw apiError('invalid_arguments', ['[ERROR] no more than 10 loading_messages']);
      parts.workspace.putAssistantThread({
        ...threadOf(parts, channel.id, threadTs),
        status: args.status,
        loadingMessages: loading,
      });
      return {};
    },
  }),

  'assistant.threads.setTitle': method({
    scopes: ['assistant:write'],
    args: { channel_id: arg.text, thread_ts: arg.text, title: z.string().min(1) },
    run(args, parts) {
      const channel = writableChannel(parts, args.channel_id);
      const threadTs = threadRoot(parts, channel, args.thread_ts);
      parts.workspace.putAssistantThread({ ...threadOf(parts, channel.id, threadTs), title: args.title });
      return {};
    },
  }),

  'assistant.threads.setSuggestedPrompts': method({
    scopes: ['assistant:write'],
    args: {
      channel_id: arg.text,
      thread_ts: arg.optionalText,
      title: arg.optionalText,
      prompts: arg.json,
    },
    run(args, parts) {
      const channel = writableChannel(parts, args.channel_id);
      const prompts = z.array(Prompt).min(1).safeParse(args.prompts);
      if (!prompts.success) throw apiError('invalid_arguments', ['[ERROR] prompts are {title, message}']);
      if (prompts.data.length > 4) throw apiError('too_many_prompts');
      const threadTs = args.thread_ts ? threadRoot(parts, channel, args.thread_ts) : '';
      parts.workspace.putAssistantThread({
        ...threadOf(parts, channel.id, threadTs),
        promptsTitle: args.title ?? '',
        prompts: prompts.data,
      });
      return {};
    },
  }),
};

export function threadOf(parts: ServerParts, channel: string, threadTs: string): AssistantThread {
  return (
    parts.workspace.assistantThreads.get(assistantKey(channel, threadTs)) ?? {
      channel,
      threadTs,
      title: '',
      status: '',
      loadingMessages: [],
      promptsTitle: '',
      prompts: [],
    }
  );
}

/** Slack takes the status away by itself as soon as the app posts in the thread. */
export function clearStatus(parts: ServerParts, channel: string, threadTs: string | undefined): void {
  if (!threadTs) return;
  const thread = parts.workspace.assistantThreads.get(assistantKey(channel, threadTs));
  if (thread?.status) parts.workspace.putAssistantThread({ ...thread, status: '', loadingMessages: [] });
}
