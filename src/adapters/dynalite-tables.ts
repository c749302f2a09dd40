import type { Store, Table } from 'dynalite/db/index.js';

/** dynalite reads a table's description anew for each call on its items: half of what it reads. Here once, until it changes. */
export function rememberTables(store: Store): void {
  const known = new Map<string, Table>();
  const { tableDb } = store;
  const read = store.getTable;
  let changes = 0;
  const forget = (name: string) => {
    changes += 1;
    known.delete(name);
  };
  const { put, del } = tableDb;
  tableDb.put = (name, table, done) => {
    forget(name);
    put(name, table, (error) => {
      forget(name);
      done(error);
    });
  };
  tableDb.del = (name, done) => {
    forget(name);
    del(name, (error) => {
      forget(name);
      done(error);
    });
  };
  // With a second argument the description itself is asked for, or is about to be changed.
  store.getTable = (name, ...others) => {
    const [done] = others;
    if (typeof done !== 'function') return read(name, ...others);
    const found = known.get(name);
    if (found) return done(null, found);
    const before = changes;
    read(name, (error, table) => {
      if (!error && table && changes === before) known.set(name, table);
      done(error, table);
    });
  };
}
