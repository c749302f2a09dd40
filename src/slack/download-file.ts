import { AppError } from '../domain/app-error.ts';
import type { SlackFile } from './slack-client.ts';
import { WORDS } from './words.ts';

export type DownloadOptions = {
  botToken: string;
  /** Slack's address when it is another Slack; files may then come from its host, also without https. */
  apiUrl: string | undefined;
  maxBytes: number;
};

const TIMEOUT_MS = 60_000;

/**
 * A file's bytes, with the bot's token, from Slack's own hosts only; redirects are not followed, and the size is
 * checked before and while reading. Errors: file.unreadable, file.too-large.
 */
export async function downloadFile(file: SlackFile, options: DownloadOptions): Promise<Uint8Array> {
  if (file.isExternal || file.mode === 'external' || file.mode === 'remote' || !file.url)
    throw new AppError('file.unreadable', { detail: WORDS.uploadNotHosted });
  if (file.sizeBytes > options.maxBytes) throw tooLarge(options.maxBytes);
  if (!isSlacks(file.url, options.apiUrl))
    throw new AppError('file.unreadable', { detail: WORDS.uploadNotHosted });
  const response = await fetch(file.url, {
    headers: { authorization: `Bearer ${options.botToken}` },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw new AppError('slack.unavailable', { cause: error });
  });
  const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
  const named = /\.html?$/i.test(file.name);
  if (response.status !== 200 || (isPage && !named) || !response.body)
    throw new AppError('file.unreadable', {
      detail: WORDS.uploadUnreadable,
      context: { status: response.status, isPage },
    });
  return readAtMost(response.body, options.maxBytes);
}

async function readAtMost(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** https at slack.com, or the very host of the other Slack that we were told to use. */
function isSlacks(address: string, apiUrl: string | undefined): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || url.username !== '') return false;
  if (apiUrl && url.origin === new URL(apiUrl).origin) return true;
  return url.protocol === 'https:' && /(^|\.)slack(-files)?\.com$/.test(url.hostname);
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('file.too-large', { detail: WORDS.uploadTooLarge(Math.floor(maxBytes / 1024 / 1024)) });
}
