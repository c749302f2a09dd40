import { setTimeout as sleep } from 'node:timers/promises';

export type PacedFetchOptions = {
  /** One try. */
  timeoutMs: number;
  /** How often a call is tried again after 429 or a failure that certainly had no effect. */
  tries: number;
  /** Longest wait that is honoured; a longer one is an error at once. */
  longestWaitMs: number;
};

type Init = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | FormData;
  redirect?: 'error' | 'follow' | 'manual';
  signal?: AbortSignal;
};

/** Methods that may be repeated after a lost reply: reading, or setting the same thing again. */
const REPEATABLE =
  /^(auth\.|users\.|usergroups\.|conversations\.|files\.info|chat\.(update|getPermalink)|views\.publish|assistant\.)/;

/**
 * A fetch for Slack's client. Calls about one channel go one after another, in order, and wait out a 429 together;
 * other channels go on. This is the one place where calls to Slack are tried again.
 */
export function pacedFetch(options: PacedFetchOptions) {
  const lanes = new Map<string, Promise<unknown>>();

  return (url: string | URL, init: Init = {}): Promise<Response> => {
    const lane = laneOf(String(url), init.body);
    const before = lanes.get(lane) ?? Promise.resolve();
    const mine = before.then(() => withTries(url, init, options));
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    lanes.set(lane, settled);
    void settled.then(() => {
      if (lanes.get(lane) === settled) lanes.delete(lane);
    });
    return mine;
  };
}

async function withTries(url: string | URL, init: Init, options: PacedFetchOptions): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt >= options.tries;
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(options.timeoutMs) });
      const waitMs = waitBefore(response, url, attempt);
      if (waitMs === null || last || waitMs > options.longestWaitMs) return response;
      await response.arrayBuffer();
      await sleep(waitMs);
    } catch (error) {
      if (last || !(hadNoEffect(error) || REPEATABLE.test(methodOf(String(url))))) throw error;
      await sleep(250 * 2 ** attempt);
    }
  }
}

/** Milliseconds to wait before the next try; null when the reply counts. */
function waitBefore(response: Response, url: string | URL, attempt: number): number | null {
  if (response.status === 429) return Number(response.headers.get('retry-after') ?? '1') * 1000;
  if (response.status >= 500 && REPEATABLE.test(methodOf(String(url)))) return 250 * 2 ** attempt;
  return null;
}

function hadNoEffect(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  return cause?.code === 'ECONNREFUSED' || cause?.code === 'ENOTFOUND' || cause?.code === 'EAI_AGAIN';
}

/** Posting is paced by channel; everything else by method. Reads of different things need no order. */
function laneOf(url: string, body: string | FormData | undefined): string {
  const method = methodOf(url);
  if (typeof body !== 'string' || !method.startsWith('chat.')) return `${method}#${crypto.randomUUID()}`;
  return `channel ${new URLSearchParams(body).get('channel') ?? ''}`;
}

function methodOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? '';
}
