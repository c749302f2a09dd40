import { AppError } from '../domain/app-error.ts';

/** The engine's own words become one of our codes; its message goes to `detail` only where it is about the SQL. */
export function duckdbError(message: string, cause?: unknown): AppError {
  const because = cause === undefined ? {} : { cause };
  if (/INTERRUPT|Interrupted/.test(message)) return new AppError('warehouse.cancelled', because);
  if (/No space left|ENOSPC|disk full|max_temp_directory_size/i.test(message))
    return new AppError('home.disk-full', because);
  if (/^Out of Memory|could not allocate|failed to (?:pin|allocate)/i.test(message))
    return new AppError('warehouse.too-large', {
      detail: 'It needs more memory than is allowed.',
      ...because,
    });
  if (/Could not set lock|Conflicting lock/i.test(message)) return new AppError('warehouse.locked', because);
  // The engine also names its read-only mode when the file to open is missing: a newer snapshot has taken its place.
  if (/^IO Error.*database does not exist/i.test(message))
    return new AppError('warehouse.unavailable', { context: { message: firstLine(message) }, ...because });
  if (/read-only mode|read only/i.test(message)) return new AppError('warehouse.write-refused', because);
  if (/^IO Error|corrupt|not a valid DuckDB/i.test(message))
    return new AppError('warehouse.unavailable', { context: { message: firstLine(message) }, ...because });
  return new AppError('warehouse.bad-statement', { detail: firstLine(message), ...because });
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).slice(0, 400);
}

/** Whatever the engine threw, as ours. */
export function engineError(error: unknown): never {
  if (error instanceof AppError) throw error;
  throw duckdbError(error instanceof Error ? error.message : String(error), error);
}

/** What the file system said while a snapshot was made or an object fetched. */
export function fileError(error: unknown): never {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('home.disk-full', { cause: error });
  if (error instanceof AppError) throw error;
  throw new AppError('warehouse.unavailable', { cause: error, context: { code } });
}
