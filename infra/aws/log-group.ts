import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import type { Keys } from './keys.ts';
import type { Names } from './names.ts';

/** Encrypted and kept for the time that the deployment says; never for ever. */
export function logGroup(
  scope: Construct,
  part: string,
  names: Names,
  keys: Pick<Keys, 'logs'>,
  deployment: Deployment,
): LogGroup {
  return new LogGroup(scope, `${pascal(part)}Log`, {
    logGroupName: names.logGroup(part),
    retention: deployment.logRetentionDays as RetentionDays,
    encryptionKey: keys.logs,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

export function pascal(name: string): string {
  return name.replace(/(^|[-_/])(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}
