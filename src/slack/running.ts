/** Questions that this process is answering, so that they can be stopped. */
export type Running = {
  start(job: Job): AbortController;
  end(key: string): void;
  /** True when there was something to stop. */
  stop(key: string): boolean;
  stopIn(place: { channel: string; thread: string; asker: string }): number;
  stopAll(): void;
  askerOf(key: string): string | undefined;
  /** What is no question, such as a form: a stop of the program lets it end. */
  alongside<T>(work: Promise<T>): Promise<T>;
  /** Settles when nothing is being done. */
  idle(): Promise<void>;
};

type Job = { key: string; asker: string; channel: string; thread: string };

export function createRunning(): Running {
  const jobs = new Map<string, Job & { controller: AbortController; done: Promise<void>; end: () => void }>();
  const others = new Set<Promise<unknown>>();
  return {
    start(job) {
      const controller = new AbortController();
      const { promise, end } = later();
      jobs.set(job.key, { ...job, controller, done: promise, end });
      return controller;
    },
    end(key) {
      jobs.get(key)?.end();
      jobs.delete(key);
    },
    stop(key) {
      const job = jobs.get(key);
      job?.controller.abort();
      return job !== undefined;
    },
    stopIn(place) {
      const there = [...jobs.values()].filter(
        (job) => job.channel === place.channel && job.thread === place.thread && job.asker === place.asker,
      );
      for (const job of there) job.controller.abort();
      return there.length;
    },
    stopAll() {
      for (const job of jobs.values()) job.controller.abort('restart');
    },
    askerOf: (key) => jobs.get(key)?.asker,
    alongside(work) {
      const settled: Promise<unknown> = work.then(
        () => others.delete(settled),
        () => others.delete(settled),
      );
      others.add(settled);
      return work;
    },
    async idle() {
      await Promise.all([...[...jobs.values()].map((job) => job.done), ...others]);
    },
  };
}

function later(): { promise: Promise<void>; end: () => void } {
  let end = () => {};
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { promise, end };
}
