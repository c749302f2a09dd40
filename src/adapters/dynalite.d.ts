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
  export type TableDone = (error: unknown, table?: Table) => void;
  export type LevelIterator = { close(): Promise<void>; return?: () => Promise<void> };
  export type Level = {
    keys(options: object): LevelIterator;
    values(options: object): LevelIterator;
  };
  export type Store = {
    db: Level;
    getTable(name: string, ...others: [done: TableDone] | [checkStatus: boolean, done: TableDone]): void;
    getItemDb(name: string): ItemDb;
    tableDb: {
      put(name: string, table: Table, done: Done): void;
      del(name: string, done: Done): void;
    };
  };
  const db: {
    create(options: object): Store;
    createKey(item: Item, table: Table): string;
    /** An error when the item does not suit the table. */
    validateItem(item: Item, table: Table): unknown;
  };
  export default db;
}

declare module 'dynalite/actions/*.js' {
  import type { Store } from 'dynalite/db/index.js';

  function action(
    store: Store,
    data: object,
    done: (error: unknown, reply?: Record<string, unknown>) => void,
  ): void;
  export default action;
}

declare module 'dynalite/validations/index.js' {
  import type { Store } from 'dynalite/db/index.js';

  /** Both throw what DynamoDB would answer, as the error's `body`. */
  const validations: {
    checkTypes(data: object, types: object): Record<string, unknown>;
    checkValidations(data: object, types: object, custom: unknown, store: Store): void;
  };
  export default validations;
}

declare module 'dynalite/validations/*.js' {
  const rules: { types: object; custom: unknown };
  export default rules;
}
