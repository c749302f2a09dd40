/** What is followed, by the number that people know it by. */
export type Followed = { question?: string; run?: string };
export type TraceFacts = Record<string, string | number | boolean>;

/**
 * Follows one question or one run through every part: each log line carries its number, and where traces are sent to, each
 * step is a span of one trace. Facts are never rows, cells, tokens or what people wrote.
 */
export type Tracer = {
  /** Everything that happens in `work` belongs to this question or run, in whatever process another part of it happens. */
  follow<T>(followed: Followed, name: string, facts: TraceFacts, work: () => Promise<T>): Promise<T>;
  /** One step of what is followed; `note` adds facts that are known at its end. */
  step<T>(
    name: string,
    facts: TraceFacts,
    work: (note: (facts: TraceFacts) => void) => Promise<T>,
  ): Promise<T>;
  current(): Followed;
  /** Sends what has not been sent; before a function of AWS is frozen. */
  flush(): Promise<void>;
  close(): Promise<void>;
};

/** For tests and tools that follow nothing. */
export const NO_TRACER: Tracer = {
  follow: (_followed, _name, _facts, work) => work(),
  step: (_name, _facts, work) => work(() => undefined),
  current: () => ({}),
  flush: async () => undefined,
  close: async () => undefined,
};
