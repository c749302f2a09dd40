import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { engineError } from './duckdb-errors.ts';
import { MACRO_SCHEMA } from './duckdb-macros.ts';
import { type EngineLimits, openOptions } from './duckdb-settings.ts';

/**
 * Tables that only later writes of this process need: an engine without a file holds them as temporary tables, uncompressed
 * and spilled beyond its memory, and each draft is attached to it in turn. So what a load stages is not written, compressed,
 * published and taken out again. They are gone with the process, or when the engine fails.
 */
export type Scratch = {
  /** Whether it has any table, or is about to have one. */
  isWanted(makes: boolean): boolean;
  holds(tables: readonly string[]): boolean;
  /** Runs the work on a draft, attached under the name of which all other names are looked for. */
  withDraft<T>(
    draft: string,
    options: { limits: EngineLimits; isMaking: boolean },
    work: (engine: ScratchEngine) => Promise<T>,
  ): Promise<T>;
  close(): void;
};

export type ScratchEngine = {
  connection: DuckDBConnection;
  /** A statement that makes a scratch table, as one for the engine; the name is known from then on. */
  making(sql: string, table: string): string;
  /** A statement as the engine takes it: scratch tables stand in no schema. */
  renamed(sql: string): string;
};

const DRAFT = 'draft';

/** In place of searchPathStatement on an engine to which the draft is attached. */
export const DRAFT_SEARCH_PATH = `set search_path = '${DRAFT}.main,${DRAFT}.${MACRO_SCHEMA}'`;

export function createScratch(): Scratch {
  let open: { database: DuckDBInstance; connection: DuckDBConnection } | undefined;
  let names = new Set<string>();

  const close = () => {
    open?.connection.closeSync();
    open?.database.closeSync();
    open = undefined;
    names = new Set();
  };
  const engine = async (limits: EngineLimits): Promise<DuckDBConnection> => {
    if (open) return open.connection;
    const database = await DuckDBInstance.create(':memory:', openOptions(limits, 'write')).catch(engineError);
    open = { database, connection: await database.connect() };
    return open.connection;
  };

  return {
    isWanted: (makes) => makes || names.size > 0,
    holds: (tables) => tables.every((table) => names.has(table)),
    // Lines are staged in their order, by one thread in any case: a second one would only wait, and wear out a core.
    async withDraft(draft, { limits, isMaking }, work) {
      const connection = await engine(limits);
      const made = new Set(names);
      try {
        await connection.run(`attach '${draft.replaceAll("'", "''")}' as ${DRAFT}`).catch(engineError);
        await connection.run(`use ${DRAFT}`);
        await connection.run(`set threads = ${isMaking ? 1 : limits.threads}`);
        const result = await work({
          connection,
          making(sql, table) {
            made.add(table);
            return sql.replace(`create table ${table}`, `create temp table ${bare(table)}`);
          },
          renamed: (sql) => renamed(sql, made),
        });
        await connection.run('use memory');
        await connection.run(`detach ${DRAFT}`);
        names = await present(connection, made);
        if (names.size === 0) close();
        return result;
      } catch (error) {
        names = await leaveDraft(connection, made).catch(() => new Set<string>());
        if (names.size === 0) close();
        throw error;
      }
    },
    close,
  };
}

function bare(table: string): string {
  return table.slice(table.indexOf('.') + 1);
}

function renamed(sql: string, names: ReadonlySet<string>): string {
  if (names.size === 0 || !sql.includes('staging.')) return sql;
  return sql.replace(/\bstaging\.\w+/g, (name) => (names.has(name) ? `temp.main.${bare(name)}` : name));
}

async function present(connection: DuckDBConnection, names: ReadonlySet<string>): Promise<Set<string>> {
  const found = await connection.runAndReadAll('select table_name from duckdb_tables() where temporary');
  const there = new Set(found.getRowsJson().map(([name]) => name as string));
  return new Set([...names].filter((name) => there.has(bare(name))));
}

/** After a failure; throws when the engine is of no more use. */
async function leaveDraft(connection: DuckDBConnection, names: ReadonlySet<string>): Promise<Set<string>> {
  await connection.run('use memory');
  await connection.run(`detach ${DRAFT}`).catch(() => undefined);
  return present(connection, names);
}
