import { useActions } from '../actions.ts';
import { Composer } from './composer.tsx';
import { DropZone, useDroppedFiles } from './drop-zone.tsx';
import { groupName } from './group-name.ts';
import { MessageList } from './message-list.tsx';
import { StatusLine } from './status-line.tsx';

export function ThreadPanel({
  channel,
  threadTs,
  onClose,
}: {
  channel: string;
  threadTs: string;
  onClose: () => void;
}) {
  const { state } = useActions();
  const files = useDroppedFiles();
  const all = state.messages[channel] ?? [];
  const messages = all.filter((message) => message.ts === threadTs || message.threadTs === threadTs);
  const place = state.channels.find((each) => each.id === channel);
  return (
    <aside className="panel" aria-label="Thread">
      <header className="panel-head">
        <div>
          <h2>Thread</h2>
          <small>
            {place?.kind === 'im'
              ? 'with Plumbline'
              : place?.kind === 'mpim'
                ? groupName(place, state)
                : `# ${place?.name ?? ''}`}
          </small>
        </div>
        <button type="button" className="close-button" aria-label="Close thread" onClick={onClose}>
          ×
        </button>
      </header>
      <DropZone files={files}>
        <MessageList messages={messages} all={all} openThread={null} empty="thread" inThread />
        <StatusLine channel={channel} threadTs={threadTs} />
        <Composer channel={channel} threadTs={threadTs} files={files} label="Reply ..." />
      </DropZone>
    </aside>
  );
}
