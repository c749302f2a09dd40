import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { AppError } from './domain/app-error.ts';
import { isDay } from './domain/day.ts';

const text = z.string().optional();
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be a whole address such as https://example.com' });
const bucketName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{1,62}$/, 'must be 2 to 63 lower-case letters, digits, dots and hyphens');
const dollars = z.string().regex(/^\d+(\.\d+)?$/, 'must be an amount in US dollars such as 2.50');
const wholeNumber = (least: number, most: number) =>
  z.coerce
    .number(`must be a whole number from ${least} to ${most}`)
    .refine((value) => Number.isInteger(value) && value >= least && value <= most, {
      error: `must be a whole number from ${least} to ${most}`,
    });

/** Every setting that Plumbline reads, by its name in the environment. `.env.example` has a comment for each. */
export const Settings = z.object({
  PLUMBLINE_MODE: z.enum(['local', 'cloud'], 'must be local or cloud').optional(),
  /** JSON: settings that functions of AWS fetch from Secrets Manager when they start, as `ARN#field`. */
  PLUMBLINE_SECRETS: text,
  PLUMBLINE_HOME: z.string().default('.plumbline'),
  PLUMBLINE_PORT: wholeNumber(0, 65_535).default(4040),
  PLUMBLINE_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone such as Europe/London')
    .default('UTC'),
  PLUMBLINE_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be three capital letters such as GBP')
    .default('USD'),
  PLUMBLINE_TODAY: z.string().refine(isDay, 'must be a day as YYYY-MM-DD').optional(),
  PLUMBLINE_POLICY: text,
  PLUMBLINE_MASK_SALT: z.string().min(16, 'must have at least 16 letters').optional(),
  PLUMBLINE_FEEDS: text,
  PLUMBLINE_EXTRACTS: text,
  PLUMBLINE_LEDGER: text,
  PLUMBLINE_PLANNER: z.enum(['auto', 'offline', 'openai'], 'must be auto, offline or openai').default('auto'),
  PLUMBLINE_WORDING: z.enum(['auto', 'offline'], 'must be auto or offline').default('auto'),
  NOTICE_CHANNEL: z.string().default('data-runs'),
  ALERT_CHANNEL: z.string().default('data-owners'),
  UPLOAD_CHANNELS: z.string().default('finance'),
  UPLOAD_WAIT_HOURS: wholeNumber(1, 720).default(24),
  UPLOAD_KEEP_DAYS: wholeNumber(31, 36_500).default(400),
  NOTICE_TOPIC_ARN: z.string().startsWith('arn:', 'must be the ARN of an SNS topic').optional(),
  RUN_LOG_LINK: httpUrl.optional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),

  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must start with xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must start with xapp-').optional(),
  SLACK_SIGNING_SECRET: text,
  SLACK_API_URL: httpUrl.optional(),

  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: httpUrl.optional(),
  OPENAI_MODEL: z.string().default('gpt-5-mini'),
  OPENAI_DAILY_BUDGET_USD: dollars.default('5'),
  PERSON_DAILY_BUDGET_USD: dollars.default('1'),
  PERSON_DAILY_QUESTIONS: wholeNumber(1, 100_000).default(200),
  MINUTES_PER_ANSWER: wholeNumber(0, 480).default(15),
  AUDIT_KEEP_DAYS: wholeNumber(0, 36_500).default(730),
  HOLD_BELOW_PERCENT: wholeNumber(0, 100).default(0),
  ASK_ABOVE_ROWS: wholeNumber(1, 1_000_000_000_000).default(100_000_000),

  EVENTS_PORT: wholeNumber(0, 65_535).optional(),
  EVENTS_API_KEY: z.string().min(16, 'must have at least 16 letters').optional(),
  EVENTS_STREAM: text,
  KINESIS_ENDPOINT: httpUrl.optional(),

  AWS_REGION: text,
  REDSHIFT_WORKGROUP: text,
  REDSHIFT_DATABASE: z.string().default('plumbline'),
  REDSHIFT_SECRET_ARN: text,
  REDSHIFT_READER_SECRET_ARN: text,
  REDSHIFT_OWNER_SECRET_ARN: text,
  REDSHIFT_COPY_ROLE_ARN: text,
  REDSHIFT_ENDPOINT: httpUrl.optional(),
  REDSHIFT_SLICES: wholeNumber(1, 64).default(8),
  SNS_ENDPOINT: httpUrl.optional(),
  DYNAMODB_ENDPOINT: httpUrl.optional(),
  DYNAMODB_TABLE_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{0,60}$/, 'must be letters, digits, dots, hyphens and underscores')
    .default('plumbline-'),
  S3_ENDPOINT: httpUrl.optional(),
  S3_INGESTION_BUCKET: bucketName.optional(),
  S3_LANDING_BUCKET: bucketName.optional(),
  PIPELINE_STATE_MACHINE_ARN: text,
  PIPELINE_ACTIVITY_ARNS: z
    .string()
    .default('{}')
    .transform((given, context) => {
      try {
        return z.record(z.string(), z.string()).parse(JSON.parse(given));
      } catch {
        context.addIssue('must be JSON such as {"Load": "arn:..."}');
        return z.NEVER;
      }
    }),
  STEP_FUNCTIONS_ENDPOINT: httpUrl.optional(),
  HEALTH_PORT: wholeNumber(0, 65_535).optional(),
  METRICS_NAMESPACE: text,
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: text,
  OTEL_SERVICE_NAME: z.string().default('plumbline'),
});
export type Settings = z.infer<typeof Settings>;

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
        /** How many files of a load are read at once. */
        slices: number;
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
  return toConfig(settings);
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

