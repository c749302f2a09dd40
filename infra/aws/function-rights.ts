import { RECORD_TABLES, type RecordTableName } from '../../src/adapters/dynamodb-tables.ts';
import type { FunctionName } from './names.ts';
import type { Right } from './rights.ts';

const ALL_TABLES: readonly RecordTableName[] = RECORD_TABLES.map(({ name }) => name);
const RUN_TABLES: readonly RecordTableName[] = ['runs', 'loaded_files', 'record_parts', 'counters'];
const KPI_TABLES: readonly RecordTableName[] = ['category_kpis', 'daily_kpis', 'branch_kpis', 'kpi_days'];
const INVOICE_TABLES: readonly RecordTableName[] = ['invoices', 'customers', 'record_parts'];

const keepsTheRun: Right = { why: 'KeepsTheRecordOfTheRun', tables: RUN_TABLES, write: true };
/** Whose figures changed, for the bot to tell; and which months of the books are closed. */
const notesChanges: Right = {
  why: 'NotesWhatIsToBeTold',
  tables: ['small_records', 'record_parts'],
  write: true,
};
const readsTheRun: Right = { why: 'ReadsTheRecordOfTheRun', tables: RUN_TABLES };
const cleansUp: Right = {
  why: 'TakesStagedRowsAway',
  bucket: 'landing',
  // Staged rows are under the name of the set of feeds, which a new declaration may add.
  prefixes: [''],
  read: true,
  write: true,
};

/** Least rights of each function. The name of a right says what the function needs it for. */
export const FUNCTION_RIGHTS: Record<FunctionName, readonly Right[]> = {
  reconcile: [
    keepsTheRun,
    { why: 'ComparesWhatWasLoaded', warehouse: 'load' },
    { why: 'ComparesItWithTheInvoices', tables: INVOICE_TABLES },
    {
      why: 'ComparesItWithTheRawEvents',
      bucket: 'landing',
      prefixes: ['raw/events/', 'quarantine/events/'],
      read: true,
    },
    {
      why: 'NotesWhatWasRefused',
      bucket: 'landing',
      prefixes: ['events/windows/'],
      read: true,
      write: true,
    },
  ],
  'refresh-kpis': [
    keepsTheRun,
    { why: 'SumsUpTheFacts', warehouse: 'load' },
    { why: 'WritesTheKpisOfDays', tables: KPI_TABLES, write: true },
  ],
  end: [keepsTheRun, notesChanges, { why: 'DropsStagingTablesAndNotesTotals', warehouse: 'load' }, cleansUp],
  'record-failure': [keepsTheRun, { why: 'AsksWhetherItWasLoaded', warehouse: 'load' }, cleansUp],
  announce: [
    keepsTheRun,
    { why: 'RemembersWhereItTold', tables: ['events'], write: true },
    { why: 'SpeaksAsTheBot', secret: 'given' },
  ],
  'object-created': [
    keepsTheRun,
    { why: 'LooksAtTheFilesThatCame', bucket: 'ingestion', prefixes: ['incoming/'], read: true },
  ],
  'run-ended': [
    keepsTheRun,
    { why: 'ReadsRefusedRowsForTheReport', warehouse: 'load' },
    {
      why: 'MovesFilesOutOfIncoming',
      bucket: 'ingestion',
      prefixes: ['incoming/', 'archive/', 'quarantine/'],
      read: true,
      write: true,
    },
  ],
  sweep: [
    keepsTheRun,
    notesChanges,
    { why: 'FindsUndosThatStopped', warehouse: 'load' },
    { why: 'FinishesTheirKpis', tables: KPI_TABLES, write: true },
    { why: 'NotesThemInTheJournal', bucket: 'landing', prefixes: ['journal/'], read: true, write: true },
    { why: 'RemembersWhereItTold', tables: ['events'], write: true },
    { why: 'SpeaksAsTheBot', secret: 'given' },
  ],
  'events-http': [{ why: 'PutsEventsIntoTheStream', stream: 'write' }],
  'events-kinesis': [
    { why: 'StoresInvoices', tables: INVOICE_TABLES, write: true },
    {
      why: 'KeepsRawAndPoisonousEvents',
      bucket: 'landing',
      prefixes: ['raw/events/', 'quarantine/events/', 'events/pending/'],
      read: true,
      write: true,
    },
  ],
  'events-window': [
    { why: 'ReadsTheInvoicesThatChanged', tables: INVOICE_TABLES },
    {
      why: 'TakesNotesOfChangesAway',
      bucket: 'landing',
      prefixes: ['events/pending/', 'events/windows/'],
      read: true,
      write: true,
    },
    {
      why: 'PutsAFileWhereFilesComeIn',
      bucket: 'ingestion',
      prefixes: ['events/', 'incoming/'],
      read: true,
      write: true,
    },
  ],
  'events-check': [
    { why: 'ReadsTheInvoicesOfTheDay', tables: INVOICE_TABLES },
    { why: 'RemembersWhatItCompared', tables: ['small_records', 'record_parts'], write: true },
    {
      why: 'ReadsTheRawEventsOfTheDay',
      bucket: 'landing',
      prefixes: ['raw/events/', 'quarantine/events/', 'events/pending/'],
      read: true,
    },
    {
      why: 'ClosesWindowsThatWereLeft',
      bucket: 'landing',
      prefixes: ['events/windows/', 'events/told/'],
      read: true,
      write: true,
    },
    { why: 'ComparesThemAndWritesFindings', warehouse: 'load' },
  ],
  'warehouse-diff': [
    { why: 'ReadsTheSchema', warehouse: 'load' },
    { why: 'SpeaksAsTheBot', secret: 'given' },
    { why: 'MasksAsTheBotDoes', secret: 'maskSalt' },
  ],
};

