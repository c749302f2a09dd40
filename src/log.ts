import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { destination, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * The program's logger: JSON lines to standard error, since standard output belongs to the commands' results,
 * or to a file. One child a request or run. Never rows, tokens or whole prompts at info.
 */
export function createLog(options: { level: string; file?: string }): Logger {
  if (options.file) mkdirSync(dirname(options.file), { recursive: true });
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['token', 'apiKey', 'secret', '*.token', '*.apiKey', '*.secret'],
        censor: '[kept back]',
      },
    },
    destination({ dest: options.file ?? 2, sync: true, append: true }),
  );
}
