import { useActions } from '../actions.ts';
import type { Channel } from '../contract.ts';
import { Composer } from './composer.tsx';
import { DropZone, useDroppedFiles } from './drop-zone.tsx';
import { groupName } from './group-name.ts';
import { Icon } from './icon.tsx';
import { MessageList } from './message-list.tsx';
import type { Place } from './place.ts';
import { StatusLine } from './status-line.tsx';

const SIGNS = { public: 'hash', private: 'lock', mpim: 'people', im: 'people' } as const;

export function ChannelView({
  channel,
  place,
  onGo,
}: {
  channel: Channel;
  place: Place;
  onGo: (to: Partial<Place>) => void;
}) {
  const { state } = useActions();
  const files = useDroppedFiles();
  const isDirect = channel.kind === 'im';
  const isGroup = channel.kind === 'mpim';
  const name = isGroup ? groupName(channel, state) : channel.name;
  const all = state.messages[channel.id] ?? [];
  const shown = all.filter(
    (message) =>
      (!message.threadTs || message.broadcast || message.threadTs === message.ts) &&
      message.subtype !== 'assistant_app_thread',
  );
  const members = channel.members.map(
    (id) => state.people.find((person) => person.id === id)?.realName ?? id,
  );
  return (
    <DropZone files={files}>
      <header className="channel-head">
        <div>
          <h1>
            {!isDirect && <Icon name={SIGNS[channel.kind]} size={17} />}
            {isDirect ? 'Plumbline' : name}
          </h1>
          <p>
            {isDirect
              ? 'Ask anything about the business. Answers come in threads.'
              : isGroup
                ? 'What all of you may see is answered here; the rest goes to the asker alone.'
                : channel.topic}
          </p>
        </div>
        {isDirect ? (
          <div className="tabs">
            <button type="button" aria-current="page">
              Messages
            </button>
            <button type="button" onClick={() => onGo({ view: 'home' })}>
              Home
            </button>
          </div>
        ) : (
          <span className="member-count" title={members.join(', ')}>
            {channel.members.length} members
          </span>
        )}
      </header>
      <MessageList
        messages={shown}
        all={all}
        openThread={place.thread?.ts ?? null}
        empty={isDirect ? 'direct' : 'channel'}
      />
      <StatusLine channel={channel.id} threadTs={null} />
      <Composer
        channel={channel.id}
        files={files}
        label={isDirect ? 'Message Plumbline' : `Message ${isGroup ? '' : '#'}${name}`}
        hint={
          isDirect
            ? 'Ask Plumbline anything about the business'
            : `Message ${isGroup ? '' : '#'}${name}; begin with @plumbline to ask it`
        }
      />
    </DropZone>
  );
}
