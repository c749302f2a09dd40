import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../domain/app-error.ts';
import type { FactTopic } from '../ports/fact-topic.ts';

/** On one machine: a line of JSON a fact, at the end of a file. */
export function fileFactTopic(options: { file: string; now: () => Date }): FactTopic {
  return {
    async publish(fact) {
      try {
        await mkdir(dirname(options.file), { recursive: true });
        await appendFile(options.file, `${JSON.stringify({ at: options.now().toISOString(), ...fact })}\n`);
      } catch (cause) {
        throw new AppError('topic.unavailable', { cause });
      }
    },
  };
}
