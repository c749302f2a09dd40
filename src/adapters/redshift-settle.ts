import {
  CancelStatementCommand,
  ExecuteStatementCommand,
  ListStatementsCommand,
  type StatementData,
} from '@aws-sdk/client-redshift-data';
import { type RedshiftNeeds, type RunOptions, sender } from './redshift-statements.ts';

/** A load that is nearly done is let through; one that lasts is called off. */
export type SettleTimes = { graceMs: number; patienceMs: number; lookMs: number };
const USUAL: SettleTimes = { graceMs: 60_000, patienceMs: 180_000, lookMs: 2_000 };

const ENDED = new Set(['FINISHED', 'FAILED', 'ABORTED']);

/**
 * Sees to it that nothing which a process that stopped had asked for is still being carried out: statements named after
 * the run are waited for, then called off, and a transaction that was left open in a session is rolled back. What holds
 * afterwards is what the tokens in the warehouse say. False when something is still under way.
 */
export async function settleStatements(
  name: string,
  run: RunOptions,
  needs: RedshiftNeeds,
  times: Partial<SettleTimes> = {},
): Promise<boolean> {
  const { graceMs, patienceMs, lookMs } = { ...USUAL, ...times };
  const call = sender(run, needs);
  const startedAt = Date.now();
  for (;;) {
    const statements = await named(name, run, needs);
    const open = statements.filter(({ Status }) => !ENDED.has(Status ?? ''));
    if (open.length === 0) {
      await leaveSessions(statements, run, needs);
      return true;
    }
    const waited = Date.now() - startedAt;
    if (waited > patienceMs) return false;
    if (waited >= graceMs)
      // Another's statement may be out of reach, or have ended just now; it is looked at again in any case.
      for (const { Id } of open)
        await call(() => needs.client.send(new CancelStatementCommand({ Id }))).catch(() => undefined);
    await needs.sleep(lookMs);
  }
}

/** Of the last day, by whoever has our role. */
async function named(name: string, run: RunOptions, needs: RedshiftNeeds): Promise<StatementData[]> {
  const call = sender(run, needs);
  const found: StatementData[] = [];
  let next: string | undefined;
  do {
    const page = await call(() =>
      needs.client.send(
        new ListStatementsCommand({
          StatementName: name,
          Status: 'ALL',
          RoleLevel: true,
          MaxResults: 100,
          ...(next ? { NextToken: next } : {}),
        }),
      ),
    );
    found.push(...(page.Statements ?? []));
    next = page.NextToken;
  } while (next);
  // The service matches the beginning of a name.
  return found.filter(({ StatementName }) => StatementName === name);
}

/** A session that is gone has given up its transaction by itself. */
async function leaveSessions(
  statements: readonly StatementData[],
  run: RunOptions,
  needs: RedshiftNeeds,
): Promise<void> {
  const sessions = new Set(statements.flatMap(({ SessionId }) => SessionId ?? []));
  for (const SessionId of sessions)
    await sender(
      run,
      needs,
    )(() =>
      needs.client.send(new ExecuteStatementCommand({ Sql: 'rollback', SessionId, WaitTimeSeconds: 5 })),
    ).catch(() => undefined);
}
