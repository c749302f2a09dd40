import { Aws } from 'aws-cdk-lib';
import type { Settings } from '../../src/config.ts';
import type { DataStack } from './data-stack.ts';
import type { Deployment } from './deployment.ts';
import type { Names } from './names.ts';

type SettingName = keyof Settings;

/** Settings of `src/config.ts` that a deployment leaves as they are, and why. A test holds that none is forgotten. */
export const LEFT_OUT: Partial<Record<SettingName, string>> = {
  PLUMBLINE_TODAY: 'fixes the clock, for tests',
  PLUMBLINE_PORT: 'the port of the page on one machine and of Slack over HTTP; the bot uses the socket',
  SLACK_SIGNING_SECRET: 'for Slack over HTTP',
  SLACK_API_URL: 'for tests',
  OPENAI_BASE_URL: 'for another server than OpenAI; set it in program-settings.ts if you have one',
  OPENAI_MODEL: 'the default',
  OPENAI_DAILY_BUDGET_USD: 'the default',
  PERSON_DAILY_BUDGET_USD: 'the default',
  PERSON_DAILY_QUESTIONS: 'the default',
  PLUMBLINE_PLANNER: 'the default',
  PLUMBLINE_POLICY: 'the image has the policy of the repository',
  PLUMBLINE_FEEDS: 'the image has the feeds of the repository',
  REDSHIFT_OWNER_SECRET_ARN: 'for the task that migrates alone',
  PIPELINE_ACTIVITY_ARNS: 'for the workers alone',
  HEALTH_PORT: 'for containers alone',
  PLUMBLINE_SECRETS: 'for functions alone',
  STEP_FUNCTIONS_ENDPOINT: 'for tests',
  EVENTS_PORT: 'API Gateway is the door',
  EVENTS_API_KEY: 'API Gateway holds the keys of senders',
  KINESIS_ENDPOINT: 'for tests',
  REDSHIFT_ENDPOINT: 'for tests',
  DYNAMODB_ENDPOINT: 'for tests',
  S3_ENDPOINT: 'for tests',
};

/** What every program of the deployment reads from its environment, but for secrets. */
export function programSettings(
  names: Names,
  data: DataStack,
  deployment: Deployment,
  stateMachineArn: string,
): Partial<Record<SettingName, string>> {
  return {
    PLUMBLINE_MODE: 'cloud',
    PLUMBLINE_HOME: '/tmp/plumbline',
    PLUMBLINE_TIME_ZONE: deployment.timeZone,
    PLUMBLINE_CURRENCY: deployment.currency,
    NOTICE_CHANNEL: deployment.noticeChannel,
    LOG_LEVEL: 'info',
    AWS_REGION: Aws.REGION,
    REDSHIFT_WORKGROUP: names.workgroup,
    REDSHIFT_DATABASE: names.database,
    REDSHIFT_SECRET_ARN: data.secrets.loader.secretArn,
    REDSHIFT_READER_SECRET_ARN: data.secrets.reader.secretArn,
    REDSHIFT_COPY_ROLE_ARN: data.warehouse.copyRole.roleArn,
    DYNAMODB_TABLE_PREFIX: names.tablePrefix,
    S3_INGESTION_BUCKET: data.buckets.ingestion.bucketName,
    S3_LANDING_BUCKET: data.buckets.landing.bucketName,
    EVENTS_STREAM: names.stream,
    PIPELINE_STATE_MACHINE_ARN: stateMachineArn,
    METRICS_NAMESPACE: names.metrics,
  };
}

/** Settings that come from secrets. A container gets them when it starts; a function fetches them when it does. */
export function secretSettings(
  data: DataStack,
): Partial<Record<SettingName, { secretArn: string; field?: string }>> {
  const given = data.secrets.given.secretArn;
  return {
    SLACK_BOT_TOKEN: { secretArn: given, field: 'SLACK_BOT_TOKEN' },
    SLACK_APP_TOKEN: { secretArn: given, field: 'SLACK_APP_TOKEN' },
    OPENAI_API_KEY: { secretArn: given, field: 'OPENAI_API_KEY' },
    PLUMBLINE_MASK_SALT: { secretArn: data.secrets.maskSalt.secretArn },
  };
}
