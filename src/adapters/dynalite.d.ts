declare module 'dynalite' {
  import type { Server } from 'node:http';

  function dynalite(options: {
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }): Server;
  export default dynalite;
}

declare module 'dynalite/db/index.js' {
  export type Attribute = Record<string, unknown>;
  export type Item = Record<string, Attribute>;
  export type Table = {
    TableStatus?: string;
    LocalSecondaryIndexes?: unknown[];
    GlobalSecondaryIndexes?: unknown[];
  };
  export type ItemDb = {
    /** Runs the work when none of the keys is in use; `release` wraps the callback that ends it. */
    lock(keys: string[], work: (release: (done: Done) => Done) => void): void;
    batch(operations: { type: 'put'; key: string; value: Item }[], done: Done): void;
  };
  export type Done = (error?: unknown) => void;
  export type Store = {
    getTable(name: string, done: (error: unknown, table?: Table) => void): void;
    getItemDb(name: string): ItemDb;
  };
  const db: {
    create(options: object): Store;
    createKey(item: Item, table: Table): string;
    /** An error when the item does not suit the table. */
    validateItem(item: Item, table: Table): unknown;
  };
  export default db;
}
