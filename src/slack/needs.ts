import type { Policy } from '../access/policy.ts';
import type { Person } from '../access/rights-for.ts';
import type { Dashboard } from '../dashboard/dashboard.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { Rights } from '../domain/rights.ts';
import type { LedgerNeeds } from '../ledger/needs.ts';
import type { Logger } from '../log.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { ChartDrawer } from '../ports/chart-drawer.ts';
import type { Clock } from '../ports/clock.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { Ids } from '../ports/ids.ts';
import type { KpiStore } from '../ports/kpi-store.ts';
import type { Receipts } from '../ports/receipts.ts';
import type { RunLog } from '../ports/run-log.ts';
import type { Tracer } from '../ports/tracer.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import type { AnsweredQuestion, Question } from '../questions/answer-question.ts';
import type { Locale } from '../questions/format-value.ts';
import type { Outcome } from '../questions/outcome.ts';
import type { NoticeMessage } from '../runs/notice-desk.ts';
import type { Telling } from './telling.ts';
import type { Uploads } from './uploads.ts';

export type SlackSettings = {
  planner: Question['planner'];
  /** Names or ids of channels in which thread replies are answered only when Plumbline is mentioned. */
  onlyWhenMentioned: readonly string[];
  /** Where wrong and unanswered questions go, by name or id; null: nowhere. */
  queueChannel: string | null;
  /** Answers of which the planner is less sure (0 to 1) wait for a data owner; 0: none. */
  holdBelow: number;
  /** Where runs are told, by name or id. */
  noticeChannel: string;
  /** Names or ids of channels in which spreadsheets are taken in; in direct messages they always are. */
  uploadChannels: readonly string[];
  /** Where a run's log is, with {run} for its number; null: nowhere. */
  runLogLink: string | null;
  /** After this a question is given up, with a sentence. */
  answerTimeoutMs: number;
  /** How long a stop of the program waits for answers that are on their way. */
  stopWithinMs: number;
};

export const DEFAULT_SETTINGS: SlackSettings = {
  planner: 'auto',
  onlyWhenMentioned: [],
  queueChannel: 'data-owners',
  holdBelow: 0,
  noticeChannel: 'data-runs',
  uploadChannels: ['finance'],
  runLogLink: null,
  answerTimeoutMs: 60_000,
  stopWithinMs: 3000,
};

/** What the people's side of Plumbline needs from the rest. What may be missing says so when somebody wants it. */
export type SlackNeeds = {
  answer(question: Question): Promise<AnsweredQuestion>;
  /** Carries out the plan of a receipt again, with these rights: for CSV files, charts and receipts. */
  readAgain(receipt: Receipt, rights: Rights): Promise<Outcome>;
  conversations: Conversations;
  /** The data owner's queue, and what is set in Slack. */
  smallRecords: VersionedRecords;
  receipts: Receipts;
  audit: AuditLog;
  runLog: RunLog;
  kpis: KpiStore;
  charts: ChartDrawer | null;
  clock: Clock;
  ids: Ids;
  /** Left out: nothing is followed. */
  tracer?: Tracer;
  log: Logger;
  policy: Policy;
  rightsFor(person: Person): Rights;
  /** How amounts and dates are written; the currency is the data's. */
  locale(): Promise<Locale>;
  /** Each says in a sentence what was done. */
  rerunRun?: (run: string, by: string, options?: { overNewer?: boolean }) => Promise<string>;
  undoBatch?: (batch: string, by: string) => Promise<string>;
  refusedRows?: (run: string) => Promise<{ name: string; csv: Uint8Array } | null>;
  /** Spreadsheets from Slack into the ingestion bucket. */
  uploads?: Uploads;
  /** Digests and alerts. */
  telling?: Telling;
  /** Money records. */
  ledger?: LedgerNeeds;
  /** What this person may see of how all is doing. */
  dashboard(user: string, rights: Rights): Promise<Dashboard>;
  /** How far the data goes now, in a sentence. */
  dataLine?: () => Promise<string>;
  /** The facts of notices for people outside of Slack. */
  publish?: (message: NoticeMessage) => Promise<void>;
  settings: SlackSettings;
};
