import { z } from 'zod';

/** A length of time as people write it: 30s, 10m, 2h, 1d. In seconds. */
const Span = z
  .string()
  .regex(/^\d+\s*[smhd]$/, 'a length of time such as 10m')
  .transform((text) => Number.parseInt(text, 10) * (SECONDS[text.slice(-1)] ?? 1));
const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

const TableDeclaration = z.strictObject({
  /** The table or view, with its schema. */
  from: z.string().min(1),
  /** What identifies a row in the source. */
  key: z.array(z.string().min(1)).min(1),
  /** A column that grows with every change of a row; without one the table is read wholly each time. */
  watermark: z.string().min(1).optional(),
  /** A condition in the source's SQL. */
  where: z.string().optional(),
});

/** An extract as it is written in YAML; `etl/extracts/README.md` explains each word. */
export const ExtractDeclaration = z.strictObject({
  extract: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens'),
  source: z.enum(['postgres', 'mysql', 'sqlserver']),
  /** The name of the setting that holds the connection string, never the string itself. */
  connection: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'the name of a setting, in capital letters'),
  timeZone: z.string().default('UTC'),
  /** The set of feeds that the tables' rows are loaded by. */
  set: z.string(),
  /** Where that set is declared, beside this file; the pipeline's own feeds when left out. */
  feeds: z.string().optional(),
  overlap: z.union([Span, z.number().int().min(0)]).default(600),
  chunkRows: z.number().int().min(1).max(100_000).default(10_000),
  fileRows: z.number().int().min(1).max(10_000_000).default(200_000),
  /** By the feed that takes the rows, in the order in which they are read. */
  tables: z.record(z.string(), TableDeclaration),
});

export type ExtractTable = {
  feed: string;
  from: string;
  key: string[];
  watermark: string | null;
  where: string | null;
};

export type Extract = Omit<z.infer<typeof ExtractDeclaration>, 'tables' | 'extract'> & {
  name: string;
  tables: ExtractTable[];
  /** The file that declared it. */
  file: string;
};
