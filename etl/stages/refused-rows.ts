import type { RefusalTally } from '../../src/domain/run.ts';
import { createCsvWriter } from './csv-writer.ts';
import { shown } from './read-header.ts';
import type { RawRow } from './read-rows.ts';
import type { Fault } from './validate-targets.ts';

export const REFUSED_HEADER = 'file,line,column,value,reason,raw\n';
const RAW_CHARACTERS = 2_000;
const MOST_TALLIES = 200;
const ROW_BYTES = 64_000;

export type RefusedRows = {
  /** Writes the row once for each reason, and counts it. */
  add(raw: RawRow, reasons: readonly Fault[], file: string, tallies: Map<string, RefusalTally>): void;
  flush(): void;
};

/** Writes refused rows as CSV below REFUSED_HEADER. */
export function createRefusedRows(put: (bytes: Buffer) => void): RefusedRows {
  const writer = createCsvWriter(put, ROW_BYTES);
  return {
    add(raw, reasons, file, tallies) {
      const text = shown(
        raw.buffer.toString('utf8', raw.rowStart, Math.min(raw.rowEnd, raw.rowStart + 3 * RAW_CHARACTERS)),
        RAW_CHARACTERS,
      );
      for (const fault of reasons) {
        writer.begin();
        [file, String(raw.line), fault.column, fault.value, fault.reason, text].forEach((cell, i) => {
          if (i > 0) writer.comma();
          writer.text(cell);
        });
        writer.commit();
        count(fault, `${file}, line ${raw.line}`, tallies);
      }
    },
    flush: () => writer.flush(),
  };
}

function count({ column, value, reason }: Fault, place: string, tallies: Map<string, RefusalTally>): void {
  const said = column === '' ? reason : `${column} ${reason}`;
  const key = tallies.size < MOST_TALLIES || tallies.has(said) ? said : 'other reasons';
  const tally = tallies.get(key);
  if (tally) tally.count += 1;
  else {
    const example = `${place}${value === '' ? '' : `: '${shown(value, 60)}'`}`;
    tallies.set(key, { reason: key, count: 1, example });
  }
}
