import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { AckResult, AppTransport } from './app-link.ts';
import { BOT } from './workspace-data.ts';
import type { Json } from './workspace-types.ts';

/** Slack allows ten open sockets an app. */
const MAX_SOCKETS = 10;

/** The client gives a connection up after thirty seconds without a ping. */
const PING_EVERY_MS = 10_000;

/** How long the app has to answer the closing of its connection. */
const CLOSING_MS = 300;

export type SocketTransport = AppTransport & {
  /** Takes over a WebSocket that the app opened with a ticket. */
  accept(socket: WebSocket): void;
  count(): number;
  /** Asks every connection to come again, as Slack does every few hours. */
  refresh(): void;
  close(): Promise<void>;
};

export function createSocketTransport(options: {
  ackTimeoutMs: number;
  onConnected: () => void;
}): SocketTransport {
  const sockets = new Set<WebSocket>();
  const waiting = new Map<string, (result: AckResult) => void>();
  let turn = 0;

  const openSockets = () => [...sockets].filter((socket) => socket.readyState === WebSocket.OPEN);
  /** Each in turn, as Slack spreads what it sends over an app's connections. */
  function nextSocket(): WebSocket | undefined {
    const open = openSockets();
    turn += 1;
    return open[turn % Math.max(open.length, 1)];
  }

  return {
    ready: () => openSockets().length > 0,
    count: () => sockets.size,
    accept(socket) {
      if (sockets.size >= MAX_SOCKETS) {
        socket.send(
          JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: debugInfo }),
        );
        socket.close();
        return;
      }
      sockets.add(socket);
      const pings = setInterval(() => socket.ping('Ping'), PING_EVERY_MS);
      socket.on('message', (data: Buffer) => settle(waiting, data.toString()));
      socket.on('error', () => socket.terminate());
      socket.on('close', () => {
        clearInterval(pings);
        sockets.delete(socket);
      });
      socket.send(JSON.stringify(hello(sockets.size)));
      options.onConnected();
    },
    send(delivery, attempt) {
      const socket = nextSocket();
      if (!socket) return Promise.resolve({ acknowledged: false, reason: 'no-app' });
      const envelope = {
        envelope_id: randomUUID(),
        type: delivery.kind,
        payload: delivery.payload,
        accepts_response_payload: delivery.kind !== 'events_api',
        ...(delivery.kind === 'events_api'
          ? { retry_attempt: attempt?.number ?? 0, retry_reason: attempt?.reason ?? '' }
          : {}),
      };
      return new Promise<AckResult>((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(envelope.envelope_id);
          resolve({ acknowledged: false, reason: 'timed-out' });
        }, options.ackTimeoutMs);
        waiting.set(envelope.envelope_id, (result) => {
          clearTimeout(timer);
          waiting.delete(envelope.envelope_id);
          resolve(result);
        });
        socket.send(JSON.stringify(envelope));
      });
    },
    refresh() {
      for (const socket of sockets)
        socket.send(
          JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: debugInfo }),
        );
    },
    async close() {
      for (const socket of sockets) socket.close(1001);
      const until = Date.now() + CLOSING_MS;
      while (sockets.size > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
      for (const socket of sockets) socket.terminate();
      for (const finish of waiting.values()) finish({ acknowledged: false, reason: 'no-app' });
    },
  };
}

const debugInfo = { host: 'local-workspace', build_number: 1, approximate_connection_time: 18_060 };

function hello(connections: number): Json {
  return {
    type: 'hello',
    num_connections: connections,
    debug_info: debugInfo,
    connection_info: { app_id: BOT.appId },
  };
}

/** An acknowledgement is `{ envelope_id, payload? }`; anything else is ignored, as Slack does. */
function settle(waiting: Map<string, (result: AckResult) => void>, text: string): void {
  let message: { envelope_id?: unknown; payload?: unknown };
  try {
    message = JSON.parse(text) as typeof message;
  } catch {
    return;
  }
  if (typeof message.envelope_id !== 'string') return;
  const { payload } = message;
  const hasPayload = typeof payload === 'object' && payload !== null && Object.keys(payload).length > 0;
  waiting.get(message.envelope_id)?.({
    acknowledged: true,
    response: hasPayload ? (payload as Json) : undefined,
  });
}
