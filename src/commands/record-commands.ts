import { redrive, rerun, sweep, undo } from '../../etl/pipeline/run-care.ts';
import { checkKpis } from '../../etl/stages/check-kpis.ts';
import { AppError } from '../domain/app-error.ts';
import { addDays, isDay } from '../domain/day.ts';
import { catalogueText } from '../questions/catalogue-text.ts';
import { questionCatalogue } from '../questions/question-catalogue.ts';
import { rerunReceipt } from '../questions/rerun-receipt.ts';
import { redriveHomeEvents } from '../wire-events-door.ts';
import type { Plumbline } from '../wiring.ts';
import { rightsOf } from './ask-command.ts';
import { isFault, runJson, runText } from './load-command.ts';
import { printJson, say } from './output.ts';

type Json = { json?: boolean };

export async function runsCommand(options: Json & { limit: string }, plumbline: Plumbline): Promise<void> {
  const runs = await plumbline.runLog.list({ limit: Number(options.limit) || 50 });
  show(options, runs.map(runJson), () =>
    runs.map(
      (run) =>
        `${run.startedAt.slice(0, 19)}  ${run.id}  ${run.feed}  ${run.outcome}  ${run.rows.loaded} of ${run.rows.read} rows  ${run.batch ?? ''}`,
    ),
  );
}

export async function rerunCommand(
  id: string,
  options: Json & { overNewer?: boolean; fromRecords?: boolean },
  plumbline: Plumbline,
): Promise<void> {
  const run = await rerun(id, 'terminal', await plumbline.pipeline(), {
    overNewer: options.overNewer ?? false,
    fromRecords: options.fromRecords ?? false,
  });
  if (isFault(run)) process.exitCode = 1;
  show(options, [runJson(run)], () => [runText(run)]);
}

/** What a record, or the records of a run's files, were as they came. */
export async function landedCommand(
  id: string,
  options: Json & { limit: string },
  { landingRecords, runLog }: Plumbline,
): Promise<void> {
  const found = [];
  const most = Number(options.limit) || 20;
  if (id.startsWith('rec-')) found.push(await landingRecords.record(id));
  else
    for (const file of (await runLog.find(id))?.files ?? [])
      for await (const record of landingRecords.read(file.feed, file.sha256)) {
        if (found.length >= most) break;
        found.push(record);
      }
  const records = found.filter((record) => record !== undefined);
  if (records.length === 0)
    throw new AppError('usage.wrong', {
      detail: `'${id}' has no records in the landing table. It takes those of feeds that say 'landRecords: true'.`,
    });
  show(options, records, () =>
    records.map(
      (record) => `${record.id}  ${record.uploadedOn}  ${record.file}, line ${record.line}: ${record.raw}`,
    ),
  );
}

export async function undoCommand(batch: string, options: Json, plumbline: Plumbline): Promise<void> {
  const undone = await undo(batch, await plumbline.pipeline());
  if (options.json) printJson(undone);
  else
    say(
      `Undid ${undone.batch} (${undone.feed}): ${undone.removed} rows taken out, ${undone.restored} earlier versions put back, ${undone.touchedDays.length} days recomputed.`,
    );
}

export async function redriveCommand(
  options: Json & { refused?: boolean },
  plumbline: Plumbline,
): Promise<void> {
  const needs = await plumbline.pipeline();
  const swept = await sweep(needs);
  const redriven = await redrive('terminal', needs, { refused: options.refused ?? false });
  const events = await redriveHomeEvents(plumbline, needs);
  if (options.json)
    printJson({
      resumed: swept.resumed.map(runJson),
      told: swept.told.map(runJson),
      undone: swept.undone,
      dropped: swept.dropped,
      redriven: redriven.map(runJson),
      events,
    });
  else
    say(
      `Resumed ${swept.resumed.length} runs, told ${swept.told.length} ends, finished ${swept.undone.length} undos, took ${swept.dropped.length} staging tables away that were left, tried waiting rows of ${redriven.length} runs again; ${events.redriven} events came out of quarantine, ${events.left} are still in it.`,
    );
}

const FINDINGS = `
select f.finding_id, f.check_name, f.severity, f.batch_id, f.run_id, f.sentence, f.row_count, f.amount, f.examples, f.query, f.found_at
from ops.findings f
left join ops.load_batches b on b.batch_id = f.batch_id
where b.undone_at is null
order by f.found_at desc, f.finding_id`;

