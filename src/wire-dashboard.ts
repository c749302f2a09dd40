import type { Dashboard } from './dashboard/dashboard.ts';
import { readDashboard } from './dashboard/read-dashboard.ts';
import type { Rights } from './domain/rights.ts';
import { localeOf } from './questions/answer-words.ts';
import type { Plumbline } from './wiring.ts';

export type DashboardOf = (user: string, rights: Rights) => Promise<Dashboard>;

/** The dashboard over the program's parts, for Slack's Home tab and the page of the local workspace. */
export function wireDashboard(plumbline: Plumbline): DashboardOf {
  const { questions, kpis, runLog, audit, smallRecords, clock, config, freshness } = plumbline;
  return (user, rights) =>
    readDashboard(
      { user, rights },
      {
        kpis,
        runLog,
        audit,
        smallRecords,
        clock,
        minutesPerAnswer: config.minutesPerAnswer,
        freshness,
        facts: () => questions.facts(),
        locale: async () => localeOf(await questions.facts(), questions),
        branchNames: () => branchNames(plumbline),
      },
    );
}

async function branchNames({ warehouse }: Plumbline): Promise<ReadonlyMap<string, string>> {
  const found = await warehouse.read({
    sql: 'select branch_id, name from branches',
    schema: 'retail',
    maxRows: 5000,
    timeoutMs: 10_000,
  });
  return new Map(found.rows.map(([id, name]) => [String(id), String(name ?? id)]));
}
