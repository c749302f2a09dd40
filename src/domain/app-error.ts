/** Every fault that Plumbline knows, as a closed list: the compiler asks for one human sentence per code. */
export const ERROR_CODES = [
  'config.invalid',
  'home.locked',
  'home.disk-full',
  'warehouse.timed-out',
  'warehouse.cancelled',
  'warehouse.unavailable',
  'warehouse.throttled',
  'warehouse.locked',
  'warehouse.bad-statement',
  'warehouse.bad-parameter',
  'warehouse.too-large',
  'warehouse.write-refused',
  'warehouse.expired-result',
  'objects.not-found',
  'objects.unavailable',
  'objects.already-there',
  'records.unavailable',
  'records.conflict',
  'records.throttled',
  'events.unavailable',
  'source.unavailable',
  'source.refused',
  'source.changed',
  'extract.unknown',
  'extract.invalid-declaration',
  'feed.unknown',
  'feed.invalid-declaration',
  'file.vanished',
  'file.empty',
  'file.not-text',
  'file.unreadable',
  'file.too-large',
  'file.line-too-long',
  'file.missing-column',
  'file.wrong-encoding',
  'rows.refused',
  'rows.differ',
  'run.not-found',
  'run.in-progress',
  'pipeline.unavailable',
  'batch.not-found',
  'batch.already-undone',
  'batch.kept',
  'load.month-closed',
  'receipt.not-found',
  'model.unavailable',
  'model.bad-reply',
  'model.budget-spent',
  'question.not-vetted',
  'slack.unavailable',
  'slack.rejected',
  'topic.unavailable',
  'usage.wrong',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What is said to a person, before the particulars. */
export const ERROR_SENTENCES: Record<ErrorCode, string> = {
  'config.invalid': 'Some settings are wrong.',
  'home.locked': 'Another Plumbline is using this folder.',
  'home.disk-full': 'The disk is full. Nothing was changed; free some space and try again.',
  'warehouse.timed-out': 'The warehouse took too long and the query was stopped. Try a shorter period.',
  'warehouse.cancelled': 'The query was stopped.',
  'warehouse.unavailable': 'The warehouse cannot be reached right now. Try again in a minute.',
  'warehouse.throttled': 'The warehouse is busy. Try again in a minute.',
  'warehouse.locked': 'The warehouse is being written by another process. Try again when it has finished.',
  'warehouse.bad-statement': 'The warehouse refused a statement.',
  'warehouse.bad-parameter': 'A value could not be passed to the warehouse.',
  'warehouse.too-large': 'The result is too large. Narrow the question.',
  'warehouse.write-refused': 'This connection may only read.',
  'warehouse.expired-result': 'The result is no longer kept. Ask again.',
  'objects.not-found': 'The file is not there.',
  'objects.unavailable': 'The file store cannot be reached right now.',
  'objects.already-there': 'A file with this name is already there.',
  'records.unavailable': 'The record store cannot be reached right now. Try again in a minute.',
  'records.conflict': 'Somebody else changed this at the same moment. Try again.',
  'records.throttled': 'The record store is busy. Try again in a minute.',
  'events.unavailable': 'Events cannot be taken right now. Send them again in a minute.',
  'source.unavailable': 'The source database cannot be reached right now.',
  'source.refused': 'The source database refused to be read.',
  'source.changed': 'The source has changed so that it cannot be read as declared.',
  'extract.unknown': 'There is no such extract.',
  'extract.invalid-declaration': 'The declaration of the extract is wrong.',
  'feed.unknown': 'No feed is declared for this file.',
  'feed.invalid-declaration': 'The feed declaration is wrong.',
  'file.vanished': 'The file was gone before it could be read. Put it there again.',
  'file.empty': 'The file is empty.',
  'file.not-text': 'The file is not a text file with separated values.',
  'file.unreadable': 'The file could not be read.',
  'file.too-large': 'The file is larger than is allowed here.',
  'file.line-too-long': 'A line of the file is longer than is allowed, so this is probably not a table.',
  'file.missing-column': 'The file lacks a column that the feed needs.',
  'file.wrong-encoding': 'The file holds bytes that are not text in its encoding.',
  'rows.refused': 'Too many rows were refused, so nothing was loaded.',
  'rows.differ': 'What was staged is not what was read, so nothing was loaded.',
  'run.not-found': 'There is no such run.',
  'run.in-progress': 'This run is still going on.',
  'pipeline.unavailable': 'The pipeline cannot be started right now. It is started again by itself.',
  'batch.not-found': 'There is no such load batch.',
  'batch.already-undone': 'This load batch was undone before.',
  'batch.kept': 'This load batch cannot be taken back.',
  'load.month-closed':
    'A month of the books was closed while the file was being checked, so nothing of it was loaded. Run it again: what it has for that month will be named.',
  'receipt.not-found': 'There is no such receipt.',
  'model.unavailable': 'The language model cannot be reached right now.',
  'model.bad-reply': 'The language model gave a reply that could not be used.',
  'model.budget-spent': "Today's allowance for the language model is spent.",
  'question.not-vetted': 'The query was stopped by the guard.',
  'slack.unavailable': 'Slack cannot be reached right now.',
  'slack.rejected': 'Slack refused the message.',
  'topic.unavailable': 'A notice could not be sent outside of Slack right now.',
  'usage.wrong': 'The command was not understood.',
  internal: 'Something went wrong on our side. It was recorded.',
};

const RETRYABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'warehouse.unavailable',
  'warehouse.throttled',
  'warehouse.locked',
  'objects.unavailable',
  'records.unavailable',
  'records.throttled',
  'events.unavailable',
  'source.unavailable',
  'model.unavailable',
  'slack.unavailable',
  'topic.unavailable',
]);

export type AppErrorDetails = {
  /** Said to the person after the code's own sentence: where it happened and what to do. */
  detail?: string;
  /** For logs only; never rows, tokens or prompts. */
  context?: Record<string, unknown>;
  cause?: unknown;
  retryAfterMs?: number;
};

/** The one error class: no SDK's error leaves an adapter as anything else. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly context: Record<string, unknown>;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, details: AppErrorDetails = {}) {
    super(details.detail ? `${code}: ${details.detail}` : code, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = details.detail;
    this.context = details.context ?? {};
    this.retryable = RETRYABLE.has(code);
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** Whether this fault was thrown, and no other. */
export function hasCode(thrown: unknown, code: ErrorCode): thrown is AppError {
  return thrown instanceof AppError && thrown.code === code;
}

/** The whole sentence that a person may read about any thrown thing; never a raw message of a library. */
export function sentenceFor(thrown: unknown): string {
  if (!(thrown instanceof AppError)) return ERROR_SENTENCES.internal;
  const sentence = ERROR_SENTENCES[thrown.code];
  return thrown.detail ? `${sentence} ${thrown.detail}` : sentence;
}

/** The AppError inside whatever was thrown; anything unknown becomes `internal` with its cause. */
export function toAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError('internal', { cause: thrown });
}
