// Runs one task of the deployment to its end, in the same network as the bot: `node run-task.js outputs.json plumbline-prod migrate`.
// Words after the name are given to the program: `... care forget customer 4711 --yes`. What it says is in its log group.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [, , outputsFile, prefix, name, ...words] = process.argv;
const outputs = JSON.parse(readFileSync(outputsFile, 'utf8'));
const { ClusterName: cluster } = outputs.App ?? outputs[`${prefix}-app`];

const aws = (...words) =>
  JSON.parse(execFileSync('aws', [...words, '--output', 'json'], { encoding: 'utf8' }));

const [bot] = aws('ecs', 'describe-services', '--cluster', cluster, '--services', `${prefix}-bot`).services;
const started = aws(
  'ecs',
  'run-task',
  '--cluster',
  cluster,
  '--task-definition',
  `${prefix}-${name}`,
  '--launch-type',
  'FARGATE',
  '--network-configuration',
  JSON.stringify(bot.networkConfiguration),
  ...(words.length > 0
    ? [
        '--overrides',
        JSON.stringify({ containerOverrides: [{ name, command: ['node', 'dist/src/cli.js', ...words] }] }),
      ]
    : []),
);
const arn = started.tasks[0]?.taskArn;
if (!arn) throw new Error(`The task was not started: ${JSON.stringify(started.failures)}`);
execFileSync('aws', ['ecs', 'wait', 'tasks-stopped', '--cluster', cluster, '--tasks', arn], {
  stdio: 'inherit',
});
const [ended] = aws('ecs', 'describe-tasks', '--cluster', cluster, '--tasks', arn).tasks;
const code = ended.containers[0]?.exitCode;
console.log(`${name} ended with ${code}: ${ended.stoppedReason ?? ''}`);
process.exit(code ?? 1);
