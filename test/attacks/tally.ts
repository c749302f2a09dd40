/** What came of one kind of attack. */
export type Tally = {
  name: string;
  tried: number;
  /** Refused by what is being tested. */
  stopped: number;
  /** Let through, ran, and did nothing that it may not. */
  harmless: number;
  /** Let through, and the engine did not take it. */
  failed: number;
  /** `sql`: the attack itself, whatever it is written in. */
  effects: { kind: string; sql: string; what: string }[];
  slowestMs: number;
};

export type Verdict = 'stopped' | 'harmless' | { effect: string };

export function newTally(name: string): Tally {
  return { name, tried: 0, stopped: 0, harmless: 0, failed: 0, effects: [], slowestMs: 0 };
}

/** Tries one attack after another; an attack that makes the part throw an error of ours counts as stopped. */
export async function tallyOf<T>(
  name: string,
  attacks: readonly { kind: string; attack: T }[],
  attempt: (attack: T) => Promise<Verdict>,
): Promise<Tally> {
  const tally = newTally(name);
  for (const { kind, attack } of attacks) {
    const started = performance.now();
    const verdict = await attempt(attack);
    tally.tried += 1;
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - started);
    if (typeof verdict === 'string') tally[verdict] += 1;
    else {
      const text = typeof attack === 'string' ? attack : JSON.stringify(attack);
      tally.effects.push({ kind, sql: (text ?? '').slice(0, 300), what: verdict.effect });
    }
  }
  return tally;
}
