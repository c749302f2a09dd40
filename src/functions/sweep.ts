import { sweep } from '../../etl/pipeline/run-care.ts';
import { openParts } from './open-parts.ts';
import { telling } from './telling.ts';

/** Runs that stopped are started again, undos that stopped are finished, ends that were not told are told. */
export async function handler(): Promise<{
  resumed: string[];
  told: string[];
  undone: string[];
  dropped: string[];
}> {
  const parts = await openParts();
  const swept = await sweep({ ...parts.pipeline, announcer: telling(parts).announcer });
  return {
    resumed: swept.resumed.map(({ id }) => id),
    told: swept.told.map(({ id }) => id),
    undone: swept.undone,
    dropped: swept.dropped,
  };
}