export async function findingsCommand(options: Json, plumbline: Plumbline): Promise<void> {
  const found = await plumbline.warehouse.read({
    sql: FINDINGS,
    schema: 'retail',
    maxRows: 1_000,
    timeoutMs: 30_000,
  });
  const findings = found.rows.map(
    ([id, check, severity, batch, run, sentence, count, amount, examples, sql, foundAt]) => ({
      id,
      check,
      severity,
      batch,
      run,
      sentence,
      count,
      amount,
      examples: JSON.parse(String(examples ?? '[]')) as unknown,
      sql,
      foundAt,
    }),
  );
  show(options, findings, () =>
    findings.map(
      (finding) => `${String(finding.severity)}  ${String(finding.check)}  ${String(finding.sentence)}`,
    ),
  );
}

export async function receiptCommand(
  id: string,
  options: Json & { rerun?: boolean },
  plumbline: Plumbline,
): Promise<void> {
  if (options.rerun) {
    const asked = await plumbline.receipts.find(id);
    const asker = asked?.asker === 'terminal' ? undefined : asked?.asker;
    const rights = rightsOf(asker, plumbline.policy);
    const { receipt, ...again } = await rerunReceipt(id, rights, plumbline.questions);
    if (options.json) printJson({ ...receipt, rerun: again });
    else if (again.same) say(`${id}: the same numbers as then.`);
    else
      say(
        [
          `${id}: the numbers have changed.`,
          ...(again.sameRights
            ? []
            : ['  It was answered for an audience with other rights, so it may also differ for that.']),
          ...again.changes.map(({ label, was, is }) => `  ${label}: was ${was}, is ${is}`),
          `  Loaded since: ${again.batchesSince.join(', ') || 'nothing'}. Undone since: ${again.batchesGone.join(', ') || 'nothing'}.`,
        ].join('\n'),
      );
    return;
  }
  const receipt = await plumbline.receipts.find(id);
  if (!receipt) throw new AppError('receipt.not-found', { detail: `'${id}' is not kept here.` });
  if (options.json) printJson(receipt);
  else say(JSON.stringify(receipt, null, 2));
}

export async function auditCommand(options: Json & { limit: string }, plumbline: Plumbline): Promise<void> {
  const entries = await plumbline.audit.list({ limit: Number(options.limit) || 100 });
  show(options, entries, () =>
    entries.map(
      (entry) =>
        `${entry.at.slice(0, 19)}  ${entry.asker}  ${entry.door}  ${entry.outcome}  ${entry.tookMs} ms  ${entry.question}`,
    ),
  );
}

/** What can be asked; from the files alone, without opening the warehouse. */
export async function catalogCommand(options: Json, { questions }: Plumbline): Promise<void> {
  const { model, templates } = questions;
  const catalogue = questionCatalogue(model, { templates, recorded: await questions.recorded() });
  if (options.json) printJson(catalogue);
  else say(catalogueText(catalogue));
}

export async function kpisCommand(
  options: Json & { from?: string; to?: string; check?: boolean },
  plumbline: Plumbline,
): Promise<void> {
  if (options.check) return checkCommand(options, plumbline);
  const to = dayOption('--to', options.to) ?? '9999-12-31';
  const from = dayOption('--from', options.from) ?? (options.to ? addDays(to, -30) : '0001-01-01');
  const [daily, categories, branches] = await Promise.all([
    plumbline.kpis.daily(from, to),
    plumbline.kpis.categories(),
    plumbline.kpis.branches(),
  ]);
  const category = (
    await Promise.all(categories.map((name) => plumbline.kpis.byCategory(name, from, to)))
  ).flat();
  const branch = (await Promise.all(branches.map((name) => plumbline.kpis.byBranch(name, from, to)))).flat();
  if (options.json) printJson({ daily, category, branch });
  else
    for (const day of daily)
      say(
        `${day.orderDate}  orders ${day.totalOrders}  revenue ${day.totalRevenue}  items ${day.totalItemsSold}  return rate ${day.returnRate}  customers ${day.uniqueCustomers}`,
      );
}

async function checkCommand(options: Json, plumbline: Plumbline): Promise<void> {
  const { days, differences, repaired } = await checkKpis(plumbline);
  if (options.json) printJson({ days, differences, repaired });
  else
    say(
      [
        ...differences.map(
          ({ table, name, day, is, shouldBe }) =>
            `${day}  ${table} ${name}: is ${JSON.stringify(is)}, should be ${JSON.stringify(shouldBe)}`,
        ),
        `${days} days compared; ${differences.length} differences, ${repaired.written} KPIs written and ${repaired.removed} removed.`,
      ].join('\n'),
    );
}

function dayOption(name: string, text: string | undefined): string | undefined {
  if (text !== undefined && !isDay(text))
    throw new AppError('usage.wrong', { detail: `${name} takes a day as YYYY-MM-DD, not '${text}'.` });
  return text;
}

function show(options: Json, records: unknown[], lines: () => string[]): void {
  if (options.json) printJson(records);
  else say(lines().join('\n') || 'None.');
}
