import { type Random as Chance, createRandom } from '../../infra/local/sample-data-random.ts';

export type Random = Chance & {
  /** A whole number from 0, below `limit`. */
  upTo(limit: number): number;
};

/** The same seed gives the same run on every machine. */
export function randomFrom(seed: number): Random {
  const chance = createRandom(seed);
  return { ...chance, upTo: (limit) => chance.between(0, limit - 1) };
}
