import { useRef } from 'react';
import { useActions } from '../actions.ts';
import type { PageMessage } from '../contract.ts';
import { emoji } from '../text/emoji.ts';
import { Icon } from './icon.tsx';

const QUICK = ['+1', 'eyes', 'white_check_mark'];

/** The row of small buttons over a message. */
export function MessageTools({ message, inThread }: { message: PageMessage; inThread: boolean }) {
  const { state, ask, openThread } = useActions();
  const menu = useRef<HTMLDetailsElement>(null);
  if (message.ephemeralFor) return null;
  return (
    <div className="message-tools">
      {QUICK.map((name) => (
        <button
          key={name}
          type="button"
          title={`React with :${name}:`}
          aria-label={`React with ${name}`}
          onClick={() => void ask('react', { channel: message.channel, ts: message.ts, name })}
        >
          {emoji(name)}
        </button>
      ))}
      {!inThread && (
        <button
          type="button"
          title="Reply in thread"
          aria-label="Reply in thread"
          onClick={() => openThread(message.channel, message.threadTs ?? message.ts)}
        >
          <Icon name="reply" size={17} />
        </button>
      )}
      {state.shortcuts.length > 0 && (
        <details
          className="menu menu-right"
          ref={menu}
          onBlur={(event) => {
            if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
          }}
        >
          <summary title="More" aria-label="More">
            <Icon name="more" size={17} />
          </summary>
          <div className="menu-list">
            {state.shortcuts.map((shortcut) => (
              <button
                key={shortcut.callbackId}
                type="button"
                onClick={() => {
                  if (menu.current) menu.current.open = false;
                  void ask('shortcut', {
                    channel: message.channel,
                    ts: message.ts,
                    callbackId: shortcut.callbackId,
                  });
                }}
              >
                {shortcut.name}
                <small>Plumbline</small>
              </button>
            ))}
          </div>
        </details>
      )}
    </div>
  );
}
