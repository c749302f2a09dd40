import type { WebClient } from '@slack/web-api';
import type { Block } from './block.ts';
import { calling, withBlocks } from './slack-calls.ts';

/** A message that grows while an answer is made. */
export type AnswerStream = {
  ts(): string | null;
  task(title: string, done: boolean): Promise<void>;
  /** Adds to the running text. */
  say(markdown: string): Promise<void>;
  /** `done` is the last line of what is being done. */
  end(markdown: string, blocks: Block[], done?: string): Promise<string>;
};

export function answerStream(
  web: WebClient,
  place: { channel: string; thread: string; person: string; team: string },
): AnswerStream {
  const stream = web.chatStream({
    channel: place.channel,
    thread_ts: place.thread,
    recipient_team_id: place.team,
    recipient_user_id: place.person,
  });
  return {
    ts: () => stream.ts ?? null,
    async task(title, done) {
      await calling(() => stream.append({ chunks: [taskLine(title, done)] }));
    },
    async say(markdown) {
      // As a chunk: text alone waits until there is more of it.
      await calling(() => stream.append({ chunks: [{ type: 'markdown_text', text: markdown }] }));
    },
    async end(markdown, blocks, done) {
      // The client keeps the text of a stop that was refused, so it is given once.
      let text: string | undefined = markdown;
      await withBlocks(blocks, (fewer) => {
        const given = {
          ...(text ? { markdown_text: text } : {}),
          ...(done ? { chunks: [taskLine(done, true)] } : {}),
          blocks: fewer,
        };
        text = undefined;
        return stream.stop(given);
      });
      return stream.ts ?? '';
    },
  };
}

function taskLine(title: string, done: boolean) {
  return {
    type: 'task_update' as const,
    id: 'answer',
    title,
    status: done ? ('complete' as const) : ('in_progress' as const),
  };
}
