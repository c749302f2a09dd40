import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Keys } from './keys.ts';
import { pascal } from './log-group.ts';
import type { Names } from './names.ts';

/** Settings that are secrets: whoever deploys puts the values in once (see README.md). A name is a setting's name. */
export const GIVEN_SECRETS = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'OPENAI_API_KEY'] as const;

export type AppSecrets = {
  /** What the operator gives: JSON with the names of `GIVEN_SECRETS`. */
  given: Secret;
  /** Made once and never changed: with another one, the masks of all people change. */
  maskSalt: Secret;
  /** Login that owns the schema; only migrations use it. */
  owner: Secret;
  /** Login of the pipelines: user name and password as Redshift wants them. */
  loader: Secret;
  /** Login of the questions: reads the policy schemas and nothing else. */
  reader: Secret;
};

export function addAppSecrets(scope: Construct, names: Names, keys: Keys): AppSecrets {
  const common = { encryptionKey: keys.data, removalPolicy: RemovalPolicy.RETAIN };
  const given = new Secret(scope, 'GivenSecret', {
    ...common,
    secretName: names.secret('given'),
    description: 'Slack tokens and the key of the language model, put in by the operator',
    secretObjectValue: Object.fromEntries(
      GIVEN_SECRETS.map((name) => [name, SecretValue.unsafePlainText('')]),
    ),
  });
  acknowledge(given, {
    SMG4: 'Slack and the language model give these values out; the runbook says how an operator rotates them.',
  });
  const maskSalt = new Secret(scope, 'MaskSalt', {
    ...common,
    secretName: names.secret('mask-salt'),
    description: 'Mixed into the masks of personal data',
    generateSecretString: { passwordLength: 48, excludePunctuation: true },
  });
  acknowledge(maskSalt, {
    SMG4: 'Another salt gives every person another mask, so saved questions would no longer find them.',
  });
  return {
    given,
    maskSalt,
    owner: login(scope, 'owner', names, common),
    loader: login(scope, 'loader', names, common),
    reader: login(scope, 'reader', names, common),
  };
}

function login(
  scope: Construct,
  who: 'owner' | 'loader' | 'reader',
  names: Names,
  common: { encryptionKey: Keys['data']; removalPolicy: RemovalPolicy },
): Secret {
  const secret = new Secret(scope, `${pascal(who)}Login`, {
    ...common,
    secretName: names.secret(`redshift-${who}`),
    description: `Login of plumbline_${who} in the warehouse`,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ username: `plumbline_${who}` }),
      generateStringKey: 'password',
      passwordLength: 48,
      excludePunctuation: true,
    },
  });
  acknowledge(secret, {
    SMG4: 'A new password is set in the warehouse too by the next `warehouse migrate` of the delivery (runbooks.md); Secrets Manager has no rotation of its own for Redshift Serverless.',
  });
  return secret;
}
