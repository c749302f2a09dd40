import { useEffect, useState } from 'react';
import { useActions } from '../actions.ts';

const TURN_MS = 2200;

/** 'Plumbline is looking at orders ...', with a stop button, while an answer is on its way. */
export function StatusLine({ channel, threadTs }: { channel: string; threadTs: string | null }) {
  const { state, ask } = useActions();
  const [turn, setTurn] = useState(0);
  const threads = state.assistantThreads.filter(
    (each) => each.channel === channel && (threadTs === null || each.threadTs === threadTs),
  );
  const working = threads.find((each) => each.status !== '');
  const streaming = (state.messages[channel] ?? []).find(
    (message) => message.stream?.open && (threadTs === null || message.threadTs === threadTs),
  );
  const busy = working !== undefined || streaming !== undefined;
  useEffect(() => {
    if (!busy) return;
    const timer = setInterval(() => setTurn((now) => now + 1), TURN_MS);
    return () => clearInterval(timer);
  }, [busy]);
  const thread = working?.threadTs ?? streaming?.threadTs;
  const messages = working?.loadingMessages ?? [];
  const words =
    messages.length > 0 ? messages[turn % messages.length] : `Plumbline ${working?.status ?? 'is writing'}`;
  return (
    <div className="status-line" role="status" aria-live="polite">
      {busy && (
        <>
          <span className="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span className="status-words">{words}</span>
          {thread && (
            <button
              type="button"
              className="small-button"
              onClick={() => void ask('stop', { channel, threadTs: thread })}
            >
              Stop
            </button>
          )}
        </>
      )}
    </div>
  );
}
