#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import type { AlertsOptions } from './commands/alerts-command.ts';
import type { DigestOptions } from './commands/digest-command.ts';
import type { EvalOptions } from './commands/eval-command.ts';
import type { ExtractOptions } from './commands/extract-command.ts';
import type { ForgetOptions } from './commands/forget-command.ts';
import type { LedgerOptions } from './commands/ledger-command.ts';
import type { ReplayOptions } from './commands/replay-command.ts';
import type { UsageOptions } from './commands/usage-command.ts';
import { type Config, loadDotEnv, readConfig } from './config.ts';
import { AppError, sentenceFor } from './domain/app-error.ts';
import type { Plumbline, PlumblineOptions } from './wiring.ts';

type AlertSeeds = { seeds: string; histories: string };

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** Exit codes: 0 done (also for an honest refusal), 2 wrong use, 1 a fault. */
async function main(argv: string[]): Promise<number> {
  const program = new Command('plumbline')
    .description('Answers about the business that people can check.')
    .exitOverride();
  addCommands(program);
  try {
    await program.parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${sentenceFor(thrown)}\n`);
    if (isFault(thrown)) process.stderr.write(faultText(thrown));
    return thrown instanceof AppError && (thrown.code === 'usage.wrong' || thrown.code === 'config.invalid')
      ? 2
      : 1;
  }
}

function isFault(thrown: unknown): boolean {
  return !(thrown instanceof AppError) || thrown.code === 'internal';
}

/** One line for people; where it happened in the code only for those who ask for it with LOG_LEVEL=debug. */
function faultText(thrown: unknown): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const detailed = ['debug', 'trace'].includes(process.env['LOG_LEVEL'] ?? '');
  return detailed
    ? `${error.stack ?? error.message}\n`
    : `${error.message.split('\n')[0]} (LOG_LEVEL=debug shows more)\n`;
}

function addCommands(program: Command): void {
  program
    .command('start')
    .description('runs the whole of Plumbline on one machine and prints the address of its page')
    .option('--no-sample', 'do not load the sample data into an empty home')
    .option('--port <number>', 'port of the page')
    .action(async (options: { sample: boolean; port?: string }) => {
      const { startCommand } = await import('./commands/start-command.ts');
      const env = options.port === undefined ? process.env : { ...process.env, PLUMBLINE_PORT: options.port };
      await startCommand({ sample: options.sample }, configOf(env));
    });
  program
    .command('load <paths...>')
    .description('puts files into landing and waits for the runs')
    .option('--feed <name>', 'the feed that the files belong to')
    .option('--feeds <file>', 'feed declarations (YAML)')
    .option('--json')
    .action(async (paths: string[], options: { feed?: string; feeds?: string; json?: boolean }) => {
      const { loadCommand } = await import('./commands/load-command.ts');
      await withPlumbline({}, (plumbline) => loadCommand(paths, options, plumbline));
    });
  program
    .command('ask [question]')
    .description('asks one question, the same way as from Slack')
    .option('--as <user>')
    .option('--channel <name>')
    .option('--thread <id>')
    .option('--planner <planner>', 'offline, openai or auto')
    .option('--today <day>', 'the day that counts as today, YYYY-MM-DD')
    .option('--batch <file>', 'many questions, one JSON object a line')
    .option('--json')
    .action(async (question: string | undefined, options: Record<string, string>) => {
      const { askCommand } = await import('./commands/ask-command.ts');
      await withPlumbline({ sampleWhenEmpty: true }, (plumbline) => askCommand(question, options, plumbline));
    });
  program
    .command('inspect <spreadsheet>')
    .description('how a spreadsheet is read, loading nothing')
    .option('--feed <name>', 'the feed that it belongs to')
    .option('--json')
    .action(async (path: string, options: { feed?: string; json?: boolean }) => {
      const { inspectCommand } = await import('./commands/inspect-command.ts');
      await inspectCommand(path, options);
    });
  program
    .command('replay <file>')
    .description('sends the rows of a CSV as events')
    .requiredOption('--feed <name>', 'the feed that the rows belong to')
    .option('--feeds <file>', 'feed declarations (YAML)')
    .option('--rate <number>', 'events a second; as fast as they are taken when left out')
    .option(
      '--url <url>',
      'where POST /events is; the running server of this home, or this process, when left out',
    )
    .option('--json')
    .action(async (file: string, options: ReplayOptions) => {
      const { replayCommand } = await import('./commands/replay-command.ts');
      await replayCommand(file, options, configOf(process.env));
    });
  program
    .command('feed')
    .description('feed declarations')
    .command('add <sample>')
    .description('writes a declaration from a sample file by looking at it')
    .option('--out <file>', 'where to write it; <set>.yaml when left out')
    .option('--set <name>')
    .option('--feed <name>')
    .option('--target <table>', 'the table that its rows go to')
    .option('--currency <code>')
    .option('--time-zone <zone>')
    .option('--date-order <order>', 'dmy or mdy, where the sample does not say')
    .option('--decimal <mark>', 'comma or point, where the sample does not say')
    .option('--force', 'replaces the file')
    .option('--json')
    .action(async (sample: string, options: Record<string, string>) => {
      const { feedAddCommand, wishesOf } = await import('./commands/feed-command.ts');
      const { dateOrder, decimal, timeZone, currency, target, ...rest } = options;
      const wishes = wishesOf({ 'date-order': dateOrder, decimal, 'time-zone': timeZone, currency, target });
      await feedAddCommand(sample, { ...rest, ...wishes });
    });
  program
    .command('extract <name>')
    .description('reads what has changed in an operational database, and loads it')
    .option('--feeds <file>', 'feed declarations (YAML), instead of those that the extract names')
    .option('--from-start', 'reads everything again')
    .option('--json')
    .action(async (name: string, options: ExtractOptions) => {
      const { extractCommand } = await import('./commands/extract-command.ts');
      await withPlumbline({}, (plumbline) => extractCommand(name, options, plumbline));
    });
  program
    .command('vet')
    .description('the guard alone, over JSON lines on standard input')
    .option('--catalog <file>', 'other tables than ours')
    .option('--json')
    .action(async (options: { catalog?: string }) => {
      const { vetCommand } = await import('./commands/vet-command.ts');
      await vetCommand(options, configOf(process.env));
    });
  program
    .command('query')
    .description('guard, then the locked engine, over JSON lines on standard input')
    .option('--json')
    .action(async () => {
      const { queryCommand } = await import('./commands/vet-command.ts');
      await withPlumbline({ sampleWhenEmpty: true }, queryCommand);
    });
  program
    .command('eval [what]')
    .description("the scorecard; 'alerts': how well planted faults are found in generated histories")
    .option('--planner <planner>')
    .option('--questions <file>', 'other questions, one JSON object a line, over this home as it is')
    .option('--half <half>', 'of the built-in questions: held-out (as published), dev or all')
    .option('--show', 'tell what was missed, also of the held-out half')
    .option('--seeds <list>', 'of the histories of alerts', '11,12,13')
    .option('--histories <n>', 'of each seed', '2')
    .option('--json')
    .action(async (what: string | undefined, options: EvalOptions & AlertSeeds) => {
      if (what === 'alerts') {
        const { evaluateAlertsCommand } = await import('./commands/alerts-command.ts');
        return evaluateAlertsCommand({ ...options, seed: options.seeds });
      }
      if (what !== undefined) throw new CommanderError(2, 'usage.wrong', `There is no eval of '${what}'.`);
      const { evalCommand } = await import('./commands/eval-command.ts');
      await evalCommand(options, configOf(process.env));
    });
  recordCommands(program);
  ledgerCommands(program);
  tellingCommands(program);
  usageCommands(program);
  warehouseCommands(program);
}

function recordCommands(program: Command): void {
  const records = () => import('./commands/record-commands.ts');
  program
    .command('runs')
    .description('the newest runs first')
    .option('--limit <n>', '', '50')
    .option('--json')
    .action(async (options: { limit: string; json?: boolean }) =>
      withPlumbline({}, async (p) => (await records()).runsCommand(options, p)),
    );
  program
    .command('rerun <run>')
    .description('runs the same files again; rows of which a newer version came since are refused')
    .option('--over-newer', 'replaces newer rows too')
    .option('--from-records', 'writes the files anew from the landing table')
    .option('--json')
    .action(async (run: string, options: { overNewer?: boolean; fromRecords?: boolean; json?: boolean }) =>
      withPlumbline({}, async (p) => (await records()).rerunCommand(run, options, p)),
    );
  program
    .command('landed <id>')
    .description('records as they came: those of a run, or the one of this id')
    .option('--limit <n>', '', '20')
    .option('--json')
    .action(async (id: string, options: { limit: string; json?: boolean }) =>
      withPlumbline({}, async (p) => (await records()).landedCommand(id, options, p)),
    );
  program
    .command('undo <batch>')
    .description('takes a load batch back, wholly')
    .option('--json')
    .action(async (batch: string, options: { json?: boolean }) =>
      withPlumbline({}, async (p) => (await records()).undoCommand(batch, options, p)),
    );
  program
    .command('redrive')
    .description(
      'resumes stopped runs, tells untold ends, and tries waiting rows again, and refused ones when their declaration has changed',
    )
    .option('--refused', 'tries refused rows again in any case')
    .option('--json')
    .action(async (options: { refused?: boolean; json?: boolean }) =>
      withPlumbline({}, async (p) => (await records()).redriveCommand(options, p)),
    );
  program
    .command('findings')
    .description('what does not add up')
    .option('--json')
    .action(async (options: { json?: boolean }) =>
      withPlumbline({}, async (p) => (await records()).findingsCommand(options, p)),
    );
  program
    .command('receipt <id>')
    .description('all that is needed to check an answer')
    .option('--rerun', 'runs it again and compares')
    .option('--json')
    .action(async (id: string, options: { rerun?: boolean; json?: boolean }) =>
      withPlumbline({}, async (p) => (await records()).receiptCommand(id, options, p)),
    );
  program
    .command('audit')
    .description('who asked what')
    .option('--limit <n>', '', '100')
    .option('--json')
    .action(async (options: { limit: string; json?: boolean }) =>
      withPlumbline({}, async (p) => (await records()).auditCommand(options, p)),
    );
  program
    .command('catalog')
    .description('what can be asked')
    .option('--json')
    .action(async (options: { json?: boolean }) =>
      (await records()).catalogCommand(options, configOf(process.env)),
    );
  program
    .command('events')
    .description('compares what came as events: raw objects, invoice table and warehouse')
    .option('--feeds <file>', 'feed declarations (YAML)')
    .option('--json')
    .action(async (options: { feeds?: string; json?: boolean }) => {
      const { eventsCheckCommand } = await import('./commands/events-command.ts');
      await withPlumbline({}, (p) => eventsCheckCommand(options, p));
    });
  program
    .command('kpis')
    .description('the KPIs of each day from the record store')
    .option('--from <day>')
    .option('--to <day>', 'the first day that is not shown')
    .option('--check', 'compares all of them with the warehouse, and repairs what differs')
    .option('--json')
    .action(async (options: { from?: string; to?: string; check?: boolean; json?: boolean }) =>
      withPlumbline({}, async (p) => (await records()).kpisCommand(options, p)),
    );
}

function ledgerCommands(program: Command): void {
  program
    .command('ledger <what> [words...]')
    .description(
      'money records: list, find TEXT, waiting, export, accounts, months, close 2026-10, reopen 2026-10 REASON, sweep',
    )
    .option('--month <month>', 'of one month, YYYY-MM')
    .option('--out <file>', 'where an export is written to')
    .option('--limit <n>', '', '50')
    .option('--json')
    .action(async (what: string, words: string[], options: LedgerOptions) => {
      const { ledgerCommand } = await import('./commands/ledger-command.ts');
      await withPlumbline({}, (plumbline) => ledgerCommand(what, words, options, plumbline));
    });
}

function tellingCommands(program: Command): void {
  program
    .command('digest')
    .description("a day's figures as a message")
    .option('--date <day>', 'the last day that is loaded when left out')
    .option('--channel <name>', 'as everyone in this channel may see it')
    .option('--branch <id>', 'of one branch')
    .option('--category <name>', 'of one category')
    .option('--dry-run', 'shows it and sends nothing')
    .option('--json')
    .action(async (options: DigestOptions) => {
      const { digestCommand } = await import('./commands/digest-command.ts');
      await withPlumbline({ sampleWhenEmpty: true }, (plumbline) => digestCommand(options, plumbline));
    });
  program
    .command('alerts')
    .description('what is not as usual')
    .option('--date <day>', 'the last day that is loaded when left out')
    .option('--evaluate', 'how well planted faults are found in generated histories')
    .option('--seed <n>', 'of the generated histories', '1')
    .option('--histories <n>', 'how many', '6')
    .option('--json')
    .action(async (options: AlertsOptions) => {
      const { alertsCommand, evaluateAlertsCommand } = await import('./commands/alerts-command.ts');
      if (options.evaluate) return evaluateAlertsCommand(options);
      await withPlumbline({ sampleWhenEmpty: true }, (plumbline) => alertsCommand(options, plumbline));
    });
}

function usageCommands(program: Command): void {
  program
    .command('usage')
    .description('query time, accuracy marks, adoption and time saved')
    .option('--from <day>', 'thirty days before the last when left out')
    .option('--to <day>', 'the last day, today when left out')
    .option('--csv', 'one line a day, for a spreadsheet')
    .option('--json')
    .action(async (options: UsageOptions) => {
      const { usageCommand } = await import('./commands/usage-command.ts');
      await withPlumbline({}, (plumbline) => usageCommand(options, plumbline));
    });
}

function warehouseCommands(program: Command): void {
  const warehouse = program
    .command('warehouse')
    .description('the schema in Git and the one that is deployed');
  for (const [name, description] of [
    ['migrate', 'brings the warehouse to what Git says'],
    ['diff', 'differences between Git and the warehouse'],
    ['sql', 'the SQL of Git, in order'],
  ] as const) {
    warehouse
      .command(name)
      .description(description)
      .option('--json')
      .action(async (options: { json?: boolean }) => {
        const { warehouseCommand } = await import('./commands/warehouse-command.ts');
        await withPlumbline({ migrate: name !== 'diff' }, (plumbline) =>
          warehouseCommand(name, options, plumbline),
        );
      });
  }
  program
    .command('rebuild')
    .description('fills an empty warehouse and empty records from landing, and proves it by totals')
    .option('--json')
    .action(async (options: { json?: boolean }) => {
      const { rebuildCommand } = await import('./commands/rebuild-command.ts');
      await withPlumbline({}, (plumbline) => rebuildCommand(options, plumbline));
    });
  program
    .command('forget <kind> <who>')
    .description('forgets a customer (by number or e-mail address) or a person (by id in Slack), on request')
    .option('--yes', 'does it; without it, only shows what would be done')
    .option('--by <name>', 'who carries the request out, for the record', 'terminal')
    .option('--json')
    .action(async (kind: string, who: string, options: ForgetOptions) => {
      const { forgetCommand } = await import('./commands/forget-command.ts');
      await withPlumbline({}, (plumbline) => forgetCommand(kind, who, options, plumbline));
    });
  program
    .command('worker')
    .description("takes up long tasks of the cloud's state machine")
    .action(async () => {
      const { workerCommand } = await import('./commands/worker-command.ts');
      loadDotEnv(process.env);
      await workerCommand(readConfig(process.env, { forPipeline: true }), process.env);
    });
  program
    .command('health')
    .description('whether the Plumbline of this container is alive')
    .action(async () => {
      const { healthCommand } = await import('./commands/health-command.ts');
      await healthCommand(readConfig(process.env, { forPipeline: true }));
    });
  program
    .command('doctor')
    .description('checks settings, parts, rights and space, and says what to do')
    .option('--json')
    .action(async (options: { json?: boolean }) => {
      const { doctorCommand } = await import('./commands/doctor-command.ts');
      await doctorCommand(options, process.env);
    });
}

async function withPlumbline(
  options: PlumblineOptions & { sampleWhenEmpty?: boolean },
  work: (plumbline: Plumbline) => Promise<void>,
): Promise<void> {
  const { openPlumbline } = await import('./wiring.ts');
  const plumbline = await openPlumbline(configOf(process.env), options);
  try {
    if (options.sampleWhenEmpty) {
      const { loadSampleWhenEmpty } = await import('./commands/load-sample.ts');
      await loadSampleWhenEmpty(plumbline);
    }
    await work(plumbline);
  } finally {
    await plumbline.close();
  }
}

function configOf(env: Record<string, string | undefined>): Config {
  loadDotEnv(process.env);
  return readConfig({ ...process.env, ...env });
}

process.exit(await main(process.argv));
