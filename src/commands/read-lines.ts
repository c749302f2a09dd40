import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The non-blank lines of a file, or of standard input for '-'. */
export async function* readLines(file: string): AsyncIterable<string> {
  const input = file === '-' ? process.stdin : createReadStream(file, 'utf8');
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') yield line;
  }
}
