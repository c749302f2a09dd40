import { AppError, hasCode } from '../domain/app-error.ts';

/** Why the guard said no, for machines. */
const REFUSAL_CODES = [
  'empty',
  'too-long',
  'too-deep',
  'character',
  'comment',
  'string',
  'several-statements',
  'not-a-select',
  'writes',
  'syntax',
  'not-allowed-here',
  'recursion',
  'function',
  'type',
  'unknown-table',
  'not-permitted',
  'unknown-column',
  'private-column',
  'whole-row',
  'parameter',
  'second-opinion',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A refusal on its way up to the guard, which makes it a value. `reason` is a whole sentence. */
export function refusal(code: RefusalCode, reason: string): AppError {
  return new AppError('question.not-vetted', { detail: reason, context: { refusal: code } });
}

export function readRefusal(thrown: unknown): { code: RefusalCode; reason: string } | undefined {
  if (!hasCode(thrown, 'question.not-vetted')) return undefined;
  const code = REFUSAL_CODES.find((known) => known === thrown.context['refusal']);
  return code ? { code, reason: thrown.detail ?? 'The guard stopped this query.' } : undefined;
}
