import { type Command, CommanderError } from 'commander';
import { configOf, withPlumbline } from './cli-plumbline.ts';
import type { AlertsOptions } from './commands/alerts-command.ts';
import type { DigestOptions } from './commands/digest-command.ts';
import type { EvalOptions } from './commands/eval-command.ts';
import type { UsageOptions } from './commands/usage-command.ts';

type AlertSeeds = { seeds: string; histories: string };

const records = () => import('./commands/record-commands.ts');

/** What is asked and told. */
export function addAskingCommands(program: Command): void {
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
  program
    .command('catalog')
    .description('what can be asked')
    .option('--json')
    .action(async (options: { json?: boolean }) =>
      withPlumbline({ sampleWhenEmpty: true }, async (p) => (await records()).catalogCommand(options, p)),
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
    .command('kpis')
    .description('the KPIs of each day from the record store')
    .option('--from <day>')
    .option('--to <day>', 'the first day that is not shown')
    .option('--check', 'compares all of them with the warehouse, and repairs what differs')
    .option('--json')
    .action(async (options: { from?: string; to?: string; check?: boolean; json?: boolean }) =>
      withPlumbline({}, async (p) => (await records()).kpisCommand(options, p)),
    );
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
