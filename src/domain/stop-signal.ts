/** Aborts when `stop` does, for its reason, or when the time is over. */
export type StopSignal = {
  signal: AbortSignal;
  /** Settles when it aborts. */
  aborted: Promise<'aborted'>;
  /** To be called when the work is done: nothing waits for a stop any more. */
  end(): void;
};

/**
 * What AbortSignal.any and AbortSignal.timeout are for, but let go of: of a signal that is made of others and never aborts, Node
 * keeps all that listens to it for ever.
 */
export function stopSignal(stop: AbortSignal | undefined, timeoutMs: number): StopSignal {
  const controller = new AbortController();
  const { signal } = controller;
  const onStop = () => controller.abort(stop?.reason);
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  timer.unref();
  const aborted = new Promise<'aborted'>((resolve) => {
    signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
  if (stop?.aborted) onStop();
  else stop?.addEventListener('abort', onStop, { once: true });
  return {
    signal,
    aborted,
    end() {
      clearTimeout(timer);
      stop?.removeEventListener('abort', onStop);
    },
  };
}
