import { useEffect, useMemo, useRef, useState } from 'react';
import { post, type Workspace, WorkspaceContext } from '../actions.ts';
import type { WorkspaceState } from '../workspace-store.ts';
import { AssistantPane } from './assistant-pane.tsx';
import { ChannelView } from './channel-view.tsx';
import { DashboardView } from './dashboard-view.tsx';
import { HomeView } from './home-view.tsx';
import { ModalStack } from './modal-stack.tsx';
import { type Place, readPlace, writePlace } from './place.ts';
import { Sidebar } from './sidebar.tsx';
import { ThreadPanel } from './thread-panel.tsx';
import { Toasts, useToasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';

export function WorkspaceView({
  state,
  lost,
  onSwitch,
}: {
  state: WorkspaceState;
  lost: boolean;
  onSwitch: (person: string | null) => void;
}) {
  const [place, setPlace] = usePlace(state);
  const { toasts, toast } = useToasts();
  const waiting = useRef<{ channel: string; ts: string } | null>(null);
  const workspace = useMemo(
    () => actionsOf(state, toast, setPlace, (said) => (waiting.current = said)),
    [state, toast, setPlace],
  );
  const channel = state.channels.find((each) => each.id === place.channel);

  // An answer to what was just asked opens beside it, also in the place of the answer before; nothing else is closed.
  useEffect(() => {
    const said = waiting.current;
    if (!said) return;
    const answered =
      state.messages[said.channel]?.some((message) => message.threadTs === said.ts) ||
      state.assistantThreads.some((thread) => thread.threadTs === said.ts && thread.status !== '');
    if (!answered) return;
    waiting.current = null;
    const free = place.panel === null || (place.panel === 'thread' && place.thread?.channel === said.channel);
    if (free && place.channel === said.channel) setPlace({ ...place, panel: 'thread', thread: said });
  }, [state, place, setPlace]);

  useEffect(() => {
    if (place.view === 'home') void workspace.ask('open-home', { tab: 'home' });
    // biome-ignore lint/correctness/useExhaustiveDependencies: told once each time the tab is opened
  }, [place.view]);

  return (
    <WorkspaceContext.Provider value={workspace}>
      <div className={`workspace${place.panel ? ' with-panel' : ''}`}>
        <TopBar
          lost={lost}
          onSwitch={onSwitch}
          assistantOpen={place.panel === 'assistant'}
          onAssistant={() =>
            setPlace({ ...place, panel: place.panel === 'assistant' ? null : 'assistant', thread: null })
          }
        />
        <Sidebar
          place={place}
          onGo={(to) =>
            setPlace({
              ...place,
              ...to,
              ...(to.channel === place.channel
                ? {}
                : { panel: place.panel === 'assistant' ? 'assistant' : null }),
            })
          }
        />
        {place.view === 'home' && <HomeView />}
        {place.view === 'dashboard' && <DashboardView />}
        {place.view === 'channel' && channel && (
          <ChannelView
            key={channel.id}
            channel={channel}
            place={place}
            onGo={(to) => setPlace({ ...place, ...to })}
          />
        )}
        {place.panel === 'thread' && place.thread && (
          <ThreadPanel
            key={`${place.thread.channel} ${place.thread.ts}`}
            channel={place.thread.channel}
            threadTs={place.thread.ts}
            onClose={() => setPlace({ ...place, panel: null, thread: null })}
          />
        )}
        {place.panel === 'assistant' && (
          <AssistantPane
            beside={place.view === 'channel' ? place.channel : null}
            onClose={() => setPlace({ ...place, panel: null })}
          />
        )}
      </div>
      <ModalStack />
      <Toasts toasts={toasts} />
    </WorkspaceContext.Provider>
  );
}

/** What is looked at, kept in the address so that links and reloads lead back. */
function usePlace(state: WorkspaceState): [Place, (place: Place) => void] {
  // A newcomer lands where a question is answered without knowing how to ask.
  const first = state.channels.find((channel) => channel.kind === 'im') ?? state.channels[0];
  const [place, setPlace] = useState<Place>(() => readPlace(location.hash, first?.id ?? ''));
  useEffect(() => {
    const follow = () => setPlace((now) => readPlace(location.hash, now.channel));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const [go] = useState(() => (next: Place) => {
    setPlace(next);
    history.replaceState(null, '', writePlace(next));
  });
  return [place, go];
}

function actionsOf(
  state: WorkspaceState,
  toast: (text: string) => void,
  setPlace: (place: Place) => void,
  onSaid: (said: { channel: string; ts: string }) => void,
): Workspace {
  const as = encodeURIComponent(state.me.id);
  const told = (reply: Awaited<ReturnType<typeof post>>) => {
    if (!reply.ok && !reply.errors) toast(reply.reason ?? 'This did not work.');
    return reply;
  };
  return {
    state,
    toast,
    ask: async (name, request) => {
      const body = JSON.stringify(request);
      const reply = told(await post(`/page/${name}?as=${as}`, body, { 'content-type': 'application/json' }));
      const isRoot = name === 'say' && !('threadTs' in request);
      if (isRoot && reply.ts && reply.channel) onSaid({ channel: reply.channel, ts: reply.ts });
      return reply;
    },
    upload: async (files, fields) => {
      const reply = told(await post(`/page/upload?as=${as}`, formOf(files, fields)));
      if (!fields.threadTs && reply.ts && reply.channel) onSaid({ channel: reply.channel, ts: reply.ts });
      return reply;
    },
    keepFiles: async (files) =>
      told(await post(`/page/keep-files?as=${as}`, formOf(files, {}))).fileIds ?? [],
    openThread: (channel, ts) =>
      setPlace({ ...readPlace(location.hash, channel), channel, panel: 'thread', thread: { channel, ts } }),
    fileUrl: (id) => `/page/files/${id}?as=${as}`,
  };
}

function formOf(files: File[], fields: Record<string, string | undefined>): FormData {
  const form = new FormData();
  for (const file of files) form.append('file', file);
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value);
  return form;
}
