import type { Level, LevelIterator, Store } from 'dynalite/db/index.js';

/**
 * dynalite means to close what it reads items with when it has enough of them, but by a name that LevelDB's iterators do not have:
 * each query would stay in memory, with all that was read ahead, for as long as the tables are open.
 */
export function closeIterators({ db }: Store): void {
  for (const kind of ['keys', 'values'] as const) {
    const open: Level['keys'] = db[kind].bind(db);
    db[kind] = (options) => closing(open(options));
  }
}

function closing(iterator: LevelIterator): LevelIterator {
  iterator.return ??= () => iterator.close();
  return iterator;
}
