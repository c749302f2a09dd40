import { AppError } from '../domain/app-error.ts';

/** For the catch of one step of a batch: says which step failed, counted from 0. */
export function atStep(step: number): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, {
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      context: { ...error.context, step },
      cause: error,
    });
  };
}
