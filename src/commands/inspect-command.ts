import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { SPREADSHEET_LIMITS } from '../adapters/spreadsheet-limits.ts';
import { createSpreadsheetReader } from '../adapters/spreadsheet-reader.ts';
import { AppError } from '../domain/app-error.ts';
import { knownFeeds } from '../uploads/feeds.ts';
import type { SheetPreview, UploadPreview } from '../uploads/upload-preview.ts';
import { printJson } from './output.ts';

/** How a spreadsheet is read, loading nothing: no home and no warehouse are opened. */
export async function inspectCommand(
  path: string,
  options: { feed?: string; json?: boolean },
): Promise<void> {
  if (options.feed !== undefined && !knownFeeds().includes(options.feed))
    throw new AppError('usage.wrong', {
      detail: `There is no feed '${options.feed}'. There are: ${knownFeeds().join(', ')}.`,
    });
  const file = { name: basename(path), bytes: await bytesOf(path) };
  const preview = await createSpreadsheetReader().preview(file, options.feed ? { feed: options.feed } : {});
  if (options.json) printJson(preview);
  else process.stdout.write(describe(preview));
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new AppError('usage.wrong', { detail: `There is no file ${path}.` });
  if (found.size > SPREADSHEET_LIMITS.fileBytes)
    throw new AppError('file.too-large', {
      detail: `${path} is larger than ${SPREADSHEET_LIMITS.fileBytes / 2 ** 20} MB.`,
    });
  return readFile(path);
}

function describe(preview: UploadPreview): string {
  const lines = [`${preview.file.name}: ${preview.outcome}${preview.reason ? `. ${preview.reason}` : ''}`];
  for (const sheet of preview.sheets) lines.push(...describeSheet(sheet));
  for (const { question, choices } of preview.questions)
    lines.push(
      `? ${question}${choices.length > 0 ? ` (${choices.map(({ label }) => label).join(' | ')})` : ''}`,
    );
  for (const warning of preview.warnings) lines.push(`! ${warning}`);
  return `${lines.join('\n')}\n`;
}

function describeSheet(sheet: SheetPreview): string[] {
  if (!sheet.used) return [`  ${sheet.name} ${sheet.range}: not used`];
  const lines = [
    `  ${sheet.name} ${sheet.range}: ${sheet.feed ?? 'unknown'}, heading in row ${sheet.headerRow ?? '-'}, data from row ${sheet.firstDataRow ?? '-'}, ${sheet.rowsRead} rows read, ${sheet.rowsRefused} refused`,
  ];
  for (const { column, header, mapsTo, type } of sheet.columns)
    lines.push(`    ${column}  ${header ?? '(no name)'}: ${type}${mapsTo ? `, is ${mapsTo}` : ''}`);
  for (const [name, total] of Object.entries(sheet.totals)) lines.push(`    sum of ${name}: ${total}`);
  for (const { cell, value, reason } of sheet.refused.slice(0, 20))
    lines.push(`    ${cell} '${value}': ${reason}`);
  return lines;
}
