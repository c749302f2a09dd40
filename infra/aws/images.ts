import { RemovalPolicy } from 'aws-cdk-lib';
import { Repository, RepositoryEncryption, TagMutability } from 'aws-cdk-lib/aws-ecr';
import type { Construct } from 'constructs';
import type { Keys } from './keys.ts';
import type { Names } from './names.ts';

/** One image for the bot and the workers; a tag is a commit and never means another image. */
export function addRepository(scope: Construct, names: Names, keys: Keys): Repository {
  return new Repository(scope, 'Images', {
    repositoryName: names.repository,
    imageTagMutability: TagMutability.IMMUTABLE,
    imageScanOnPush: true,
    encryption: RepositoryEncryption.KMS,
    encryptionKey: keys.data,
    lifecycleRules: [{ description: 'Enough to roll back far', maxImageCount: 50 }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
