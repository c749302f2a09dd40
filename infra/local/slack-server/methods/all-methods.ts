import { assistantMethods } from './assistant.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import type { Method } from './method.ts';
import { reactionMethods } from './reactions.ts';
import { streamingMethods } from './streaming.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

export const ALL_METHODS: Readonly<Record<string, Method>> = {
  ...assistantMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...reactionMethods,
  ...streamingMethods,
  ...userMethods,
  ...viewMethods,
};

/** Every scope that some method asks for. */
export const ALL_SCOPES: readonly string[] = [
  ...new Set([
    ...Object.values(ALL_METHODS).flatMap((method) => method.scopes),
    'app_mentions:read',
    'commands',
  ]),
].toSorted();
