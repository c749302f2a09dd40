import { AppError, sentenceFor, toAppError } from '../domain/app-error.ts';
import type { Logger } from '../log.ts';

/**
 * The one catch of the people's side: whatever goes wrong in `work` is recorded, and said to the person by `tell` as
 * a sentence. When even that fails, it is recorded.
 */
export async function endingInASentence(
  work: () => Promise<void>,
  tell: (sentence: string) => Promise<unknown>,
  log: Logger,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    const error = toAppError(thrown);
    log.error({ err: error, code: error.code, about: error.context }, 'what a person asked for failed');
    await tell(sentenceFor(thrown)).catch((second: unknown) =>
      log.error(
        { err: toAppError(second), about: second instanceof AppError ? second.context : {} },
        'and the person could not be told',
      ),
    );
  }
}

/** Something that may fail without harm to the answer: recorded, not waited for. */
export function aside(work: Promise<unknown>, log: Logger, what: string): void {
  work.catch((error: unknown) => log.warn({ err: toAppError(error) }, what));
}
