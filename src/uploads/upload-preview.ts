import type { KnownNames } from './known-names.ts';
import type { ColumnType } from './read-column.ts';

export type ReadOptions = {
  /** Forces the feed. */
  feed?: string;
  /** Answers to questions of an earlier preview, by the question's id. */
  answers?: Readonly<Record<string, string>>;
  /** Of amounts that the file gives no currency for. */
  currency?: string;
  /** Where it is not given, branches stay as they are written. */
  known?: KnownNames;
};

export type Choice = { value: string; label: string };

/** What a person is asked before the file is loaded. */
export type UploadQuestion = { id: string; sheet?: string; question: string; choices: Choice[] };

export type RefusedCell = { cell: string; value: string; reason: string };

export type LeftOut = { row: number; kind: string; text: string };

export type ColumnPreview = {
  header: string | null;
  mapsTo: string | null;
  type: ColumnType;
  confidence: number;
  column: string;
};

/** One table; a sheet with several tables has several of these, of the same name. */
export type SheetPreview = {
  name: string;
  /** What answers about tables of this layout are known by. */
  key: string;
  used: boolean;
  feed: string | null;
  feedConfidence: number;
  /** Where it stands: 'A5:D58'. */
  range: string;
  /** Counted from 1; null when nothing names the columns. */
  headerRow: number | null;
  firstDataRow: number | null;
  columns: ColumnPreview[];
  /** Loaded and refused; totals, headings and notes are not rows. */
  rowsRead: number;
  rowsRefused: number;
  refused: RefusedCell[];
  /** Exact sums of the columns of numbers, over the rows that may be loaded. */
  totals: Record<string, string>;
  leftOut: LeftOut[];
  /** Totals rows that were found, and whether the rows come to them. */
  controlTotals: { cell: string; column: string; says: string; rowsComeTo: string; agrees: boolean }[];
  period: { from: string; to: string } | null;
  firstRows: string[][];
  fingerprint: string;
};

export type UploadPreview = {
  outcome: 'read' | 'needs-detail' | 'refused';
  reason?: string;
  file: {
    name: string;
    kind: string;
    sizeBytes: number;
    sha256: string;
    encoding?: string;
    delimiter?: string;
  };
  sheets: SheetPreview[];
  questions: UploadQuestion[];
  warnings: string[];
};
