// After a deployment: the bot is healthy, the door for events refuses a stranger, and no alarm rings.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [, , outputsFile, prefix] = process.argv;
const outputs = JSON.parse(readFileSync(outputsFile, 'utf8'));
const { ClusterName: cluster, EventsUrl: url } = outputs.App ?? outputs[`${prefix}-app`];

const aws = (...words) =>
  JSON.parse(execFileSync('aws', [...words, '--output', 'json'], { encoding: 'utf8' }));
const failures = [];

for (const name of ['bot', 'workers']) {
  execFileSync('aws', [
    'ecs',
    'wait',
    'services-stable',
    '--cluster',
    cluster,
    '--services',
    `${prefix}-${name}`,
  ]);
  const [service] = aws(
    'ecs',
    'describe-services',
    '--cluster',
    cluster,
    '--services',
    `${prefix}-${name}`,
  ).services;
  if (service.runningCount < 1) failures.push(`none of ${name} runs`);
}
const stranger = await fetch(url, {
  method: 'POST',
  body: '[]',
  headers: { 'content-type': 'application/json' },
});
if (stranger.status !== 403) failures.push(`a sender without a key got ${stranger.status} and not 403`);
const ringing = aws(
  'cloudwatch',
  'describe-alarms',
  '--alarm-name-prefix',
  prefix,
  '--state-value',
  'ALARM',
).MetricAlarms;
failures.push(...ringing.map(({ AlarmName }) => `${AlarmName} rings`));

for (const failure of failures) console.error(failure);
console.log(
  failures.length === 0 ? 'The deployment works.' : 'Roll back: run `deliver` with the commit before.',
);
process.exit(failures.length === 0 ? 0 : 1);
