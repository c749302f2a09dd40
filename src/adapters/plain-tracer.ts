import { AsyncLocalStorage } from 'node:async_hooks';
import type { Followed, Tracer } from '../ports/tracer.ts';

/** `trace`: the ids of the span under which this happens, where traces are sent. */
export type Following = Followed & { trace?: { traceId: string; spanId: string } };

const storage = new AsyncLocalStorage<Following>();

export function following(): Following {
  return storage.getStore() ?? {};
}

export function under<T>(now: Following, work: () => Promise<T>): Promise<T> {
  return storage.run(now, work);
}

/** What each log line carries of what is followed at that moment. */
export function followedInLog(): Record<string, string> {
  const { trace, ...followed } = following();
  return { ...followed, ...(trace ? { trace_id: trace.traceId, span_id: trace.spanId } : {}) };
}

/** Numbers in the log, and no traces: nobody is called. */
export const plainTracer: Tracer = {
  follow: (followed, _name, _facts, work) => under({ ...following(), ...followed }, work),
  step: (_name, _facts, work) => work(() => undefined),
  current: () => {
    const { question, run } = following();
    return { ...(question ? { question } : {}), ...(run ? { run } : {}) };
  },
  flush: async () => undefined,
  close: async () => undefined,
};
