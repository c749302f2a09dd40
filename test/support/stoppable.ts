import { dynamodbKpiStore } from '../../src/adapters/dynamodb-kpi-store.ts';
import type { Records } from '../../src/adapters/dynamodb-records.ts';
import { dynamodbRunLog } from '../../src/adapters/dynamodb-run-log.ts';
import type { APipeline } from './a-pipeline.ts';

/** The call at which a process stops for ever, counted from 1, and whether that call was still done. */
export type StopAt = { call: number; done: boolean };

export type Stoppable = { needs: APipeline['needs']; stopped: Promise<'stopped'>; calls(): number };

/** No process has these numbers, so what they left counts as stopped. */
let lastPid = 2 ** 30;

/**
 * The needs of a process that stops as one that is killed does: from the chosen call on, nothing it asks of warehouse,
 * objects, records or Slack is ever answered, and only what was on its way already still happens. Each request to the
 * records counts by itself, so a refresh of KPIs may stop between any two of them.
 */
export function stoppable({ needs, records }: APipeline, at: StopAt | null): Stoppable {
  lastPid += 1;
  const pid = lastPid;
  let calls = 0;
  let isDead = false;
  let tell: (value: 'stopped') => void = () => undefined;
  const stopped = new Promise<'stopped'>((resolve) => {
    tell = resolve;
  });
  const dead = <T>(): Promise<T> => {
    isDead = true;
    tell('stopped');
    return new Promise<T>(() => undefined);
  };
  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isDead) return dead();
    calls += 1;
    const isLast = at !== null && calls === at.call;
    if (isLast && !at.done) return dead();
    const result = await work();
    return isLast || isDead ? dead() : result;
  };
  const own: Records = { ...records, client: ofProcess(records.client, pid, call) };
  return {
    needs: {
      ...needs,
      warehouse: counted(needs.warehouse, call),
      objects: counted(needs.objects, call),
      announcer: counted(needs.announcer, call),
      runLog: dynamodbRunLog(own),
      kpis: dynamodbKpiStore(own),
      owner: { ...needs.owner, pid },
    },
    stopped,
    calls: () => calls,
  };
}

type Call = <T>(work: () => Promise<T>) => Promise<T>;

/** Lists are read in pieces and so cannot be counted as one call; they go through. */
function counted<T extends object>(part: T, call: Call): T {
  return new Proxy(part, {
    get(target, name) {
      const method = Reflect.get(target, name) as unknown;
      if (typeof method !== 'function' || name === 'list') return method;
      return (...given: unknown[]) => call(() => Reflect.apply(method, target, given) as Promise<unknown>);
    },
  });
}

/** What a process notes of itself in a lease names the process that is stopped, and not the one of the test. */
function ofProcess(client: Records['client'], pid: number, call: Call): Records['client'] {
  const send = (command: { input: { Item?: { pid?: number } } }, ...rest: unknown[]) => {
    if (command.input.Item?.pid === process.pid) command.input.Item.pid = pid;
    return call(() => Reflect.apply(client.send, client, [command, ...rest]) as Promise<unknown>);
  };
  return new Proxy(client, {
    get: (target, name) => (name === 'send' ? send : Reflect.get(target, name, target)),
  });
}
