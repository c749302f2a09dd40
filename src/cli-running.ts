import type { Command } from 'commander';
import { withPlumbline } from './cli-plumbline.ts';
import type { ForgetOptions } from './commands/forget-command.ts';
import { loadDotEnv, readConfig } from './config.ts';

/** What keeps it running. */
export function addRunningCommands(program: Command): void {
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
      await withPlumbline({ asks: false }, (plumbline) => rebuildCommand(options, plumbline));
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
