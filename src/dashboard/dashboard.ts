import type { Day } from '../domain/day.ts';
import type { RunOutcome } from '../domain/run.ts';
import type { Usage } from './usage.ts';

export type Direction = 'up' | 'down' | 'level';

/** 'up 12.0% on the average Friday'; good or bad is for the reader, so it has no colour of its own. */
export type DashboardChange = { direction: Direction; size: string; against: string };

export type DashboardTile = {
  label: string;
  value: string;
  changes: DashboardChange[];
  /** What must be known to read it. */
  note: string | null;
  /** The course: the newest last. */
  days: { day: Day; value: number; shown: string }[];
};

export type DashboardPart = {
  name: string;
  /** Of the last seven days, and of the seven before. */
  value: number;
  shown: string;
  before: number;
  change: DashboardChange | null;
  course: number[];
};

export type DashboardFeed = {
  feed: string;
  state: 'on-time' | 'late' | 'missing' | 'failing' | 'smaller' | 'larger' | 'unknown' | 'running';
  saying: string;
};

export type DashboardRun = {
  id: string;
  feed: string;
  outcome: RunOutcome;
  stage: string;
  at: string;
  seconds: number;
  loaded: number;
  refused: number;
  undone: boolean;
};

/** What one person may see of how the business, the data and Plumbline are doing. Text is ready to be read. */
export type Dashboard = {
  /** Of what the figures are: the company, or a branch. */
  of: string;
  day: Day | null;
  dayInWords: string;
  tiles: DashboardTile[];
  /** Why there are no tiles. */
  why: string | null;
  branches: DashboardPart[];
  categories: DashboardPart[];
  /** Null: not for this person. */
  pipelines: { feeds: DashboardFeed[]; runs: DashboardRun[]; lateSentences: string[] } | null;
  findings: { severity: string; sentence: string }[] | null;
  alerts: { headline: string; since: Day; acknowledgedBy: string | null }[];
  usage: { whose: 'company' | 'own'; usage: Usage };
  asOf: string;
};
