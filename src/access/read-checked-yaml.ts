import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { AppError } from '../domain/app-error.ts';
import { readYaml } from '../domain/read-yaml.ts';

/** Reads and checks a file of settings; problems are listed at once with file and line (config.invalid). */
export function readCheckedYaml<S extends z.ZodType>(file: string, schema: S): z.infer<S> {
  const read = readYaml(readFileSync(file, 'utf8'), schema);
  if ('value' in read) return read.value;
  const problems = read.problems.map(({ line, text }) => `${file}:${line}: ${text}`);
  throw new AppError('config.invalid', { detail: problems.join('\n') });
}
