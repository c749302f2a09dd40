import { z } from 'zod';
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
  REDSHIFT_SLICES: wholeNumber(1, 512).optional(),
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

const CLOUD_SIGNS = ['REDSHIFT_WORKGROUP', 'S3_INGESTION_BUCKET', 'S3_LANDING_BUCKET'];

const NEEDED_IN_CLOUD: Record<string, string> = {
  AWS_REGION: 'the AWS region, such as eu-west-1',
  REDSHIFT_WORKGROUP: 'the name of the Redshift Serverless workgroup',
  REDSHIFT_COPY_ROLE_ARN: 'the role that Redshift reads the landing bucket with',
  S3_INGESTION_BUCKET: 'the bucket that files are put into',
  S3_LANDING_BUCKET: 'the bucket that checked files are loaded from',
};

/** What is right by itself but lacks a companion. */
export function missingTogether(env: Record<string, string>, forPipeline: boolean): string[] {
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

export function modeOf(env: Record<string, unknown>): 'local' | 'cloud' {
  if (env.PLUMBLINE_MODE === 'local' || env.PLUMBLINE_MODE === 'cloud') return env.PLUMBLINE_MODE;
  return CLOUD_SIGNS.some((name) => env[name]) ? 'cloud' : 'local';
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
