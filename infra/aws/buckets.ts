import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  ObjectLockRetention,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Keys } from './keys.ts';
import type { Names } from './names.ts';

export type DataBuckets = { ingestion: Bucket; landing: Bucket };

/**
 * Ingestion is where files are put; landing is what everything can be rebuilt from, so for 35 days nobody can remove a
 * version of its objects without a right of its own (`s3:BypassGovernanceRetention`, which no program has).
 */
export function addBuckets(scope: Construct, names: Names, keys: Keys): DataBuckets {
  const logs = new Bucket(scope, 'AccessLogs', {
    bucketName: names.bucket('access-logs'),
    // The log delivery service writes with no key of ours.
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    lifecycleRules: [{ id: 'a-year', expiration: Duration.days(365) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(logs, { S1: 'It holds the access logs of the other buckets; its own would never end.' });
  const common = {
    encryption: BucketEncryption.KMS,
    encryptionKey: keys.data,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    serverAccessLogsBucket: logs,
    removalPolicy: RemovalPolicy.RETAIN,
  };
  const unfinished = { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(2) };
  const ingestion = new Bucket(scope, 'Ingestion', {
    ...common,
    bucketName: names.bucket('ingestion'),
    serverAccessLogsPrefix: 'ingestion/',
    lifecycleRules: [
      unfinished,
      { id: 'archive-grows-cold', prefix: 'archive/', transitions: [cold(90)] },
      { id: 'replaced-versions', noncurrentVersionExpiration: Duration.days(90) },
    ],
  });
  // Said to CloudFormation itself: CDK would make a function that sets it.
  (ingestion.node.defaultChild as CfnBucket).notificationConfiguration = {
    eventBridgeConfiguration: { eventBridgeEnabled: true },
  };
  const landing = new Bucket(scope, 'Landing', {
    ...common,
    bucketName: names.bucket('landing'),
    serverAccessLogsPrefix: 'landing/',
    objectLockEnabled: true,
    objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(35)),
    lifecycleRules: [
      unfinished,
      { id: 'landed-files-grow-cold', prefix: 'landing/', transitions: [cold(90)] },
      { id: 'manifests', prefix: 'manifests/', expiration: Duration.days(7) },
      { id: 'replaced-versions', noncurrentVersionExpiration: Duration.days(90) },
    ],
  });
  return { ingestion, landing };
}

/** Read again at once when a run is run again, and a third of the price. */
function cold(days: number) {
  return { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(days) };
}
