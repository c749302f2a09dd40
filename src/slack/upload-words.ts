import type { UploadState } from '../uploads/upload.ts';

/** Sentences about uploads that people read in Slack. */
export const UPLOAD_WORDS = {
  reading: (file: string) => `Reading ${file} …`,
  load: 'Load',
  replace: 'Replace the earlier file',
  loadBeside: 'Load beside it',
  fix: 'Fix mapping',
  answer: 'Answer the questions',
  cancel: 'Cancel',
  undo: 'Undo',
  again: 'Load it again',
  earlierAgain: 'Load the earlier file again',
  unreadable: (file: string, reason: string) => `I cannot load ${file}. ${reason}`,
  headline: (file: string, what: string) => `${file}: ${what}. Nothing is loaded yet`,
  unknown: 'I am not sure what it is',
  rows: (count: string, what: string) => `${count} ${what}`,
  period: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
  sure: (share: string) => `as sure as ${share}`,
  confirmed: (by: string, day: string) =>
    `Columns are mapped as ${by} confirmed them for this layout on ${day}.`,
  sheets: (used: number, all: number) =>
    all === 1 ? 'One table' : `${used} of ${all} tables ${used === 1 ? 'is' : 'are'} used`,
  refused: (count: string) => `${count} cannot be loaded:`,
  moreRefused: (count: number) => `${count} more are in the marked file.`,
  leftOut: (count: number, kind: string, rows: string) => `${count} left out as ${kind}: row ${rows}.`,
  empty: (count: number) =>
    `${count} ${count === 1 ? 'row has' : 'rows have'} no amount and ${count === 1 ? 'is' : 'are'} left out.`,
  firstRows: (sheet: string) => `First rows of ${sheet}, as they are read`,
  totalsBy: (by: string) => `Totals by ${by}`,
  problems: 'Cells that cannot be loaded',
  cell: 'Cell',
  value: 'Value',
  reason: 'Why',
  rowCount: 'Rows',
  amount: 'Amount',
  controls: (count: number) =>
    count === 1
      ? 'A total in the file agrees with its rows'
      : `${count} totals in the file agree with its rows`,
  questions: 'Before it can be loaded:',
  sameFile: (person: string, at: string, batch: string | null) =>
    `This very file was loaded by ${person} on ${at}${batch ? ` (batch ${batch})` : ''}. Loading it again would change nothing. To take it back, press Undo on its receipt.`,
  sameFileLoading: (person: string) => `This very file is being loaded now, for ${person}.`,
  replaceable: (file: string, person: string, at: string, period: string) =>
    `${person} loaded ${file}${period} on ${at}, of the same layout or name. If this is the corrected file, replace it: the earlier rows go out and these come in, in one step.`,
  expiresAt: (at: string) => `Forgotten if nobody presses Load by ${at}.`,
  onlyUploaders: 'Only people who may upload can do this.',
  gone: 'This upload is not known any more. Share the file again.',
  loading: (who: string) =>
    `${who} pressed Load. It is on its way into the warehouse; the receipt comes here.`,
  isLoading: (who: string) => `${who} has pressed Load already; it is on its way.`,
  isLoaded: (who: string) => `${who} has loaded it already.`,
  isOver: (state: string) => `This upload is over: ${state}.`,
  cancelled: (who: string) => `Cancelled by ${who}. Nothing was loaded.`,
  expired: (file: string) =>
    `Nobody pressed Load for ${file} in time, so I have forgotten it. Nothing was loaded. Share it again when you want it loaded.`,
  elsewhere: (channels: readonly string[]) =>
    `I take spreadsheets in ${channels.map((name) => `#${name}`).join(', ') || 'no channel'} and in a direct message: share it there, and I show what would be loaded before anything is.`,
  marked: 'The same workbook with the cells that cannot be loaded marked; the comments say why.',
  dayAsIso: 'Please write the day as YYYY-MM-DD.',
  formTitle: 'Fix mapping',
  formSave: 'Read it again',
  formFeed: (sheet: string) => `What is in ${sheet}?`,
  formColumn: (column: string) => column,
  formNone: 'Not in the file',
  formSkip: 'Nothing to load: leave it out',
  formDates: 'How are days written?',
  formDecimals: 'What is the decimal sign?',
  formSign: (sheet: string) => `Signs of the amounts in ${sheet}`,
  asFound: 'As it was found',
  dayFirst: 'Day first (31.12.2025)',
  monthFirst: 'Month first (12/31/2025)',
  comma: 'Comma (1.234,56)',
  dot: 'Dot (1,234.56)',
  signsKept: 'As they stand',
  signsTurned: 'The other way round',
  receiptLoaded: (file: string, count: string) => `${file} is loaded: ${count}`,
  receiptFailed: (file: string) => `${file} was not loaded. Nothing of it is in the warehouse`,
  receiptDuplicate: (file: string) => `${file}: these rows were loaded before, so nothing was changed`,
  receiptUndone: (file: string) =>
    `${file} was taken back: its rows are out, and what they had replaced is back`,
  receiptReplaced: (file: string, by: string) =>
    `${by === file ? 'A newer version of the same file' : by} has taken the place of ${file}: its rows are out`,
  earlierStaysOut: (file: string) => `${file}, whose place it had taken, is not back by that.`,
  read: (read: string, loaded: string, refused: string) =>
    `${read} rows read = ${loaded} loaded + ${refused} refused`,
  agrees: (column: string, amount: string) => `${column}: ${amount} in the file, the same in the warehouse`,
  differs: (column: string, file: string, warehouse: string) =>
    `${column}: ${file} in the file, but ${warehouse} in the warehouse. Please tell the data owner`,
  touches: (names: string) => `It counts in: ${names}.`,
  replaced: (file: string, batch: string) =>
    `It took the place of ${file} (batch ${batch}), whose rows are out.`,
  batch: (batch: string, run: string) => `Batch ${batch}, run ${run}`,
  undoSure: 'All rows of this file are taken out of the warehouse, and what they replaced is put back.',
  undone: (who: string, removed: string) => `${who} took it back: ${removed}.`,
  noUploads: 'You have not uploaded anything yet.',
  line: (sign: string, file: string, state: string, what: string, at: string) =>
    `${sign} ${file}: ${state}${what}, ${at}`,
} as const;

export const UPLOAD_STATES: Record<UploadState, { sign: string; words: string }> = {
  waiting: { sign: '⏳', words: 'waits for Load' },
  loading: { sign: '⏳', words: 'is being loaded' },
  loaded: { sign: '✅', words: 'loaded' },
  failed: { sign: '❌', words: 'not loaded' },
  cancelled: { sign: '✖️', words: 'cancelled' },
  expired: { sign: '⌛', words: 'forgotten, nobody pressed Load' },
  undone: { sign: '↩️', words: 'taken back' },
};
