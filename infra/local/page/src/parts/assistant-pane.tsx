import { useEffect, useRef, useState } from 'react';
import { useActions } from '../actions.ts';
import type { AssistantThread } from '../contract.ts';
import { dateOfTs, dayName } from '../text/times.ts';
import { Composer } from './composer.tsx';
import { DropZone, useDroppedFiles } from './drop-zone.tsx';
import { MessageList } from './message-list.tsx';
import { StatusLine } from './status-line.tsx';

/** A conversation with Plumbline beside whatever is looked at. */
export function AssistantPane({ beside, onClose }: { beside: string | null; onClose: () => void }) {
  const { state, ask } = useActions();
  const [threadTs, setThreadTs] = useState<string | null>(null);
  const [history, setHistory] = useState(false);
  const files = useDroppedFiles();
  const asked = useRef(false);
  const channel = state.channels.find((each) => each.kind === 'im')?.id ?? '';
  const threads = state.assistantThreads
    .filter((each) => each.channel === channel && each.threadTs !== '')
    .toSorted((a, b) => (a.threadTs < b.threadTs ? 1 : -1));
  const thread = threads.find((each) => each.threadTs === threadTs);
  const all = state.messages[channel] ?? [];
  const messages = all.filter((message) => threadTs !== null && message.threadTs === threadTs);
  const spoken = messages.some((message) => message.user === state.me.id);

  async function startNew() {
    setHistory(false);
    const reply = await ask('open-assistant', { besideChannel: beside });
    if (reply.ts) setThreadTs(reply.ts);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening the pane begins one conversation
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void startNew();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when another channel is looked at
  useEffect(() => {
    if (threadTs) void ask('move-assistant', { threadTs, channel: beside });
  }, [beside]);

  return (
    <aside className="panel" aria-label="Plumbline assistant">
      <header className="panel-head">
        <div>
          <h2>{history ? 'Earlier conversations' : thread?.title || 'Plumbline'}</h2>
          <small>Assistant</small>
        </div>
        <button type="button" className="small-button" onClick={() => setHistory(!history)}>
          {history ? 'Back' : 'History'}
        </button>
        <button type="button" className="small-button" onClick={() => void startNew()}>
          New
        </button>
        <button type="button" className="close-button" aria-label="Close assistant" onClick={onClose}>
          ×
        </button>
      </header>
      {history ? (
        <History
          threads={threads}
          onChoose={(ts) => {
            setThreadTs(ts);
            setHistory(false);
          }}
        />
      ) : (
        <DropZone files={files}>
          <MessageList messages={messages} all={all} openThread={null} empty="thread" inThread />
          {thread && !spoken && (
            <Prompts
              thread={thread}
              onChoose={(text) => void ask('say', { channel, text, threadTs: thread.threadTs })}
            />
          )}
          <StatusLine channel={channel} threadTs={threadTs ?? 'none'} />
          {threadTs && (
            <Composer
              channel={channel}
              threadTs={threadTs}
              files={files}
              label="Ask a question ..."
              autoFocus
            />
          )}
        </DropZone>
      )}
    </aside>
  );
}

function Prompts({ thread, onChoose }: { thread: AssistantThread; onChoose: (text: string) => void }) {
  if (thread.prompts.length === 0) return null;
  return (
    <section className="prompts">
      {thread.promptsTitle && <p>{thread.promptsTitle}</p>}
      {thread.prompts.map((prompt) => (
        <button key={prompt.title} type="button" onClick={() => onChoose(prompt.message)}>
          {prompt.title}
        </button>
      ))}
    </section>
  );
}

function History({ threads, onChoose }: { threads: AssistantThread[]; onChoose: (ts: string) => void }) {
  return (
    <ul className="history">
      {threads.map((thread) => (
        <li key={thread.threadTs}>
          <button type="button" onClick={() => onChoose(thread.threadTs)}>
            <strong>{thread.title || 'Without a title'}</strong>
            <small>{dayName(dateOfTs(thread.threadTs))}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}
