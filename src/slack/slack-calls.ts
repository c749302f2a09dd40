import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { AppError, hasCode } from '../domain/app-error.ts';
import type { Block } from './block.ts';

const REFUSED_BLOCKS = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'invalid_attachments',
]);
const NEWER_BLOCKS = new Set(['data_table', 'data_visualization', 'context_actions']);

/**
 * A workspace that does not know the newer blocks gets the message without them, and one that refuses the others, too,
 * gets the text alone: an answer that is plain is better than none.
 */
export async function withBlocks<T>(blocks: Block[], send: (blocks: Block[]) => Promise<T>): Promise<T> {
  const older = blocks.filter((block) => !NEWER_BLOCKS.has(block.type));
  for (const fewer of [blocks, older])
    try {
      return await calling(() => send(fewer));
    } catch (error) {
      if (!REFUSED_BLOCKS.has(slackErrorName(error) ?? '')) throw error;
    }
  return calling(() => send([]));
}

/** No error of Slack's client leaves as itself. */
export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof WebAPIPlatformError) {
      const messages = error.data.response_metadata?.messages ?? [];
      throw new AppError('slack.rejected', {
        context: { error: error.data.error, messages: messages.slice(0, 5) },
        cause: error,
      });
    }
    const status = error instanceof WebAPIHTTPError ? error.statusCode : undefined;
    throw new AppError('slack.unavailable', {
      context: { status },
      cause: error,
      ...(error instanceof WebAPIRateLimitedError ? { retryAfterMs: error.retryAfter * 1000 } : {}),
    });
  }
}

/** False when Slack refuses for this one reason. */
export async function unless(reason: string, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (slackErrorName(error) === reason) return false;
    throw error;
  }
}

/** Slack's own name for why it refused; undefined when it did not. */
export function slackErrorName(thrown: unknown): string | undefined {
  if (!hasCode(thrown, 'slack.rejected')) return undefined;
  return typeof thrown.context.error === 'string' ? thrown.context.error : undefined;
}
