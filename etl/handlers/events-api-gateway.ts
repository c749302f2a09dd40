import { z } from 'zod';
import type { EventNeeds } from '../events/event-needs.ts';
import { MOST_BODY_BYTES, takeEvents } from './events-http.ts';

/** What API Gateway gives a function for a request, as much of it as is used. */
const Request = z.object({
  body: z.string().nullable().default(null),
  isBase64Encoded: z.boolean().default(false),
  headers: z.record(z.string(), z.string().optional()).nullable().default({}),
});

export type GatewayReply = { statusCode: number; headers: Record<string, string>; body: string };

/** `POST /events` behind API Gateway, which has looked at the key and the pace by now. */
export async function apiGatewayEvents(
  request: unknown,
  needs: Pick<EventNeeds, 'stream' | 'feeds' | 'log'>,
): Promise<GatewayReply> {
  const { body, isBase64Encoded, headers } = Request.parse(request);
  const type = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  const reply = !/^application\/json\b/i.test(type ?? '')
    ? { status: 415, body: { error: 'Send application/json.' } }
    : bytes.length > MOST_BODY_BYTES
      ? { status: 413, body: { error: `At most ${MOST_BODY_BYTES} bytes may come at once.` } }
      : await takeEvents(
          () => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown,
          needs,
        );
  return {
    statusCode: reply.status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      ...('retryAfterSeconds' in reply && reply.retryAfterSeconds !== undefined
        ? { 'retry-after': String(reply.retryAfterSeconds) }
        : {}),
    },
    body: `${JSON.stringify(reply.body)}\n`,
  };
}
