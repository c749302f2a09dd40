import { AppError } from '../domain/app-error.ts';
import { ObjectRef } from '../domain/object-ref.ts';

/** Nothing but a proper bucket and key comes near a path or an address. Throws `internal`. */
export function checkedRef(ref: ObjectRef): ObjectRef {
  const checked = ObjectRef.safeParse(ref);
  if (!checked.success)
    throw new AppError('internal', { detail: 'This is not a name that a file can have.' });
  return checked.data;
}

export function checkedBucket(bucket: string): string {
  return checkedRef({ bucket, key: 'any' }).bucket;
}

export function notFound(ref: ObjectRef, cause?: unknown): AppError {
  return new AppError('objects.not-found', { detail: `${ref.bucket}/${ref.key}`, cause });
}

export function alreadyThere(ref: ObjectRef, cause?: unknown): AppError {
  return new AppError('objects.already-there', { detail: `${ref.bucket}/${ref.key}`, cause });
}

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What a file operation threw, as an AppError. */
export function asDiskError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = codeOf(thrown);
  if (code && DISK_FULL.has(code))
    return new AppError('home.disk-full', { cause: thrown, context: { code } });
  return new AppError('objects.unavailable', { cause: thrown, context: { code } });
}

export function codeOf(thrown: unknown): string | undefined {
  const code = (thrown as { code?: unknown } | undefined | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
