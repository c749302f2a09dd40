import { AppError, sentenceFor, toAppError } from '../domain/app-error.ts';
import type { Logger } from '../log.ts';

/**
 * The one catch of the people's side: whatever goes wrong in `work` is recorded, and said to the person by `tell` as
 * a sentence. When even that fails, it is recorded. True when the person has something in hand.
 */
export async function endingInASentence(
  work: () => Promise<void>,
  tell: (sentence: string) => Promise<unknown>,
  log: Logger,
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (thrown) {
    const error = toAppError(thrown);
    log.error({ err: error, code: error.code, about: error.context }, 'what a person asked for failed');
    return tell(sentenceFor(thrown)).then(
      () => true,
      (second: unknown) => {
        const about = second instanceof AppError ? second.context : {};
        log.error({ err: toAppError(second), about }, 'and the person could not be told');
        return false;
      },
    );
  }
}

/** Something that may fail without harm to the answer: recorded, not waited for. */
export function aside(work: Promise<unknown>, log: Logger, what: string): void {
  work.catch((error: unknown) => log.warn({ err: toAppError(error) }, what));
}
