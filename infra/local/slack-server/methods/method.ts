import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import type { Json } from '../workspace-types.ts';

/** One method of the Web API: which token and scope it needs, what it takes, and what it does. */
export type Method = {
  token: 'bot' | 'app';
  /** One of these is enough. */
  scopes: readonly string[];
  args: z.ZodObject;
  run: (args: never, parts: ServerParts) => Promise<Json> | Json;
};

/** Ties the type of the arguments to their schema. Unknown arguments are refused, so that a misspelt one is found. */
export function method<S extends z.ZodRawShape>(definition: {
  token?: 'bot' | 'app';
  scopes?: readonly string[];
  args: S;
  run: (args: z.output<z.ZodObject<S>>, parts: ServerParts) => Promise<Json> | Json;
}): Method {
  return {
    token: definition.token ?? 'bot',
    scopes: definition.scopes ?? [],
    args: z.strictObject(definition.args) as unknown as z.ZodObject,
    run: definition.run as Method['run'],
  };
}

/** Arguments come as text in forms: objects and lists as JSON text, numbers and booleans as words. */
export const arg = {
  text: z.string(),
  optionalText: z.string().optional(),
  flag: z.preprocess(
    (value) => (typeof value === 'string' ? value === 'true' || value === '1' : value),
    z.boolean(),
  ),
  number: z.preprocess(
    (value) => (typeof value === 'string' && value !== '' ? Number(value) : value),
    z.number(),
  ),
  json: z.preprocess(parsed, z.unknown()),
  object: z.preprocess(parsed, z.record(z.string(), z.unknown())),
  list: z.preprocess(parsed, z.array(z.unknown())),
};

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
