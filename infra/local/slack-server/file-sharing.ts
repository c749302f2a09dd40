import { sendFileShared, sendMessageEvents } from './events.ts';
import { clearStatus } from './methods/assistant.ts';
import type { ServerParts } from './server-parts.ts';
import { BOT } from './workspace-data.ts';
import type { Json, Message } from './workspace-types.ts';

/** Posts files as one message in a channel, and tells the app of the message and of each file. */
export function shareFiles(
  parts: ServerParts,
  sharing: {
    ids: string[];
    channel: string;
    user: string;
    text: string;
    blocks?: Json[];
    threadTs?: string;
  },
): Message {
  const message: Message = {
    channel: sharing.channel,
    ts: parts.workspace.nextTs(),
    user: sharing.user,
    text: sharing.text,
    subtype: 'file_share',
    files: sharing.ids,
    ...(sharing.user === BOT.userId ? { botId: BOT.botId } : {}),
    ...(sharing.blocks ? { blocks: sharing.blocks } : {}),
    ...(sharing.threadTs ? { threadTs: sharing.threadTs } : {}),
  };
  for (const id of sharing.ids) {
    const file = parts.workspace.files.get(id);
    if (!file) continue;
    const share = {
      channel: sharing.channel,
      ts: message.ts,
      ...(sharing.threadTs ? { threadTs: sharing.threadTs } : {}),
    };
    const shared = { ...file, shares: [...file.shares, share] };
    parts.workspace.putFile(shared);
    void sendFileShared(parts, shared, sharing.channel, message.ts);
  }
  if (sharing.user === BOT.userId) clearStatus(parts, sharing.channel, sharing.threadTs);
  parts.workspace.putMessage(message);
  void sendMessageEvents(parts, message);
  return message;
}
