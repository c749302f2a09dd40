import { AppError } from '../../src/domain/app-error.ts';
import type { Feed } from '../feeds/feed.ts';
import { looksLikeJson } from './read-json-rows.ts';

type Format = Feed['format'];

const MOST_BYTES = 1 << 20;

/** The first line after the skipped ones that is not empty, once it has ended; `isAll` when nothing more comes. */
export function firstLine(head: Buffer, { skipLines }: Format, isAll: boolean): string | undefined {
  const lines = head.toString('utf8', 0, Math.min(head.length, MOST_BYTES)).split(/\r\n|\n|\r/);
  const whole = isAll ? lines : lines.slice(0, -1);
  return whole.slice(skipLines).find((line) => line.trim() !== '');
}

/** Whether rows are JSON, one object a line. A list of objects is one document, which would have to be held in memory whole. */
export function isJsonLines(line: string, { type }: Format, file: string): boolean {
  if (/^\s*\[\s*(\{|$)/.test(line))
    throw new AppError('file.not-text', {
      detail: `${file} is one JSON list. Write one object a line (JSON lines), without the brackets and the commas between.`,
    });
  return type === 'json-lines' || (type === 'auto' && looksLikeJson(line));
}