const CLOUD_SIGNS = ['REDSHIFT_WORKGROUP', 'S3_INGESTION_BUCKET', 'S3_LANDING_BUCKET'];

const NEEDED_IN_CLOUD: Record<string, string> = {
  AWS_REGION: 'the AWS region, such as eu-west-1',
  REDSHIFT_WORKGROUP: 'the name of the Redshift Serverless workgroup',
  REDSHIFT_COPY_ROLE_ARN: 'the role that Redshift reads the landing bucket with',
  S3_INGESTION_BUCKET: 'the bucket that files are put into',
  S3_LANDING_BUCKET: 'the bucket that checked files are loaded from',
};

/** What is right by itself but lacks a companion. */
function missingTogether(env: Record<string, string>, forPipeline: boolean): string[] {
  const problems: string[] = [];
  if (modeOf(env) === 'cloud') {
    for (const [name, what] of Object.entries(NEEDED_IN_CLOUD)) {
      if (!env[name])
        problems.push(`${name} is not set: ${what}. Or set PLUMBLINE_MODE=local to run on this machine.`);
    }
    if (!env['PLUMBLINE_MASK_SALT'] && !forPipeline)
      problems.push(
        'PLUMBLINE_MASK_SALT is not set: a secret of at least 16 letters that masks of personal data are made with. Choose it once and keep it: another one gives every person another mask.',
      );
  }
  const slack = Boolean(env.SLACK_APP_TOKEN ?? env.SLACK_SIGNING_SECRET);
  if (slack && !env.SLACK_BOT_TOKEN) {
    problems.push(
      'SLACK_BOT_TOKEN is not set: the bot token (xoxb-...) that goes with the other Slack settings.',
    );
  }
  if (env.SLACK_BOT_TOKEN && !slack) {
    problems.push(
      'SLACK_APP_TOKEN is not set: the app token (xapp-...) for socket mode. Or set SLACK_SIGNING_SECRET for HTTP.',
    );
  }
  if (env.PLUMBLINE_PLANNER === 'openai' && !env.OPENAI_API_KEY) {
    problems.push(
      'OPENAI_API_KEY is not set: PLUMBLINE_PLANNER=openai needs it. Or set PLUMBLINE_PLANNER=auto.',
    );
  }
  return problems;
}

function modeOf(env: Record<string, unknown>): 'local' | 'cloud' {
  if (env.PLUMBLINE_MODE === 'local' || env.PLUMBLINE_MODE === 'cloud') return env.PLUMBLINE_MODE;
  return CLOUD_SIGNS.some((name) => env[name]) ? 'cloud' : 'local';
}

