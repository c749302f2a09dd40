import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerParts } from '../server-parts.ts';
import { BOT } from '../workspace-data.ts';
import type { StoredFile } from '../workspace-types.ts';
import { readBody, readUpload } from './read-body.ts';
import { replyText } from './reply.ts';

const MAX_UPLOAD_BYTES = 210 * 1024 * 1024;

/** POST /upload/v1/<id>: the bytes between files.getUploadURLExternal and files.completeUploadExternal. */
export async function receiveUpload(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  parts: ServerParts,
): Promise<void> {
  const file = parts.workspace.files.get(id);
  if (!file || file.shares.length > 0) return replyText(response, 404, 'no such upload');
  const body = await readBody(request, MAX_UPLOAD_BYTES);
  const bytes = body && (await readUpload(request.headers['content-type'] ?? '', body));
  if (!bytes) return replyText(response, 400, 'no file in the request');
  if (bytes.byteLength !== file.sizeBytes)
    return replyText(response, 400, 'the length differs from the one announced');
  await parts.workspace.storage.writeFile(id, bytes);
  replyText(response, 200, `OK - ${bytes.byteLength}`);
}

/**
 * GET /files-pri/<team>-<file>/[download/]<name>: as Slack, a wrong token gets a page of HTML and not an error, which
 * is why a client must look at what it was given.
 */
export async function downloadForApp(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  parts: ServerParts,
  mayRead: boolean,
): Promise<void> {
  const file = parts.workspace.files.get(id);
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const seen =
    file?.user === BOT.userId ||
    file?.givenToApp ||
    file?.shares.some((share) => parts.workspace.channels.get(share.channel)?.members.includes(BOT.userId));
  if (token !== parts.tokens.bot || !mayRead || !seen) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Sign in</title><p>Sign in to see this file.</p>');
    return;
  }
  await sendFile(response, file, parts, true);
}

/** GET /page/files/<id>: for a person who is in a channel where the file was shared. */
export async function downloadForPerson(
  response: ServerResponse,
  id: string,
  person: string,
  parts: ServerParts,
): Promise<void> {
  const file = parts.workspace.files.get(id);
  const allowed =
    file?.user === person ||
    isInHomeOf(person, id, parts) ||
    file?.shares.some((share) => parts.workspace.channels.get(share.channel)?.members.includes(person));
  if (!file || !allowed) return replyText(response, 404, 'There is no such file.');
  await sendFile(response, file, parts, !/^image\/(png|jpeg|gif)$/.test(file.mimetype));
}

/** The app's own file in the person's Home tab. */
function isInHomeOf(person: string, id: string, parts: ServerParts): boolean {
  const blocks = (parts.workspace.homes.get(person)?.view.blocks ?? []) as { slack_file?: { id?: string } }[];
  return blocks.some((block) => block.slack_file?.id === id);
}

async function sendFile(
  response: ServerResponse,
  file: StoredFile | undefined,
  parts: ServerParts,
  asAttachment: boolean,
): Promise<void> {
  const bytes = file && (await parts.workspace.storage.readFile(file.id));
  if (!file || !bytes) return replyText(response, 404, 'There is no such file.');
  response.writeHead(200, {
    'content-type': file.mimetype,
    'content-length': bytes.byteLength,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'content-disposition': `${asAttachment ? 'attachment' : 'inline'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  response.end(bytes);
}
