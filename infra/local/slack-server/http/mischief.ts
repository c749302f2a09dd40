/** Faults that tests ask for: the next calls of a method (or of any, '*') go wrong in this way. */
type Trick =
  | { kind: 'rate-limit'; retryAfterSeconds: number }
  | { kind: 'error'; error: string }
  | { kind: 'http-status'; status: number }
  | { kind: 'hang' };

export type Mischief = {
  plan(method: string, trick: Trick, times?: number): void;
  take(method: string): Trick | undefined;
};

export function createMischief(): Mischief {
  const planned: { method: string; trick: Trick; left: number }[] = [];
  return {
    plan: (method, trick, times = 1) => void planned.push({ method, trick, left: times }),
    take(method) {
      const next = planned.find((each) => each.left > 0 && (each.method === method || each.method === '*'));
      if (!next) return undefined;
      next.left -= 1;
      return next.trick;
    },
  };
}
