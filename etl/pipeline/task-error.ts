import { z } from 'zod';
import { type AppError, sentenceFor, toAppError } from '../../src/domain/app-error.ts';

const Failure = z.object({ code: z.string(), sentence: z.string(), where: z.string().nullable() });
export type Failure = z.infer<typeof Failure>;

/** An error as a state machine knows it: its name is the code that retriers match, its message the failure as JSON. */
export function asTaskError(thrown: unknown): Error {
  const error = toAppError(thrown);
  const failure: Failure = { code: error.code, sentence: sentenceFor(error), where: whereOf(error) };
  const told = new Error(JSON.stringify(failure), { cause: thrown });
  told.name = error.code;
  return told;
}

/** Reads what a state machine caught: our own message, or one that a Lambda function wrapped once more. */
export function readFailure(caught: { Error: string; Cause: string }): Failure {
  const plain = parsed(caught.Cause);
  const ours = Failure.safeParse(plain);
  if (ours.success) return ours.data;
  const wrapped = z.object({ errorMessage: z.string() }).safeParse(plain);
  const inner = wrapped.success ? Failure.safeParse(parsed(wrapped.data.errorMessage)) : undefined;
  if (inner?.success) return inner.data;
  const sentence =
    caught.Error === 'States.Timeout'
      ? 'The stage took longer than it may and was stopped.'
      : sentenceFor(undefined);
  return { code: 'internal', sentence, where: null };
}

function whereOf(error: AppError): string | null {
  const file = error.context['file'];
  return typeof file === 'string' ? file : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
