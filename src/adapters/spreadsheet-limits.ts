import { AppError } from '../domain/app-error.ts';

/** What one spreadsheet may cost. Real ones stay far below. */
export const SPREADSHEET_LIMITS = {
  fileBytes: 100 * 2 ** 20,
  inflatedBytes: 256 * 2 ** 20,
  /** Above `ratioFreeBytes`, nothing honest packs tighter than this. */
  inflateRatio: 250,
  ratioFreeBytes: 16 * 2 ** 20,
  zipEntries: 4_000,
  nesting: 2,
  sheets: 200,
  rows: 1_048_576,
  columns: 2_000,
  cells: 4_000_000,
  /** Rows times columns in which anything stands: what a sheet that is kept by columns takes, however little is in it. */
  area: 20_000_000,
  cellCharacters: 32_767,
  merges: 200_000,
  timeoutMs: 60_000,
  workerMegabytes: 1_024,
} as const;

/** Breaks off reading; the worker's one catch turns it into a refusal with this sentence. */
export function unreadable(sentence: string, cause?: unknown): AppError {
  return new AppError('file.unreadable', { detail: sentence, ...(cause === undefined ? {} : { cause }) });
}

export function tooLarge(sentence: string): AppError {
  return new AppError('file.too-large', { detail: sentence });
}

/** Counts what a file has used of its limits, over all of its sheets. */
export function cellCounter(): (cells: number) => void {
  let counted = 0;
  return (cells) => {
    counted += cells;
    if (counted > SPREADSHEET_LIMITS.cells)
      throw tooLarge(
        `It has more than ${SPREADSHEET_LIMITS.cells.toLocaleString('en')} cells. Send it in parts.`,
      );
  };
}
