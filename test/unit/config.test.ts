import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { expect, it } from 'vitest';
import { loadDotEnv, readConfig } from '../../src/config.ts';
import { AppError } from '../../src/domain/app-error.ts';
import { Settings } from '../../src/settings.ts';

const CLOUD = {
  AWS_REGION: 'eu-west-1',
  REDSHIFT_WORKGROUP: 'main',
  PLUMBLINE_MASK_SALT: 'kept-for-ever-and-secret',
  REDSHIFT_COPY_ROLE_ARN: 'arn:aws:iam::111122223333:role/copy',
  S3_INGESTION_BUCKET: 'acme-in',
  S3_LANDING_BUCKET: 'acme-landing',
};

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'config.invalid' });
    const { detail = '', context } = error as AppError;
    for (const problem of context.problems as string[]) expect(detail).toContain(problem);
    return context.problems as string[];
  }
  return [];
}

it('runs whole on this machine with nothing set', () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    mode: 'local',
    timeZone: 'UTC',
    currency: 'USD',
    planner: 'auto',
    warehouse: { kind: 'embedded' },
    records: { kind: 'embedded', tablePrefix: 'plumbline-' },
    objects: { kind: 'disk', buckets: { ingestion: 'ingestion', landing: 'landing' } },
    slack: { kind: 'local' },
    model: undefined,
    today: undefined,
  });
  expect(isAbsolute(config.home)).toBe(true);
});

it('keeps all local state under PLUMBLINE_HOME', () => {
  const config = readConfig({ PLUMBLINE_HOME: '/srv/pl' });
  expect(config.warehouse).toEqual({ kind: 'embedded', folder: '/srv/pl/warehouse' });
  expect(config.records).toMatchObject({ folder: '/srv/pl/dynamodb' });
  expect(config.objects).toMatchObject({ folder: '/srv/pl/objects' });
});

it('takes blank settings as unset', () => {
  expect(readConfig({ PLUMBLINE_PORT: '', SLACK_BOT_TOKEN: '  ', PLUMBLINE_TIME_ZONE: '' })).toEqual(
    readConfig({}),
  );
});

it('runs in the cloud once its settings are there', () => {
  expect(readConfig(CLOUD)).toMatchObject({
    mode: 'cloud',
    warehouse: { kind: 'redshift', workgroup: 'main', database: 'plumbline', region: 'eu-west-1' },
    records: { kind: 'dynamodb', region: 'eu-west-1' },
    objects: { kind: 's3', buckets: { ingestion: 'acme-in', landing: 'acme-landing' } },
  });
  expect(readConfig({ ...CLOUD, PLUMBLINE_MODE: 'local' }).mode).toBe('local');
});

it('never runs half in the cloud: names every setting that is missing', () => {
  const problems = problemsOf({ S3_LANDING_BUCKET: 'acme-landing' });
  for (const name of [
    'PLUMBLINE_MASK_SALT',
    'AWS_REGION',
    'REDSHIFT_WORKGROUP',
    'REDSHIFT_COPY_ROLE_ARN',
    'S3_INGESTION_BUCKET',
  ]) {
    expect(problems.some((problem) => problem.startsWith(`${name} is not set`))).toBe(true);
  }
  expect(problems).toHaveLength(5);
});

it('lists every problem at once, with what to set', () => {
  const problems = problemsOf({
    PLUMBLINE_PORT: '99999',
    PLUMBLINE_TODAY: '2025-02-30',
    PLUMBLINE_TIME_ZONE: 'Mars/Base',
    PLUMBLINE_CURRENCY: 'pounds',
    LOG_LEVEL: 'loud',
    SLACK_BOT_TOKEN: 'xoxb-1',
    PLUMBLINE_PLANNER: 'openai',
    OPENAI_DAILY_BUDGET_USD: '-5',
    S3_ENDPOINT: 'ftp://files',
  });
  expect(problems).toEqual(
    expect.arrayContaining([
      "PLUMBLINE_PORT must be a whole number from 0 to 65535; it is '99999'.",
      "PLUMBLINE_TODAY must be a day as YYYY-MM-DD; it is '2025-02-30'.",
      "PLUMBLINE_TIME_ZONE must be an IANA time zone such as Europe/London; it is 'Mars/Base'.",
      "PLUMBLINE_CURRENCY must be three capital letters such as GBP; it is 'pounds'.",
      "LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent; it is 'loud'.",
      "OPENAI_DAILY_BUDGET_USD must be an amount in US dollars such as 2.50; it is '-5'.",
      "S3_ENDPOINT must be a whole address such as https://example.com; it is 'ftp://files'.",
    ]),
  );
  expect(problems).toHaveLength(9);
});

it('never repeats a secret in a problem', () => {
  const said = problemsOf({ SLACK_BOT_TOKEN: 'sssh-1234', SLACK_APP_TOKEN: 'sssh-5678' }).join(' ');
  expect(said).toContain('SLACK_BOT_TOKEN must start with xoxb-');
  expect(said).not.toContain('sssh');
});

it('talks to Slack by socket with an app token and by HTTP with a signing secret', () => {
  const SLACK_BOT_TOKEN = 'xoxb-1';
  expect(readConfig({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN: 'xapp-1' }).slack.kind).toBe('socket');
  expect(readConfig({ SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET: 's' }).slack.kind).toBe('http');
});

it('has every setting in .env.example with a comment, and nothing else there', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n');
  const named = lines.filter((line) => line !== '' && !line.startsWith('#'));
  expect(named.map((line) => line.replace(/=$/, '')).sort()).toEqual(Object.keys(Settings.shape).sort());
  for (const [at, line] of lines.entries()) if (named.includes(line)) expect(lines[at - 1]).toMatch(/^# \S/);
});

it('fills in from a .env file what the environment lacks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-env-'));
  writeFileSync(
    join(folder, '.env'),
    '# ours\nPLUMBLINE_CURRENCY=GBP\nLOG_LEVEL="debug"\nOPENAI_API_KEY=k\n',
  );
  const env: Record<string, string | undefined> = { LOG_LEVEL: 'warn', OPENAI_API_KEY: '' };
  loadDotEnv(env, folder);
  expect(readConfig(env)).toMatchObject({ currency: 'GBP', logLevel: 'warn', model: undefined });
  loadDotEnv({}, join(folder, 'nowhere'));
  rmSync(folder, { recursive: true });
});