function toConfig(settings: Settings): Config {
  const mode = modeOf(settings);
  const home = resolve(settings.PLUMBLINE_HOME);
  return {
    mode,
    home,
    port: settings.PLUMBLINE_PORT,
    timeZone: settings.PLUMBLINE_TIME_ZONE,
    currency: settings.PLUMBLINE_CURRENCY,
    today: settings.PLUMBLINE_TODAY,
    logLevel: settings.LOG_LEVEL,
    policyFile: settings.PLUMBLINE_POLICY,
    maskSalt: settings.PLUMBLINE_MASK_SALT,
    feedsFile: settings.PLUMBLINE_FEEDS,
    extractsFolder: settings.PLUMBLINE_EXTRACTS,
    ledgerFile: settings.PLUMBLINE_LEDGER,
    planner: settings.PLUMBLINE_PLANNER,
    wording: settings.PLUMBLINE_WORDING,
    auditKeepDays: settings.AUDIT_KEEP_DAYS,
    noticeChannel: settings.NOTICE_CHANNEL,
    alertChannel: settings.ALERT_CHANNEL,
    uploads: {
      channels: settings.UPLOAD_CHANNELS.split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
      waitHours: settings.UPLOAD_WAIT_HOURS,
      keepDays: settings.UPLOAD_KEEP_DAYS,
    },
    minutesPerAnswer: settings.MINUTES_PER_ANSWER,
    noticeTopicArn: settings.NOTICE_TOPIC_ARN,
    runLogLink: settings.RUN_LOG_LINK,
    snsEndpoint: settings.SNS_ENDPOINT,
    awsRegion: settings.AWS_REGION,
    ...(mode === 'cloud' ? cloudParts(settings) : localParts(settings, home)),
    slack: slackOf(settings),
    events: {
      port: settings.EVENTS_PORT ?? (settings.PLUMBLINE_PORT === 0 ? 0 : undefined),
      apiKey: settings.EVENTS_API_KEY,
      stream: settings.EVENTS_STREAM,
      endpoint: settings.KINESIS_ENDPOINT,
    },
    model: settings.OPENAI_API_KEY
      ? { apiKey: settings.OPENAI_API_KEY, baseUrl: settings.OPENAI_BASE_URL, name: settings.OPENAI_MODEL }
      : undefined,
    pipeline: settings.PIPELINE_STATE_MACHINE_ARN
      ? {
          stateMachineArn: settings.PIPELINE_STATE_MACHINE_ARN,
          activityArns: settings.PIPELINE_ACTIVITY_ARNS,
          endpoint: settings.STEP_FUNCTIONS_ENDPOINT,
        }
      : undefined,
    healthPort: settings.HEALTH_PORT,
    metricsNamespace: settings.METRICS_NAMESPACE,
    traces: settings.OTEL_EXPORTER_OTLP_ENDPOINT
      ? {
          endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
          headers: pairsOf(settings.OTEL_EXPORTER_OTLP_HEADERS),
          service: settings.OTEL_SERVICE_NAME,
        }
      : undefined,
    limits: {
      modelPerDayUsd: settings.OPENAI_DAILY_BUDGET_USD,
      personPerDayUsd: settings.PERSON_DAILY_BUDGET_USD,
      questionsPerPersonPerDay: settings.PERSON_DAILY_QUESTIONS,
      askAboveRows: settings.ASK_ABOVE_ROWS,
      holdBelow: settings.HOLD_BELOW_PERCENT / 100,
    },
  };
}

/** 'name=value,other=value', as OpenTelemetry writes headers. */
function pairsOf(text: string | undefined): Record<string, string> {
  const pairs = (text ?? '').split(',').map((pair) => pair.split(/=(.*)/s));
  return Object.fromEntries(
    pairs.flatMap(([name = '', value]) => (name.trim() && value ? [[name.trim(), value.trim()]] : [])),
  );
}

type Parts = Pick<Config, 'warehouse' | 'records' | 'objects'>;

function localParts(settings: Settings, home: string): Parts {
  const buckets = { ingestion: 'ingestion', landing: 'landing' };
  const tablePrefix = settings.DYNAMODB_TABLE_PREFIX;
  return {
    warehouse: { kind: 'embedded', folder: join(home, 'warehouse') },
    records: { kind: 'embedded', folder: join(home, 'dynamodb'), tablePrefix },
    objects: { kind: 'disk', folder: join(home, 'objects'), buckets },
  };
}

/** `missingTogether` has made sure that all of these are there. */
function cloudParts(settings: Settings): Parts {
  const region = settings.AWS_REGION ?? '';
  return {
    warehouse: {
      kind: 'redshift',
      region,
      workgroup: settings.REDSHIFT_WORKGROUP ?? '',
      database: settings.REDSHIFT_DATABASE,
      secretArn: settings.REDSHIFT_SECRET_ARN,
      readerSecretArn: settings.REDSHIFT_READER_SECRET_ARN,
      ownerSecretArn: settings.REDSHIFT_OWNER_SECRET_ARN,
      copyRoleArn: settings.REDSHIFT_COPY_ROLE_ARN ?? '',
      endpoint: settings.REDSHIFT_ENDPOINT,
      slices: settings.REDSHIFT_SLICES,
    },
    records: {
      kind: 'dynamodb',
      region,
      endpoint: settings.DYNAMODB_ENDPOINT,
      tablePrefix: settings.DYNAMODB_TABLE_PREFIX,
    },
    objects: {
      kind: 's3',
      region,
      endpoint: settings.S3_ENDPOINT,
      buckets: { ingestion: settings.S3_INGESTION_BUCKET ?? '', landing: settings.S3_LANDING_BUCKET ?? '' },
    },
  };
}

function slackOf(settings: Settings): Config['slack'] {
  const { SLACK_BOT_TOKEN: botToken, SLACK_API_URL: apiUrl } = settings;
  if (!botToken) return { kind: 'local' };
  if (settings.SLACK_APP_TOKEN)
    return { kind: 'socket', botToken, appToken: settings.SLACK_APP_TOKEN, apiUrl };
  return { kind: 'http', botToken, signingSecret: settings.SLACK_SIGNING_SECRET ?? '', apiUrl };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
