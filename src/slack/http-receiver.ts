import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { HTTPReceiver, LogLevel } from '@slack/bolt';

const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * Slack's receiver for signed requests, with a look at the body first: its own code takes for granted that a signed
 * body is an object, and a signed `null` or `[]` would be an error that nobody catches.
 */
export function httpReceiver(signingSecret: string): HTTPReceiver {
  const receiver = new HTTPReceiver({ signingSecret, bodyLimit: MAX_BODY_BYTES, logLevel: LogLevel.ERROR });
  const handle = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (request.method !== 'POST') return handle(request, response);
    bodyOf(request)
      .then((body) => {
        if (body === 'too large') return end(response, 413);
        if (!isObject(body.toString(), request.headers['content-type'] ?? '')) return end(response, 400);
        handle(Object.assign(request, { rawBody: body }), response);
      })
      // A path that is not Slack's, or a connection that broke off.
      .catch(() => end(response, 404));
  };
  return receiver;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | 'too large'> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MAX_BODY_BYTES) return 'too large';
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Without reading it as JSON: nobody has looked at the signature yet. */
function isObject(body: string, contentType: string): boolean {
  if (!contentType.startsWith('application/x-www-form-urlencoded')) return body.trimStart().startsWith('{');
  const { payload } = parse(body);
  return payload === undefined || (typeof payload === 'string' && payload.trimStart().startsWith('{'));
}

function end(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status);
  response.end();
}
