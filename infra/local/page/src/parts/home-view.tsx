import { useState } from 'react';
import { useActions } from '../actions.ts';
import type { Values } from '../blocks/block-context.ts';
import type { Json } from '../contract.ts';
import { withValue } from './message-blocks.tsx';
import { ViewBlocks } from './view-blocks.tsx';

/** The app's Home tab. */
export function HomeView() {
  const { state } = useActions();
  const [values, setValues] = useState<Values>({});
  return (
    <main className="main">
      <header className="channel-head">
        <div>
          <h1>Home</h1>
          <p>Your figures, your subscriptions, and how the data is doing</p>
        </div>
      </header>
      <div className="home-tab">
        {state.home ? (
          <ViewBlocks
            viewId={state.home.id}
            blocks={state.home.view.blocks as Json[]}
            values={values}
            setValue={(blockId, element, value) =>
              setValues((now) => withValue(now, blockId, element, value))
            }
            errors={{}}
          />
        ) : (
          <div className="empty-list">
            <strong>{state.bot.connected ? 'One moment ...' : 'Plumbline is not connected'}</strong>
            <p>Plumbline writes this page for you when you open it.</p>
          </div>
        )}
      </div>
    </main>
  );
}
