import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { AppError } from '../domain/app-error.ts';

/** The non-blank lines of a file, or of standard input for '-'. */
export async function* readLines(file: string): AsyncIterable<string> {
  if (file !== '-' && !existsSync(file))
    throw new AppError('usage.wrong', { detail: `There is no file ${file}.` });
  const input = file === '-' ? process.stdin : createReadStream(file, 'utf8');
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') yield line;
  }
}
