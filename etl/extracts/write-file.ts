import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { SourceRow } from '../../src/ports/source-database.ts';

/** `read` counts what the source gave, `rows` what is to be written of it. */
type Chunk = { rows: SourceRow[]; read: number; more: boolean };

/** Chunks as one compressed file with a header, at most `mostRows` read rows; no file when there is nothing to write. */
export async function writeFile(
  ref: ObjectRef,
  columns: readonly string[],
  mostRows: number,
  objects: ObjectStore,
  next: (rows: number) => Promise<Chunk>,
): Promise<{ rows: number; more: boolean }> {
  let left = mostRows;
  let more = true;
  let rows = 0;
  const pull = async (): Promise<SourceRow[]> => {
    while (more && left > 0) {
      const chunk = await next(left);
      left -= chunk.read;
      more = chunk.more;
      if (chunk.rows.length > 0) return chunk.rows;
    }
    return [];
  };
  let chunk = await pull();
  if (chunk.length === 0) return { rows, more };
  let fault: unknown;
  async function* text(): AsyncGenerator<string> {
    yield line(columns);
    try {
      for (; chunk.length > 0; chunk = await pull()) {
        rows += chunk.length;
        yield chunk.map(({ cells }) => line(cells)).join('');
      }
    } catch (thrown) {
      fault = thrown;
      throw thrown;
    }
  }
  const body = Readable.from(text());
  const zipped = body.pipe(createGzip());
  body.on('error', (error) => zipped.destroy(error));
  try {
    await objects.put(ref, zipped, { contentType: 'application/gzip' });
  } catch (thrown) {
    body.destroy();
    // What the source said, and not what the store made of it.
    throw fault ?? thrown;
  }
  return { rows, more };
}

function line(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => (cell === null ? '' : quoted(cell))).join(',')}\n`;
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
