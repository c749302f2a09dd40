import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AppError } from '../../src/domain/app-error.ts';
import type { WorkbookReader } from '../../src/ports/workbook-reader.ts';
import type { FeedSet } from '../feeds/feed.ts';
import { nameFits } from '../feeds/match-feed.ts';

export type SheetPart = { name: string; body: Readable; workbook: string };

/**
 * The sheets of a workbook as files: called like the workbook when it has but one, else `book.xlsx/Sheet`. Hidden ones are
 * left out with a word. Errors: file.not-text where workbooks are not read, file.unreadable, file.too-large.
 */
export async function* sheetsOf(
  name: string,
  path: string,
  { workbooks }: { workbooks?: WorkbookReader | undefined },
  leftOut: string[],
): AsyncGenerator<SheetPart> {
  if (!workbooks)
    throw new AppError('file.not-text', { detail: `${name} is a workbook. Save the sheet as CSV.` });
  const { sheets, warnings } = await read(name, path, workbooks);
  leftOut.push(...warnings.map((warning) => `${name}: ${warning}`));
  const open = sheets.filter(({ hidden }) => !hidden);
  for (const sheet of sheets)
    if (sheet.hidden) leftOut.push(`${name}: the sheet '${sheet.name}' is hidden and was left out.`);
  for (const sheet of open)
    yield {
      name: open.length === 1 ? name : `${name}/${sheet.name}`,
      body: Readable.from([Buffer.from(sheet.csv)]),
      workbook: name,
    };
}

async function read(name: string, path: string, workbooks: WorkbookReader) {
  try {
    return await workbooks.sheets({ name, bytes: await readFile(path) });
  } catch (thrown) {
    if (!(thrown instanceof AppError) || !thrown.code.startsWith('file.')) throw thrown;
    throw new AppError(thrown.code, { detail: `${name}: ${thrown.detail ?? ''}`.trim(), cause: thrown });
  }
}

/** A sheet that no feed asks for, though feeds say which sheets of this workbook they take, is left out with a word. */
export function isWanted(
  file: { name: string; workbook?: string | undefined },
  sets: readonly FeedSet[],
  leftOut: string[],
): boolean {
  const { workbook } = file;
  if (workbook === undefined || file.name === workbook) return true;
  const feeds = sets
    .flatMap((set) => set.feeds)
    .filter((feed) => feed.match.some((pattern) => nameFits(workbook, pattern)));
  if (feeds.length === 0 || feeds.some((feed) => feed.format.sheets === undefined)) return true;
  if (feeds.some((feed) => feed.format.sheets?.some((pattern) => nameFits(file.name, pattern)))) return true;
  leftOut.push(`${file.name} was left out: no feed asks for this sheet.`);
  return false;
}
