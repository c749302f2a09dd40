import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { destination, type Logger, pino } from 'pino';
import { followedInLog } from './adapters/plain-tracer.ts';

export type { Logger } from 'pino';

/**
 * The program's logger: JSON lines to standard error, since standard output belongs to the commands' results,
 * or to a file. Each line carries the number of the question or run it belongs to. Never rows, tokens or whole prompts at info.
 */
export function createLog(options: { level: string; file?: string }): Logger {
  if (options.file) mkdirSync(dirname(options.file), { recursive: true });
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // The number of the question or run at which it happens.
      mixin: followedInLog,
      redact: {
        paths: ['token', 'apiKey', 'secret', '*.token', '*.apiKey', '*.secret'],
        censor: '[kept back]',
      },
    },
    destination({ dest: options.file ?? 2, sync: true, append: true }),
  );
}
