import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { AppError } from '../domain/app-error.ts';

/** Reads and checks a file of settings; problems are listed at once with file and line (config.invalid). */
export function readCheckedYaml<S extends z.ZodType>(file: string, schema: S): z.infer<S> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const syntax = document.errors.map(
    (error) => `${file}:${lines.linePos(error.pos[0]).line}: ${error.message.split('\n')[0]}`,
  );
  if (syntax.length > 0) throw new AppError('config.invalid', { detail: syntax.join('\n') });
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const node = document.getIn(
      issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
      true,
    ) as { range?: [number, number, number] } | undefined;
    const line = node?.range ? lines.linePos(node.range[0]).line : 1;
    return `${file}:${line}: ${issue.path.join('.')}: ${issue.message}`;
  });
  throw new AppError('config.invalid', { detail: problems.join('\n') });
}