/** The workers in containers do what takes long: copy files into landing, judge rows, check the set, load. */
export const WORKER_RIGHTS: readonly Right[] = [
  keepsTheRun,
  notesChanges,
  { why: 'ReadsTheFilesThatCame', bucket: 'ingestion', prefixes: ['incoming/'], read: true },
  { why: 'KeepsRecordsAsTheyCame', tables: ['landing'], write: true },
  { why: 'ChecksAndLoads', warehouse: 'load' },
  cleansUp,
];

/** The bot answers, keeps what was said, puts uploads where files come in, and takes batches back. */
export const BOT_RIGHTS: readonly Right[] = [
  { ...readsTheRun, why: 'TellsHowRunsWentAndStartsThemAgain', write: true },
  { why: 'AsksAndTakesBatchesBack', warehouse: 'ask' },
  { why: 'AnswersFromKpisAndRecomputesThemAfterAnUndo', tables: KPI_TABLES, write: true, scan: true },
  { why: 'LooksUpInvoices', tables: ['invoices', 'customers'] },
  { why: 'CopiesWhatPeopleSetUp', tables: ['small_records'], scan: true },
  {
    why: 'RemembersWhatWasAsked',
    tables: [
      'conversation_turns',
      'events',
      'receipts',
      'audit',
      'small_records',
      'record_parts',
      'counters',
    ],
    write: true,
  },
  {
    why: 'PutsUploadsWhereFilesComeIn',
    bucket: 'ingestion',
    prefixes: ['incoming/', 'uploads/'],
    read: true,
    write: true,
  },
  {
    why: 'KeepsManifestsAndTheJournalOfUndos',
    bucket: 'landing',
    prefixes: ['uploads/', 'manifests/', 'journal/'],
    read: true,
    write: true,
  },
];

/** What an operator does by hand: look, rebuild, and forget people wherever they are. */
export const CARE_RIGHTS: readonly Right[] = [
  { why: 'ReadsAndRewritesRecords', tables: [...ALL_TABLES], write: true, scan: true },
  { why: 'RebuildsForgetsAndAsks', warehouse: 'ask' },
  { why: 'RewritesFilesThatCame', bucket: 'ingestion', prefixes: [''], read: true, write: true },
  { why: 'RewritesLandedFiles', bucket: 'landing', prefixes: [''], read: true, write: true },
];
