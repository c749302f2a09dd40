import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { z } from 'zod';
import { configOf } from './config-of-settings.ts';
import { AppError } from './domain/app-error.ts';
import { missingTogether, Settings } from './settings.ts';

export type Config = {
  /** `local`: embedded parts under `home`, no account of any kind. `cloud`: Redshift, DynamoDB and S3. */
  mode: 'local' | 'cloud';
  /** Absolute. */
  home: string;
  /** Of the page and the HTTP doors; 0 takes any free one. */
  port: number;
  timeZone: string;
  currency: string;
  /** Fixes the clock's day. */
  today: string | undefined;
  logLevel: Settings['LOG_LEVEL'];
  policyFile: string | undefined;
  /** Mixed into the masks of personal data; a home makes its own. */
  maskSalt: string | undefined;
  feedsFile: string | undefined;
  /** Folder of the declarations of extracts. */
  extractsFolder: string | undefined;
  /** Accounts, taxes and limits of money records. */
  ledgerFile: string | undefined;
  planner: Settings['PLUMBLINE_PLANNER'];
  /** 0: for ever. */
  auditKeepDays: number;
  /** Who words an answer: `auto` lets a language model add sentences where one is set. */
  wording: Settings['PLUMBLINE_WORDING'];
  noticeChannel: string;
  /** Where alerts go until a data owner chooses another channel in Slack: what not all its members may see is not told there. */
  alertChannel: string;
  /** Channels in which spreadsheets are taken in, and how long one waits to be confirmed. */
  uploads: { channels: string[]; waitHours: number; keepDays: number };
  /** What an answered question is taken to save, for the estimate of time saved. */
  minutesPerAnswer: number;
  /** The SNS topic that hears what the notice channel hears; undefined on one machine: a file of the home. */
  noticeTopicArn: string | undefined;
  /** Where a run's log is, with {run} for its number. */
  runLogLink: string | undefined;
  snsEndpoint: string | undefined;
  awsRegion: string | undefined;
  warehouse:
    | { kind: 'embedded'; folder: string }
    | {
        kind: 'redshift';
        region: string;
        workgroup: string;
        database: string;
        secretArn: string | undefined;
        /** Login that questions are asked with; the other one when undefined. */
        readerSecretArn: string | undefined;
        /** Login that migrates; the first one when undefined. */
        ownerSecretArn: string | undefined;
        copyRoleArn: string;
        endpoint: string | undefined;
        /** How many files of a load are read at once; the warehouse is asked when undefined. */
        slices: number | undefined;
      };
  records:
    | { kind: 'embedded'; folder: string; tablePrefix: string }
    | { kind: 'dynamodb'; region: string; endpoint: string | undefined; tablePrefix: string };
  objects:
    | { kind: 'disk'; folder: string; buckets: Buckets }
    | { kind: 's3'; region: string; endpoint: string | undefined; buckets: Buckets };
  slack:
    | { kind: 'local' }
    | { kind: 'socket'; botToken: string; appToken: string; apiUrl: string | undefined }
    | { kind: 'http'; botToken: string; signingSecret: string; apiUrl: string | undefined };
  events: {
    /** Undefined: the usual one, or any free one when it is taken. */
    port: number | undefined;
    /** Undefined: on one machine, only programs of that machine may send. */
    apiKey: string | undefined;
    /** The Kinesis stream, in the cloud. */
    stream: string | undefined;
    endpoint: string | undefined;
  };
  /** Undefined: no language model, the deterministic planner answers alone. */
  model: { apiKey: string; baseUrl: string | undefined; name: string } | undefined;
  /** In the cloud: the state machine that runs pipelines; undefined, they run in this process. */
  pipeline:
    | {
        stateMachineArn: string;
        /** By task, for the workers that take tasks up. */
        activityArns: Record<string, string>;
        endpoint: string | undefined;
      }
    | undefined;
  /** Where health is asked; undefined: nowhere. */
  healthPort: number | undefined;
  /** Undefined: no metrics are written into the log. */
  metricsNamespace: string | undefined;
  /** Undefined: no traces are sent. */
  traces: { endpoint: string; headers: Record<string, string>; service: string } | undefined;
  limits: {
    modelPerDayUsd: string;
    personPerDayUsd: string;
    questionsPerPersonPerDay: number;
    askAboveRows: number;
    /** Answers of which the planner is less sure (0 to 1) are looked at by a data owner first; 0: none. */
    holdBelow: number;
  };
};

/** Where files come in, and where the warehouse and the stages read them from. */
export type Buckets = { ingestion: string; landing: string };

/**
 * The program's whole configuration. With nothing set it runs locally; blank settings count as unset.
 * Throws `config.invalid` whose detail lists every problem at once with what to set.
 */
export function readConfig(
  env: Record<string, string | undefined>,
  /** A step of a pipeline makes no views, so it needs no salt for their masks. */
  { forPipeline = false }: { forPipeline?: boolean } = {},
): Config {
  const parsed = Settings.safeParse(withoutBlanks(env));
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => sentence(issue, env));
  const settings = parsed.success ? parsed.data : undefined;
  problems.push(...missingTogether(withoutBlanks(env), forPipeline));
  if (!settings || problems.length > 0) {
    throw new AppError('config.invalid', {
      detail: `${problems.map((problem) => `\n- ${problem}`).join('')}`,
      context: { problems },
    });
  }
  return configOf(settings);
}

/**
 * Puts the settings of a `.env` file into `env` where it lacks them, for the SDKs that read it themselves.
 * A setting that is there but blank stays blank: that is how one run goes without a setting of the file.
 */
export function loadDotEnv(env: Record<string, string | undefined>, folder = '.'): void {
  const file = join(folder, '.env');
  if (!existsSync(file)) return;
  for (const [name, value] of Object.entries(parseEnv(readFileSync(file, 'utf8')))) env[name] ??= value;
}

/** A connection string, by the name that the declaration of an extract gives. Throws `config.invalid` when it is not set. */
export function connectionString(name: string, env: Record<string, string | undefined>): string {
  const value = env[name]?.trim();
  if (!value)
    throw new AppError('config.invalid', {
      detail: `\n- ${name} is not set: the connection string of the database that the extract reads.`,
    });
  return value;
}

function withoutBlanks(env: Record<string, string | undefined>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && value.trim() !== '') kept[name] = value.trim();
  }
  return kept;
}

function sentence(issue: z.core.$ZodIssue, env: Record<string, string | undefined>): string {
  const name = String(issue.path[0]);
  const shown = isSecret(name) ? '' : `; it is '${String(env[name]).slice(0, 60)}'`;
  return `${name} ${issue.message}${shown}.`;
}

function isSecret(name: string): boolean {
  return /TOKEN|SECRET|KEY|SALT|HEADERS/.test(name);
}
