import { writeFile } from 'node:fs/promises';
import { ALL_RIGHTS } from '../access/rights-for.ts';
import { AppError } from '../domain/app-error.ts';
import { findRecords, recordsTable, waitingRecords } from '../ledger/find-records.ts';
import type { MoneyRecord } from '../ledger/money-record.ts';
import type { Actor, LedgerNeeds } from '../ledger/needs.ts';
import { closePeriod, listPeriods, type PeriodOutcome, reopenPeriod } from '../ledger/periods.ts';
import { putRecord } from '../ledger/settle-record.ts';
import { sweepRecords } from '../ledger/sweep-records.ts';
import { toCsv } from '../slack/csv.ts';
import { wireLedger } from '../wire-ledger.ts';
import type { Plumbline } from '../wiring.ts';
import { printJson, say } from './output.ts';

export type LedgerOptions = { json?: boolean; month?: string; out?: string; limit?: string };

const TERMINAL: Actor = { user: 'terminal', name: 'Terminal', roles: ALL_RIGHTS.roles, branches: undefined };
const EVERYTHING = 1_000_000;

/** `ledger list`, `find`, `waiting`, `export`, `accounts`, `months`, `close`, `reopen` and `sweep`: money records from the terminal. */
export async function ledgerCommand(
  what: string,
  words: string[],
  options: LedgerOptions,
  plumbline: Plumbline,
): Promise<void> {
  const needs = wireLedger(plumbline);
  const found = (text: string, limit: number) =>
    findRecords({ actor: TERMINAL, text, limit, ...(options.month ? { month: options.month } : {}) }, needs);
  switch (what) {
    case 'list':
      return show(await found('', Number(options.limit) || 50), options);
    case 'find':
      return show(await found(words.join(' '), Number(options.limit) || 50), options);
    case 'waiting':
      return show(await waitingRecords({ actor: TERMINAL, mine: false }, needs), options);
    case 'export':
      return exportRecords(await found('', EVERYTHING), options);
    case 'accounts':
      return showAccounts(needs, options);
    case 'months':
      return showMonths(needs, options);
    case 'close':
      return tellMonth(
        await closePeriod(words[0] ?? '', TERMINAL, { ...needs, settle: (id) => putRecord(id, needs) }),
        options,
      );
    case 'reopen':
      return tellMonth(
        await reopenPeriod(words[0] ?? '', words.slice(1).join(' '), TERMINAL, needs),
        options,
      );
    case 'sweep': {
      const open = await sweepRecords(needs);
      return show(open, options);
    }
    default:
      throw new AppError('usage.wrong', {
        detail: `There is no 'ledger ${what}'. There are list, find TEXT, waiting, export, accounts, months, close MONTH, reopen MONTH REASON and sweep.`,
      });
  }
}

function show(records: MoneyRecord[], { json }: LedgerOptions): void {
  if (json) return printJson(records);
  say(
    records
      .map(
        ({ id, date, kind, amount, currency, account, branch, text, state, recordedByName }) =>
          `${date}  ${kind}  ${amount} ${currency}  ${account}  ${branch ?? '-'}  ${state}  ${recordedByName}  ${text}  ${id}`,
      )
      .join('\n') || 'None.',
  );
}

/** Cells that a spreadsheet would take for formulas are made texts. */
async function exportRecords(records: MoneyRecord[], { json, out }: LedgerOptions): Promise<void> {
  if (json) return printJson(records);
  const csv = toCsv(recordsTable(records));
  if (!out) return void process.stdout.write(csv);
  await writeFile(out, csv);
  say(`${records.length} records are in ${out}.`);
}

function showAccounts({ settings }: LedgerNeeds, { json }: LedgerOptions): void {
  if (json) return printJson(settings);
  for (const { code, name, kind } of settings.accounts) say(`${code}  ${kind}  ${name}`);
  for (const { code, name, rate, account } of settings.taxes)
    say(`tax ${code}  ${rate}%  ${name}, on ${account}`);
}

async function showMonths(needs: LedgerNeeds, { json }: LedgerOptions): Promise<void> {
  const periods = await listPeriods(needs);
  if (json) return printJson(periods);
  say(
    periods
      .map(
        ({ month, state, history }) =>
          `${month}  ${state}  ${history.map(({ what, byName, at, reason }) => `${what} by ${byName} ${at.slice(0, 16)}${reason ? ` (${reason})` : ''}`).join(', ')}`,
      )
      .join('\n') || 'No month was ever closed.',
  );
}

function tellMonth(outcome: PeriodOutcome, { json }: LedgerOptions): void {
  if (json) return printJson(outcome);
  say(outcome.outcome === 'done' ? `${outcome.period.month} is ${outcome.period.state}.` : outcome.reason);
}
