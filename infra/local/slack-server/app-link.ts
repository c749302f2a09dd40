import type { Json } from './workspace-types.ts';

/** What an app may be sent: something that happened, or something a person waits for. */
export type Delivery = { kind: 'events_api' | 'interactive' | 'slash_commands'; payload: Json };

/** How the app took it. `response` is what came with the acknowledgement. */
export type AckResult =
  | { acknowledged: true; response: Json | undefined }
  | { acknowledged: false; reason: 'no-app' | 'timed-out' | 'failed' };

/** The way from the workspace to one app: over sockets that the app opened, or signed HTTP requests to it. */
export type AppTransport = {
  /** False while the app is not there; events are kept for it, people are told at once. */
  ready(): boolean;
  /** One try. Never throws. */
  send(delivery: Delivery, attempt: { number: number; reason: string } | null): Promise<AckResult>;
};

export type AppLinkOptions = {
  transport: () => AppTransport;
  /** Waits before the second, third and fourth try of an event that was not acknowledged. */
  retryDelaysMs: readonly number[];
};

export type AppLink = {
  /** Tells the app what happened; tries again when it is not acknowledged. Settles when the app has it or it is given up. */
  event(payload: Json): Promise<void>;
  /** Something a person waits for: one try only. */
  ask(kind: 'interactive' | 'slash_commands', payload: Json): Promise<AckResult>;
  /** Sends events that were waiting for an app. */
  wake(): void;
  /** Settles when no event is on its way. */
  idle(): Promise<void>;
  close(): void;
};

/** As many events as are kept for an app that is not there yet. */
const MAX_WAITING = 500;

export function createAppLink(options: AppLinkOptions): AppLink {
  const forTheApp: (() => void)[] = [];
  const onTheirWay = new Set<Promise<void>>();
  const closing = new AbortController();

  /** Settles at once while the app is there, else when it comes; too many waiting, and the oldest is given up. */
  function appIsThere(): Promise<boolean> {
    if (options.transport().ready()) return Promise.resolve(true);
    return new Promise((resolve) => {
      forTheApp.push(() => resolve(options.transport().ready()));
      if (forTheApp.length > MAX_WAITING) forTheApp.shift()?.();
    });
  }

  async function deliver(payload: Json): Promise<void> {
    let reason = 'timeout';
    for (let attempt = 0; attempt <= options.retryDelaysMs.length; attempt += 1) {
      if (attempt > 0) await pause(options.retryDelaysMs[attempt - 1] ?? 0, closing.signal);
      if (!(await appIsThere()) || closing.signal.aborted) return;
      const result = await options
        .transport()
        .send({ kind: 'events_api', payload }, attempt === 0 ? null : { number: attempt, reason });
      if (result.acknowledged) return;
      reason = result.reason === 'failed' ? 'http_error' : 'timeout';
    }
  }

  return {
    event(payload) {
      const sending = deliver(payload);
      onTheirWay.add(sending);
      return sending.finally(() => onTheirWay.delete(sending));
    },
    ask(kind, payload) {
      const transport = options.transport();
      if (!transport.ready()) return Promise.resolve({ acknowledged: false, reason: 'no-app' });
      return transport.send({ kind, payload }, null);
    },
    wake() {
      for (const go of forTheApp.splice(0)) go();
    },
    async idle() {
      while (onTheirWay.size > 0) await Promise.all(onTheirWay);
    },
    close() {
      closing.abort();
      for (const go of forTheApp.splice(0)) go();
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
