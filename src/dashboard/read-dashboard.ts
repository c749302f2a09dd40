import { knownAlerts } from '../alerts/send-alerts.ts';
import { type FeedFreshness, lateSentences } from '../digests/freshness.ts';
import { addDays } from '../domain/day.ts';
import { dayInWords } from '../domain/period.ts';
import type { Rights } from '../domain/rights.ts';
import type { Run } from '../domain/run.ts';
import type { DataFacts } from '../model/data-facts.ts';
import type { RunLog } from '../ports/run-log.ts';
import { durationSeconds } from '../runs/run-notice.ts';
import type { Dashboard, DashboardFeed, DashboardRun } from './dashboard.ts';
import { readTiles, type TileNeeds } from './read-tiles.ts';
import { readUsage, type UsageNeeds } from './read-usage.ts';

export type DashboardNeeds = Omit<TileNeeds, 'locale'> &
  UsageNeeds & {
    runLog: RunLog;
    locale(): Promise<TileNeeds['locale']>;
    facts(): Promise<DataFacts>;
    freshness(): Promise<FeedFreshness[]>;
    branchNames(): Promise<ReadonlyMap<string, string>>;
  };

const USAGE_DAYS = 30;
const RUNS = 12;

/** What this person may see; the same for Slack's Home tab and for the page of the local workspace. */
export async function readDashboard(
  viewer: { user: string; rights: Rights },
  needs: DashboardNeeds,
): Promise<Dashboard> {
  const { rights, user } = viewer;
  const today = needs.clock.today();
  const seesAll = rights.tables === 'all' && Object.keys(rights.rowFilters).length === 0;
  const seesRuns = rights.tables === 'all' || rights.mayOperate;
  const seesUsage =
    rights.mayOperate || rights.roles.includes('data-owner') || rights.roles.includes('manager');
  const [figures, names, runs, feeds, facts, alerts, usage] = await Promise.all([
    needs.locale().then((locale) => readTiles(rights, today, { kpis: needs.kpis, locale })),
    needs.branchNames(),
    seesRuns ? needs.runLog.list({ limit: RUNS }) : [],
    seesRuns ? needs.freshness() : [],
    seesRuns ? needs.facts() : null,
    seesAll ? knownAlerts(needs) : [],
    readUsage(
      { from: addDays(today, 1 - USAGE_DAYS), to: today, ...(seesUsage && seesAll ? {} : { asker: user }) },
      needs,
    ),
  ]);
  return {
    ...figures,
    of: figures.of ? (names.get(figures.of) ?? figures.of) : 'The whole company',
    dayInWords: figures.day ? dayInWords(figures.day) : '',
    branches: figures.branches.map((part) => ({ ...part, name: names.get(part.name) ?? part.name })),
    pipelines: seesRuns
      ? {
          feeds: feeds.map((feed) => feedOf(feed, runs)),
          runs: runs.map(runOf),
          lateSentences: lateSentences(feeds),
        }
      : null,
    // Findings speak of single rows and amounts of the whole company.
    findings:
      seesAll && facts
        ? facts.findings.slice(0, 6).map(({ severity, sentence }) => ({ severity, sentence }))
        : null,
    alerts: alerts
      .filter(({ phase, toldOn }) => phase === 'open' && toldOn !== null)
      .sort((a, b) => (a.firstFound < b.firstFound ? 1 : -1))
      .slice(0, 8)
      .map(({ headline, firstFound, acknowledgedBy }) => ({ headline, since: firstFound, acknowledgedBy })),
    usage: { whose: seesUsage && seesAll ? 'company' : 'own', usage },
    asOf: needs.clock.now().toISOString(),
  };
}

function feedOf({ feed, state, saying }: FeedFreshness, runs: Run[]): DashboardFeed {
  const isRunning = runs.some(
    (run) => run.outcome === 'running' && (run.feed === feed || run.files.some((file) => file.feed === feed)),
  );
  return { feed, state: isRunning ? 'running' : state, saying };
}

function runOf(run: Run): DashboardRun {
  return {
    id: run.id,
    feed: run.feed,
    outcome: run.outcome,
    stage: run.stage,
    at: run.startedAt,
    seconds: durationSeconds(run),
    loaded: run.rows.loaded,
    refused: run.rows.refused,
    undone: Boolean(run.undoneAt),
  };
}
