import { useActions } from '../actions.ts';
import { TaskCard } from '../blocks/plan-block.tsx';
import type { Json, PageMessage } from '../contract.ts';
import { emoji } from '../text/emoji.ts';
import { Mrkdwn } from '../text/mrkdwn.tsx';
import { dateOfTs, timeOfDay } from '../text/times.ts';
import { Avatar } from './avatar.tsx';
import { FileCard } from './file-card.tsx';
import { Icon } from './icon.tsx';
import { MessageBlocks } from './message-blocks.tsx';
import { MessageTools } from './message-tools.tsx';

export function MessageRow({
  message,
  replies,
  followsOn,
  selected,
  inThread,
}: {
  message: PageMessage;
  replies: PageMessage[];
  followsOn: boolean;
  selected: boolean;
  inThread: boolean;
}) {
  const { state, ask } = useActions();
  const author = state.people.find((person) => person.id === message.user);
  const isPrivate = message.ephemeralFor !== undefined;
  return (
    <article
      className={`message${followsOn ? ' message-follows' : ''}${isPrivate ? ' message-private' : ''}${selected ? ' message-selected' : ''}`}
      aria-label={`${author?.realName ?? 'Somebody'}, ${timeOfDay(dateOfTs(message.ts))}`}
      data-ts={message.ts}
    >
      <div className="message-side">
        {followsOn ? (
          <time className="message-time-small">{timeOfDay(dateOfTs(message.ts))}</time>
        ) : (
          <Avatar person={author} />
        )}
      </div>
      <div className="message-body">
        {isPrivate && (
          <p className="only-you">
            <Icon name="eye" size={15} /> Only visible to you
            <button
              type="button"
              className="link-button"
              onClick={() => void ask('dismiss-ephemeral', { channel: message.channel, ts: message.ts })}
            >
              Dismiss
            </button>
          </p>
        )}
        {!followsOn && (
          <p className="message-head">
            <strong>{author?.realName ?? message.user}</strong>
            {author?.kind === 'bot' && <span className="badge">APP</span>}
            {author?.kind === 'guest' && <span className="badge badge-guest">GUEST</span>}
            <time dateTime={dateOfTs(message.ts).toISOString()}>{timeOfDay(dateOfTs(message.ts))}</time>
          </p>
        )}
        <Content message={message} />
        {message.files?.map((file) => (
          <FileCard key={file.id} file={file} />
        ))}
        {(message.reactions?.length ?? 0) > 0 && (
          <div className="reactions">
            {message.reactions?.map((reaction) => (
              <button
                key={reaction.name}
                type="button"
                className="reaction"
                aria-pressed={reaction.users.includes(state.me.id)}
                aria-label={`${reaction.name}, ${reaction.users.length}`}
                onClick={() =>
                  void ask('react', { channel: message.channel, ts: message.ts, name: reaction.name })
                }
              >
                {emoji(reaction.name)} {reaction.users.length}
              </button>
            ))}
          </div>
        )}
        {replies.length > 0 && <RepliesLink root={message} replies={replies} />}
      </div>
      <MessageTools message={message} inThread={inThread} />
    </article>
  );
}

function Content({ message }: { message: PageMessage }) {
  const { stream } = message;
  const blocks = message.blocks ?? [];
  return (
    <>
      {stream && stream.tasks.length > 0 && (
        <div className="tasks">
          {stream.plan && <strong>{stream.plan}</strong>}
          {stream.tasks.map((task) => (
            <TaskCard key={task.id} task={task as unknown as Json} />
          ))}
        </div>
      )}
      {blocks.length > 0 ? (
        <MessageBlocks message={message} blocks={blocks} />
      ) : (
        message.text !== '' && (
          <div className="message-text">
            <Mrkdwn text={message.text} />
          </div>
        )
      )}
      {stream?.open && <span className="caret" role="img" aria-label="Still writing" />}
      {message.editedAt && <small className="edited">(edited)</small>}
    </>
  );
}

function RepliesLink({ root, replies }: { root: PageMessage; replies: PageMessage[] }) {
  const { state, openThread } = useActions();
  const authors = [...new Set(replies.map((reply) => reply.user))].slice(0, 4);
  const last = replies.at(-1);
  return (
    <button type="button" className="replies" onClick={() => openThread(root.channel, root.ts)}>
      <span className="replies-faces">
        {authors.map((id) => (
          <Avatar key={id} person={state.people.find((person) => person.id === id)} size={22} />
        ))}
      </span>
      <strong>
        {replies.length} {replies.length === 1 ? 'reply' : 'replies'}
      </strong>
      {last && <span className="replies-when">Last at {timeOfDay(dateOfTs(last.ts))}</span>}
    </button>
  );
}
