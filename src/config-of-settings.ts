import { join, resolve } from 'node:path';
import type { Config } from './config.ts';
import { modeOf, type Settings } from './settings.ts';

export function configOf(settings: Settings): Config {
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
