import { AppError, type ErrorCode } from '../domain/app-error.ts';

/** What a call to the Data API threw, as one of our codes. */
export function dataApiError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { name = '', message = '' } = error as { name?: string; message?: string };
  const is = (code: ErrorCode, detail?: string) =>
    new AppError(code, { cause: error, context: { name }, ...(detail ? { detail } : {}) });
  switch (name) {
    case 'AbortError':
      return is('warehouse.cancelled');
    case 'ThrottlingException':
    case 'TooManyRequestsException':
    case 'ActiveStatementsExceededException':
    case 'ActiveSessionsExceededException':
    case 'ActiveWaitingRequestsExceededException':
      return is('warehouse.throttled');
    case 'QueryTimeoutException':
      return is('warehouse.timed-out');
    case 'DatabaseConnectionException':
      return is('warehouse.unavailable', 'Redshift refuses connections; the workgroup may be paused.');
    case 'ResourceNotFoundException':
      return is('warehouse.expired-result');
    case 'ValidationException':
      return /token|credential/i.test(message)
        ? is('warehouse.unavailable', firstLine(message))
        : is('warehouse.bad-statement', firstLine(message));
    case 'AccessDeniedException':
    case 'ExpiredTokenException':
    case 'UnrecognizedClientException':
    case 'CredentialsProviderError':
      return is('warehouse.unavailable', 'AWS refused our credentials; run `plumbline doctor`.');
    default:
      return is('warehouse.unavailable');
  }
}

/** What a statement that ended FAILED or ABORTED said. */
export function statementError(status: string, message: string): AppError {
  const context = { status };
  if (status === 'ABORTED') return new AppError('warehouse.cancelled', { context });
  const is = (code: ErrorCode) => new AppError(code, { detail: firstLine(message), context });
  if (/statement timeout|query timeout|abort.*timeout/i.test(message))
    return new AppError('warehouse.timed-out', { context });
  if (/cancel+ed on user|canceling statement/i.test(message)) return is('warehouse.cancelled');
  if (/permission denied|read.only/i.test(message)) return is('warehouse.write-refused');
  if (/serializable isolation|deadlock|conflict/i.test(message)) return is('warehouse.locked');
  if (/result.*(?:exceed|too large)|disk full/i.test(message)) return is('warehouse.too-large');
  if (/connection|terminat/i.test(message) && !/syntax/i.test(message)) return is('warehouse.unavailable');
  return is('warehouse.bad-statement');
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/^ERROR:\s*/, '').slice(0, 400);
}
