import { useEffect, useState } from 'react';
import { useActions } from '../actions.ts';
import type { Channel } from '../contract.ts';
import { Avatar } from './avatar.tsx';
import { groupName } from './group-name.ts';
import { Icon } from './icon.tsx';
import type { Place } from './place.ts';

const ORDER = ['general', 'sales', 'finance', 'data-runs', 'data-owners'];

export function Sidebar({ place, onGo }: { place: Place; onGo: (to: Partial<Place>) => void }) {
  const { state } = useActions();
  const unread = useUnread(place);
  const bot = state.people.find((person) => person.kind === 'bot');
  const channels = state.channels
    .filter((channel) => channel.kind !== 'im' && channel.kind !== 'mpim')
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  const groups = state.channels.filter((channel) => channel.kind === 'mpim');
  const direct = state.channels.find((channel) => channel.kind === 'im');
  const item = (channel: Channel, label: React.ReactNode) => {
    const current = place.view === 'channel' && place.channel === channel.id;
    return (
      <li key={channel.id}>
        <button
          type="button"
          className={`side-item${unread.has(channel.id) ? ' side-unread' : ''}`}
          aria-current={current ? 'page' : undefined}
          onClick={() => onGo({ view: 'channel', channel: channel.id })}
        >
          {label}
          {unread.has(channel.id) && <span className="visually-hidden"> (new messages)</span>}
        </button>
      </li>
    );
  };
  return (
    <nav className="sidebar" aria-label="Channels">
      <h2>Plumbline</h2>
      <ul>
        <li>
          <button
            type="button"
            className="side-item"
            aria-current={place.view === 'home' ? 'page' : undefined}
            onClick={() => onGo({ view: 'home' })}
          >
            <span className="side-sign" aria-hidden="true">
              <Icon name="home" />
            </span>
            Home
          </button>
        </li>
        <li>
          <button
            type="button"
            className="side-item"
            aria-current={place.view === 'dashboard' ? 'page' : undefined}
            onClick={() => onGo({ view: 'dashboard' })}
          >
            <span className="side-sign" aria-hidden="true">
              <Icon name="dashboard" />
            </span>
            Dashboard
          </button>
        </li>
        {direct &&
          item(
            direct,
            <>
              <Avatar person={bot} size={20} />
              Messages
              <span className={`presence${state.bot.connected ? ' presence-on' : ''}`} aria-hidden="true" />
            </>,
          )}
      </ul>
      <h2>Channels</h2>
      <ul>
        {channels.map((channel) =>
          item(
            channel,
            <>
              <span className="side-sign" aria-hidden="true">
                <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} size={16} />
              </span>
              {channel.name}
            </>,
          ),
        )}
      </ul>
      {groups.length > 0 && (
        <>
          <h2>Group messages</h2>
          <ul>
            {groups.map((channel) =>
              item(
                channel,
                <>
                  <span className="side-sign" aria-hidden="true">
                    <Icon name="people" size={16} />
                  </span>
                  {groupName(channel, state)}
                </>,
              ),
            )}
          </ul>
        </>
      )}
    </nav>
  );
}

/** Channels with messages that came while another one was looked at. */
function useUnread(place: Place): Set<string> {
  const { state } = useActions();
  const [seen, setSeen] = useState<Record<string, string>>(() => lastOf(state.messages));
  const current = place.view === 'channel' ? place.channel : '';
  const newest = lastOf(state.messages);
  useEffect(() => {
    if (current) setSeen((now) => ({ ...now, [current]: newest[current] ?? '' }));
    // biome-ignore lint/correctness/useExhaustiveDependencies: only what is being looked at becomes seen
  }, [current, newest[current]]);
  return new Set(
    Object.keys(newest).filter(
      (channel) => channel !== current && (newest[channel] ?? '') > (seen[channel] ?? ''),
    ),
  );
}

function lastOf(messages: Record<string, { ts: string }[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(messages).map(([channel, list]) => [channel, list.at(-1)?.ts ?? '']),
  );
}

function rank(channel: Channel): number {
  const at = ORDER.indexOf(channel.name);
  return at < 0 ? ORDER.length : at;
}
