import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { BucketKind, Names } from './names.ts';

/** Says why a finding of cdk-nag is right as it is. The reason is for whoever reviews the deployment. */
export function acknowledge(construct: IConstruct, findings: Record<string, string>): void {
  for (const [rule, reason] of Object.entries(findings)) {
    Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}

/** Objects have no names of their own in a policy: what may be named is a prefix. */
export function acknowledgeObjects(
  construct: IConstruct,
  names: Names,
  bucket: BucketKind,
  prefixes: readonly string[],
  reason: string,
): void {
  for (const prefix of prefixes) {
    const arn = `arn:<AWS::Partition>:s3:::${names.prefix}-${bucket}-<AWS::AccountId>-<AWS::Region>/${prefix}*`;
    acknowledge(construct, {
      [`IAM5[Resource::${arn}]`]: `${reason}: the objects under '${prefix}' of one bucket.`,
    });
  }
}
