import type { Warehouse } from '../ports/warehouse.ts';
import { type DataFacts, type FactTables, readDataFacts, USUAL_TABLES } from './data-facts.ts';

/** Kept for `ttlMs`, since every answer needs them and they only change with a load; `forget` after a load. */
export function keepDataFacts(
  warehouse: Warehouse,
  ttlMs: number,
  now: () => number,
  tables: FactTables = USUAL_TABLES,
): { get(): Promise<DataFacts>; forget(): void } {
  let kept: { at: number; facts: Promise<DataFacts> } | undefined;
  let last: { facts: DataFacts; text: string } | undefined;
  let isReading = false;
  /** The very same facts as long as nothing in them has changed: what was made of them may be kept by them. */
  const read = async (): Promise<DataFacts> => {
    const facts = await readDataFacts(warehouse, tables);
    const text = JSON.stringify(facts);
    if (last?.text !== text) last = { facts, text };
    return last.facts;
  };
  const readAhead = async (): Promise<void> => {
    isReading = true;
    const before = kept;
    const at = now();
    try {
      const facts = await read();
      if (kept === before) kept = { at, facts: Promise.resolve(facts) };
    } catch {
      // Whoever asks when the kept ones are too old hears of it.
    } finally {
      isReading = false;
    }
  };
  return {
    get() {
      const age = kept ? now() - kept.at : Number.POSITIVE_INFINITY;
      if (!kept || age > ttlMs) {
        const facts = read();
        kept = { at: now(), facts };
        facts.catch(() => {
          kept = undefined;
        });
      } else if (age > ttlMs / 2 && !isReading) {
        // While questions come one after another, none of them waits.
        void readAhead();
      }
      return kept.facts;
    },
    forget() {
      kept = undefined;
    },
  };
}
