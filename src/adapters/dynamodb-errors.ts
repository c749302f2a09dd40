import { AppError } from '../domain/app-error.ts';

const THROTTLED = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'LimitExceededException',
]);

/** Our own fault rather than the service's: trying again would not help. */
const OURS = new Set([
  'ValidationException',
  'SerializationException',
  'ItemCollectionSizeLimitExceededException',
]);

export function isConditionFailed(thrown: unknown): boolean {
  return nameOf(thrown) === 'ConditionalCheckFailedException';
}

/** Runs one call on the record store; what it throws is an AppError. A failed condition becomes records.conflict. */
export async function onRecords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asRecordsError(error);
  }
}

function asRecordsError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const name = nameOf(thrown);
  const context = { service: 'dynamodb', error: name };
  if (isConditionFailed(thrown)) return new AppError('records.conflict', { cause: thrown, context });
  if (THROTTLED.has(name)) return new AppError('records.throttled', { cause: thrown, context });
  if (OURS.has(name)) return new AppError('internal', { cause: thrown, context });
  if (name === 'ResourceNotFoundException') {
    const detail = 'A table is missing: deploy the tables, or check DYNAMODB_TABLE_PREFIX and AWS_REGION.';
    return new AppError('records.unavailable', { cause: thrown, context, detail });
  }
  if (/AccessDenied|UnrecognizedClient|InvalidSignature|ExpiredToken|CredentialsProvider/.test(name)) {
    const detail = 'AWS did not accept the credentials, or they lack the right.';
    return new AppError('records.unavailable', { cause: thrown, context, detail });
  }
  return new AppError('records.unavailable', { cause: thrown, context });
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}
