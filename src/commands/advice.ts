import { sentenceFor } from '../domain/app-error.ts';

type Said = { name: string; message: string; code: string; region: string | undefined };

/**
 * What to do about a fault, for an operator: what AWS itself said is looked for below our own error. Never a secret, and
 * never only 'something went wrong'.
 */
export function adviceFor(thrown: unknown): string {
  for (const said of chainOf(thrown)) {
    const advice = RULES.find(({ fits }) => fits.test(`${said.name} ${said.code} ${said.message}`));
    if (advice) return advice.what(said);
  }
  return sentenceFor(thrown);
}

const RULES: { fits: RegExp; what: (said: Said) => string }[] = [
  {
    fits: /RequestTimeTooSkewed|Signature (expired|not yet current)|RequestExpired/i,
    what: () =>
      "This machine's clock is off by minutes, so AWS refuses what it signs. Set the clock (NTP), then try again.",
  },
  {
    fits: /ExpiredToken|token (included in the request )?(is|has) expired|credentials have expired/i,
    what: () =>
      'The AWS credentials have expired. Sign in again (`aws sso login`), or restart the task so that it gets new ones.',
  },
  {
    fits: /CredentialsProviderError|Could not load credentials|Missing credentials/i,
    what: () =>
      'No AWS credentials were found. In AWS give the task a role; elsewhere set AWS_PROFILE or sign in.',
  },
  {
    fits: /AccessDenied|not authorized to perform|UnauthorizedOperation/i,
    what: ({ message }) => missingRight(message),
  },
  {
    fits: /UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature/i,
    what: () =>
      'AWS does not know these credentials: the key is wrong or was deleted, or it belongs to another partition than AWS_REGION.',
  },
  {
    fits: /PermanentRedirect|AuthorizationHeaderMalformed|IncorrectEndpoint|the region '.*' is wrong|Moved Permanently/i,
    what: ({ region, message }) => {
      const right = region ?? /expecting '([a-z0-9-]+)'/.exec(message)?.[1];
      return `This is in another region than AWS_REGION says${right ? `: set AWS_REGION=${right}` : '. Set AWS_REGION to the region of the deployment'}.`;
    },
  },
  {
    fits: /Throttl|TooManyRequests|ProvisionedThroughputExceeded|SlowDown|ActiveStatementsExceeded|RequestLimitExceeded/i,
    what: () =>
      'AWS holds requests back (throttling). It passes by itself; if it lasts, raise the quota that the service names, or look at what asks so much (dashboard).',
  },
  {
    fits: /DatabaseConnection|workgroup.*(paused|not available)|usage limit/i,
    what: () =>
      'The workgroup refuses connections: it is paused, is being changed, or has used up its RPU hours of today (runbooks.md, warehouse-cost). See it in the Redshift console.',
  },
  {
    fits: /NoSuchBucket/i,
    what: () =>
      'There is no such bucket. Look at S3_INGESTION_BUCKET and S3_LANDING_BUCKET, and at AWS_REGION; or deploy the Data stack.',
  },
  {
    fits: /ResourceNotFound|Requested resource not found|workgroup.*not found/i,
    what: () =>
      'It is not there under this name. Look at REDSHIFT_WORKGROUP, DYNAMODB_TABLE_PREFIX and AWS_REGION; or deploy the Data stack.',
  },
  {
    fits: /password authentication failed|FATAL: *(user|role)/i,
    what: () =>
      'The login of the warehouse is not right: run the task `migrate`, which sets the passwords of the secrets in the warehouse.',
  },
  {
    fits: /permission denied for/i,
    what: ({ message }) =>
      `The login lacks a right in the warehouse (${message.slice(0, 120)}). Run the task \`migrate\`, which grants it.`,
  },
  {
    fits: /ENOTFOUND|EAI_AGAIN/,
    what: () =>
      'The name of the service is not found: AWS_REGION is misspelt, an endpoint setting is wrong, or there is no DNS.',
  },
  {
    fits: /ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|TimeoutError/,
    what: () =>
      'Nobody answers there: look at the security group, the VPC endpoint, the proxy, and at endpoint settings.',
  },
];

function missingRight(message: string): string {
  const action = /perform:? ([a-z0-9-]+:[A-Za-z*]+)/.exec(message)?.[1];
  const resource = /on resource:? (\S+)/.exec(message)?.[1];
  const what = action
    ? `The role may not do ${action}${resource ? ` on ${resource}` : ''}.`
    : 'The role lacks a right.';
  return `${what} Rights are in infra/aws/function-rights.ts; deploy, or use the role of the deployment. A key counts too: kms:Decrypt.`;
}

function* chainOf(thrown: unknown): Generator<Said> {
  for (
    let each = thrown as Partial<Error> & { cause?: unknown } & Record<string, unknown>, depth = 0;
    each && depth < 6;
    depth += 1
  ) {
    const region = each['Region'] ?? each['region'];
    const code = each['Code'] ?? each['code'];
    yield {
      name: String(each.name ?? ''),
      message: String(each.message ?? ''),
      code: typeof code === 'string' ? code : '',
      region: typeof region === 'string' ? region : undefined,
    };
    each = each.cause as typeof each;
  }
}
