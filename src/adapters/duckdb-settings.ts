import { availableParallelism } from 'node:os';
import { MACRO_SCHEMA } from './duckdb-macros.ts';
import { spillFolder } from './duckdb-spill.ts';

/** Each engine spills into a folder of its own inside of `tempFolder`, which exists. */
export type EngineLimits = { memoryLimit: string; threads: number; tempFolder: string };

export const DEFAULT_LIMITS = { memoryLimit: '1GB', threads: Math.min(4, availableParallelism()) };

/** Given when one engine is opened, never twice; a reader also shuts every way out of the file. */
export function openOptions(limits: EngineLimits, access: 'read' | 'write'): Record<string, string> {
  return {
    memory_limit: limits.memoryLimit,
    threads: String(limits.threads),
    temp_directory: spillFolder(limits.tempFolder),
    preserve_insertion_order: 'false',
    autoload_known_extensions: 'false',
    autoinstall_known_extensions: 'false',
    allow_community_extensions: 'false',
    ...(access === 'read' ? { access_mode: 'READ_ONLY', enable_external_access: 'false' } : {}),
  };
}

/** Redshift's meaning of numbers, nulls in sorting, and time. */
export const MEANING_SETTINGS = [
  "set global TimeZone = 'UTC'",
  'set global integer_division = true',
  "set global default_null_order = 'postgres'",
  'set global ieee_floating_point_ops = false',
];

/** After this nothing can be set any more, save the search path, which no SELECT can touch. */
export const LOCK_SETTING = 'set global lock_configuration = true';

/** `schema` comes from a rights id or from our own code; anything but a plain name is a fault of ours. */
export function searchPathStatement(schema: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) throw new Error(`'${schema.slice(0, 70)}' is no schema name`);
  return `set search_path = '${schema},${MACRO_SCHEMA}'`;
}
