import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { AppError, hasCode } from '../domain/app-error.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { ResultTable } from '../domain/result-table.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { type RefusedRecord, SOURCE_LINE, type WriteBatch } from '../ports/warehouse.ts';

const MOST_FOLDERS = 50;

/**
 * A COPY says only that it failed; which record it was is in SYS_LOAD_ERROR_DETAIL. Gives the error with the file, line,
 * column and reason found there, and the line of the source that the staged record names; else the error as it was.
 */
export async function explainCopy(
  thrown: unknown,
  batch: WriteBatch,
  objects: ObjectStore,
  read: (sql: string, params: Record<string, string>) => Promise<ResultTable>,
): Promise<unknown> {
  if (!hasCode(thrown, 'warehouse.bad-statement')) return thrown;
  const copies = batch.steps.flatMap((step) => ('copyInto' in step ? step.objects : []));
  if (copies.length === 0) return thrown;
  const files = new Map(copies.map((ref) => [`s3://${ref.bucket}/${ref.key}`, ref]));
  // A load may have many parts; their folders are few.
  const folders = [...new Set([...files.keys()].map((url) => url.slice(0, url.lastIndexOf('/') + 1)))];
  const params = Object.fromEntries(folders.slice(0, MOST_FOLDERS).map((folder, i) => [`f${i}`, folder]));
  try {
    const found = await read(
      `select trim(file_name) as file_name, line_number, trim(column_name) as column_name, trim(error_message) as error_message
from sys_load_error_detail
where ${Object.keys(params)
        .map((name) => `position(:${name} in file_name) = 1`)
        .join(' or ')}
order by start_time desc, line_number
limit 1`,
      params,
    );
    const [url, line, column, reason] = found.rows[0]?.map((cell) => String(cell ?? '')) ?? [];
    const object = files.get(url ?? '');
    if (!object) return thrown;
    const record: RefusedRecord = {
      object,
      line: Number(line),
      sourceLine: await sourceLineOf(object, Number(line), objects),
      column: column ?? '',
      reason: reason ?? '',
    };
    return new AppError(thrown.code, {
      detail: `${object.key}, line ${record.line}, column ${record.column}: ${record.reason}`,
      context: { ...thrown.context, refusedRecord: record },
      cause: thrown,
    });
  } catch {
    // The view may be out of reach; the first error is then all there is to tell.
    return thrown;
  }
}

/** The cell under `source_line` of a staged file's record; rows of staged files are lines unless a text holds a break. */
async function sourceLineOf(object: ObjectRef, line: number, objects: ObjectStore): Promise<number | null> {
  const { body } = await objects.get(object);
  let at = 0;
  let place = -1;
  const input = object.key.endsWith('.gz') ? body.pipe(createGunzip()) : body;
  for await (const text of createInterface({ input })) {
    at += 1;
    const cells = text.split(',');
    if (at === 1) place = cells.indexOf(SOURCE_LINE) === cells.length - 1 ? cells.length - 1 : -1;
    if (place < 0) break;
    if (at < line) continue;
    body.destroy();
    // It is the last column, so commas in texts before it do not matter.
    const found = Number(cells.at(-1));
    return Number.isInteger(found) && found > 0 ? found : null;
  }
  body.destroy();
  return null;
}
