import { useEffect, useReducer, useState } from 'react';
import type { PageMessage, PagePush, PageSnapshot } from './contract.ts';

/** All that the signed-in person sees, kept up to date over a WebSocket. */
export type WorkspaceState = Omit<PageSnapshot, 'messages' | 'type'> & {
  /** By channel, oldest first. */
  messages: Record<string, PageMessage[]>;
};

const RETRY_MS = 1000;

export function useWorkspace(person: string, onUnknownPerson: () => void) {
  const [state, dispatch] = useReducer(apply, null);
  const [lost, setLost] = useState(false);

  useEffect(() => {
    let socket: WebSocket;
    let timer: ReturnType<typeof setTimeout>;
    let done = false;
    const connect = () => {
      socket = new WebSocket(`ws://${location.host}/page/live?as=${encodeURIComponent(person)}`);
      socket.onmessage = (event) => {
        setLost(false);
        dispatch(JSON.parse(String(event.data)) as PagePush);
      };
      socket.onclose = (event) => {
        if (done) return;
        if (event.code === 4403) return onUnknownPerson();
        setLost(true);
        timer = setTimeout(connect, RETRY_MS);
      };
    };
    connect();
    return () => {
      done = true;
      clearTimeout(timer);
      socket.close();
    };
    // biome-ignore lint/correctness/useExhaustiveDependencies: one connection for one person
  }, [person]);

  return { state, lost };
}

function apply(state: WorkspaceState | null, push: PagePush): WorkspaceState | null {
  if (push.type === 'snapshot') return fromSnapshot(push);
  if (!state) return state;
  switch (push.type) {
    case 'message':
      return withMessage(state, push.message);
    case 'message-removed':
      return {
        ...state,
        messages: {
          ...state.messages,
          [push.channel]: (state.messages[push.channel] ?? []).filter((message) => message.ts !== push.ts),
        },
      };
    case 'channel': {
      const others = state.channels.filter((channel) => channel.id !== push.channel.id);
      return { ...state, channels: push.member ? [...others, push.channel] : others };
    }
    case 'views':
      return { ...state, views: push.views };
    case 'home':
      return { ...state, home: push.home };
    case 'assistant': {
      const { thread } = push;
      const others = state.assistantThreads.filter(
        (each) => each.channel !== thread.channel || each.threadTs !== thread.threadTs,
      );
      return { ...state, assistantThreads: [...others, thread] };
    }
    case 'connected':
      return { ...state, bot: { ...state.bot, connected: push.connected } };
  }
}

function fromSnapshot({ messages, ...rest }: PageSnapshot): WorkspaceState {
  const byChannel: Record<string, PageMessage[]> = {};
  for (const message of messages) (byChannel[message.channel] ??= []).push(message);
  for (const list of Object.values(byChannel)) list.sort((a, b) => (a.ts < b.ts ? -1 : 1));
  return { ...rest, messages: byChannel };
}

function withMessage(state: WorkspaceState, message: PageMessage): WorkspaceState {
  const list = state.messages[message.channel] ?? [];
  const known = list.some((each) => each.ts === message.ts);
  const next = known ? list.map((each) => (each.ts === message.ts ? message : each)) : [...list, message];
  return { ...state, messages: { ...state.messages, [message.channel]: next } };
}
