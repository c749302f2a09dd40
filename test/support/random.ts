export type Random = {
  next(): number;
  upTo(limit: number): number;
  pick<T>(from: readonly T[]): T;
  chance(share: number): boolean;
};

/** mulberry32: the same seed gives the same run on every machine. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const upTo = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    upTo,
    chance: (share) => next() < share,
    pick: (from) => {
      const picked = from[upTo(from.length)];
      if (picked === undefined) throw new Error('picked from nothing');
      return picked;
    },
  };
}
