import { Aws } from 'aws-cdk-lib';
import type { Settings } from '../../src/settings.ts';
import type { DataStack } from './data-stack.ts';
import type { Deployment } from './deployment.ts';
import type { Names } from './names.ts';

type SettingName = keyof Settings;

/** What every program of the deployment reads from its environment, but for secrets. Others are chosen as `settings`. */
export function programSettings(
  names: Names,
  data: DataStack,
  deployment: Deployment,
  stateMachineArn: string,
): Partial<Record<SettingName, string>> {
  return {
    ...deployment.settings,
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
    NOTICE_TOPIC_ARN: names.factsTopicArn,
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
