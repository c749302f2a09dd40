import type { Command } from 'commander';
import { configOf, withPlumbline } from './cli-plumbline.ts';
import type { ExtractOptions } from './commands/extract-command.ts';
import type { LedgerOptions } from './commands/ledger-command.ts';
import type { ReplayOptions } from './commands/replay-command.ts';

const records = () => import('./commands/record-commands.ts');

/** What is loaded, and what became of it. */
export function addFeedingCommands(program: Command): void {
  program
    .command('load <paths...>')
    .description('puts files into landing and waits for the runs')
    .option('--feed <name>', 'the feed that the files belong to')
    .option('--feeds <file>', 'feed declarations (YAML)')
    .option('--json')
    .action(async (paths: string[], options: { feed?: string; feeds?: string; json?: boolean }) => {
      const { loadCommand } = await import('./commands/load-command.ts');
      await withPlumbline({ asks: false }, (plumbline) => loadCommand(paths, options, plumbline));
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
      await withPlumbline({ asks: false }, (plumbline) => extractCommand(name, options, plumbline));
    });
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
      withPlumbline({ asks: false }, async (p) => (await records()).rerunCommand(run, options, p)),
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
      withPlumbline({ asks: false }, async (p) => (await records()).undoCommand(batch, options, p)),
    );
  program
    .command('redrive')
    .description(
      'resumes stopped runs, tells untold ends, and tries waiting rows again, and refused ones when their declaration has changed',
    )
    .option('--refused', 'tries refused rows again in any case')
    .option('--json')
    .action(async (options: { refused?: boolean; json?: boolean }) =>
      withPlumbline({ asks: false }, async (p) => (await records()).redriveCommand(options, p)),
    );
  program
    .command('findings')
    .description('what does not add up')
    .option('--json')
    .action(async (options: { json?: boolean }) =>
      withPlumbline({}, async (p) => (await records()).findingsCommand(options, p)),
    );
  program
    .command('events')
    .description('compares what came as events: raw objects, invoice table and warehouse')
    .option('--day <day>', 'of the events that came on this day (UTC); all when left out')
    .option('--feeds <file>', 'feed declarations (YAML)')
    .option('--json')
    .action(async (options: { feeds?: string; day?: string; json?: boolean }) => {
      const { eventsCheckCommand } = await import('./commands/events-command.ts');
      await withPlumbline({}, (p) => eventsCheckCommand(options, p));
    });
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
