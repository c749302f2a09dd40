import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export type CsvFile = { row(cells: readonly (string | number)[]): void; close(): void; rows(): number };

const PIECE = 1 << 20;

/** Writes one CSV file as a shop system would: header, commas, quotes only where needed. */
export function createCsvFile(folder: string, name: string, header: readonly string[]): CsvFile {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, name), 'w');
  let text = `${header.join(',')}\n`;
  let rows = 0;
  return {
    row(cells) {
      let line = '';
      for (let i = 0; i < cells.length; i += 1) {
        const cell = String(cells[i]);
        line += `${i > 0 ? ',' : ''}${/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell}`;
      }
      text += `${line}\n`;
      rows += 1;
      if (text.length > PIECE) {
        writeSync(file, text);
        text = '';
      }
    },
    close() {
      writeSync(file, text);
      closeSync(file);
    },
    rows: () => rows,
  };
}

/** 1234 pence as '12.34'. */
export function pounds(pence: number): string {
  const size = Math.abs(pence);
  return `${pence < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}
