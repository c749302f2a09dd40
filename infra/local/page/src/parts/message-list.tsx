import { useActions } from '../actions.ts';
import type { PageMessage } from '../contract.ts';
import { dateOfTs, dayName } from '../text/times.ts';
import { MessageRow } from './message-row.tsx';
import { useFollowing } from './use-following.ts';

const TOGETHER_SECONDS = 300;

/** Messages by day. */
export function MessageList({
  messages,
  all,
  openThread,
  empty,
  inThread = false,
}: {
  messages: PageMessage[];
  /** With replies, to count them. */
  all: PageMessage[];
  openThread: string | null;
  empty: 'channel' | 'direct' | 'thread';
  inThread?: boolean;
}) {
  const { state } = useActions();
  const list = useFollowing(state.me.id, messages, inThread);

  return (
    <div
      className="message-list"
      role="log"
      aria-live="polite"
      aria-label="Messages"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      ref={list}
    >
      {messages.length === 0 && <Empty kind={empty} />}
      {messages.map((message, index) => {
        const before = messages[index - 1];
        const newDay = !inThread && dayOf(message) !== (before ? dayOf(before) : '');
        return (
          <div key={message.ts}>
            {newDay && (
              <div className="day-line">
                <span>{dayOf(message)}</span>
              </div>
            )}
            <MessageRow
              message={message}
              replies={
                inThread ? [] : all.filter((each) => each.threadTs === message.ts && each.ts !== message.ts)
              }
              followsOn={!newDay && before !== undefined && together(before, message)}
              selected={openThread === message.ts}
              inThread={inThread}
            />
          </div>
        );
      })}
    </div>
  );
}

function Empty({ kind }: { kind: 'channel' | 'direct' | 'thread' }) {
  if (kind === 'thread') return null;
  return (
    <div className="empty-list">
      {kind === 'direct' ? (
        <>
          <strong>Ask your first question</strong>
          <p>In your own words, or begin with one of these:</p>
          <Suggestions />
        </>
      ) : (
        <>
          <strong>Nothing here yet</strong>
          <p>Write something, mention @plumbline with a question, or drop a spreadsheet.</p>
        </>
      )}
    </div>
  );
}

const FIRST_QUESTIONS = [
  'What can I ask?',
  'Revenue last week by branch',
  'Why did revenue fall last week?',
  'Return rate by category this year',
  'Tell me when returns of boots go above 8 % in a week',
];

function Suggestions() {
  const { state, ask } = useActions();
  const channel = state.channels.find(({ kind }) => kind === 'im')?.id;
  if (!channel) return null;
  return (
    <div className="first-questions">
      {FIRST_QUESTIONS.map((text) => (
        <button
          key={text}
          type="button"
          className="button"
          onClick={() => void ask('say', { channel, text })}
        >
          {text}
        </button>
      ))}
    </div>
  );
}

function dayOf(message: PageMessage): string {
  return dayName(dateOfTs(message.ts));
}

function together(before: PageMessage, message: PageMessage): boolean {
  return (
    before.user === message.user &&
    before.ephemeralFor === message.ephemeralFor &&
    Number(message.ts) - Number(before.ts) < TOGETHER_SECONDS
  );
}
