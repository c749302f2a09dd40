#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { addAskingCommands } from './cli-asking.ts';
import { addFeedingCommands } from './cli-feeding.ts';
import { addRunningCommands } from './cli-running.ts';
import { AppError, sentenceFor } from './domain/app-error.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** Exit codes: 0 done (also for an honest refusal), 2 wrong use, 1 a fault. */
async function main(argv: string[]): Promise<number> {
  const program = new Command('plumbline')
    .description('Answers about the business that people can check.')
    .exitOverride();
  addAskingCommands(program);
  addFeedingCommands(program);
  addRunningCommands(program);
  try {
    await program.parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${sentenceFor(thrown)}\n`);
    if (isFault(thrown)) process.stderr.write(faultText(thrown));
    return thrown instanceof AppError && (thrown.code === 'usage.wrong' || thrown.code === 'config.invalid')
      ? 2
      : 1;
  }
}

function isFault(thrown: unknown): boolean {
  return !(thrown instanceof AppError) || thrown.code === 'internal';
}

/** One line for people; where it happened in the code only for those who ask for it with LOG_LEVEL=debug. */
function faultText(thrown: unknown): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const detailed = ['debug', 'trace'].includes(process.env['LOG_LEVEL'] ?? '');
  return detailed
    ? `${error.stack ?? error.message}\n`
    : `${error.message.split('\n')[0]} (LOG_LEVEL=debug shows more)\n`;
}

/** A slow reader of a pipe takes what was written bit by bit; to exit before would cut it off. */
async function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return;
  await new Promise<void>((resolve) => {
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });
}

const code = await main(process.argv);
await Promise.all([drained(process.stdout), drained(process.stderr)]);
process.exit(code);
