import { createHmac } from 'node:crypto';
import type { AckResult, AppTransport, Delivery } from './app-link.ts';
import type { Json } from './workspace-types.ts';

/** Signed requests to the app's request URL, as Slack sends them without socket mode. */
export function createHttpTransport(options: {
  requestUrl: string;
  signingSecret: string;
  ackTimeoutMs: number;
  now: () => Date;
}): AppTransport {
  return {
    ready: () => true,
    async send(delivery, attempt): Promise<AckResult> {
      const { body, contentType } = encode(delivery);
      const timestamp = String(Math.floor(options.now().getTime() / 1000));
      try {
        const response = await fetch(options.requestUrl, {
          method: 'POST',
          body,
          headers: {
            'content-type': contentType,
            'x-slack-request-timestamp': timestamp,
            'x-slack-signature': signature(options.signingSecret, timestamp, body),
            ...(attempt
              ? { 'x-slack-retry-num': String(attempt.number), 'x-slack-retry-reason': attempt.reason }
              : {}),
          },
          signal: AbortSignal.timeout(options.ackTimeoutMs),
        });
        const text = await response.text();
        if (!response.ok) return { acknowledged: false, reason: 'failed' };
        return { acknowledged: true, response: asResponse(text) };
      } catch (error) {
        const timedOut = error instanceof Error && error.name === 'TimeoutError';
        return { acknowledged: false, reason: timedOut ? 'timed-out' : 'failed' };
      }
    },
  };
}

/** 'v0=' and the HMAC-SHA256 of 'v0:timestamp:body' with the signing secret. */
function signature(signingSecret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function encode(delivery: Delivery): { body: string; contentType: string } {
  const form = 'application/x-www-form-urlencoded';
  if (delivery.kind === 'events_api')
    return { body: JSON.stringify(delivery.payload), contentType: 'application/json' };
  if (delivery.kind === 'interactive')
    return {
      body: new URLSearchParams({ payload: JSON.stringify(delivery.payload) }).toString(),
      contentType: form,
    };
  const fields = Object.entries(delivery.payload).map(([key, value]) => [key, String(value)]);
  return { body: new URLSearchParams(Object.fromEntries(fields)).toString(), contentType: form };
}

function asResponse(text: string): Json | undefined {
  if (text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0
      ? (value as Json)
      : undefined;
  } catch {
    return { text };
  }
}
