import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { pacedFetch } from '../../../src/slack/paced-fetch.ts';
import { type Serving, serving } from '../../support/serving.ts';

const servers: Serving[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Answers as told, call by call: a status, or NaN to break the connection. */
async function answering(replies: number[], delayMs = 0) {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => (body += piece));
    request.on('end', () => {
      calls.push(`${request.url} ${body}`);
      const status = replies.shift() ?? 200;
      setTimeout(() => {
        if (Number.isNaN(status)) request.socket.destroy();
        else response.writeHead(status, status === 429 ? { 'retry-after': '0.05' } : {}).end('{}');
      }, delayMs);
    });
  });
  const served = await serving(server);
  servers.push(served);
  return { calls, url: `${served.origin}/api` };
}

const options = { timeoutMs: 1000, tries: 3, longestWaitMs: 1000 };
const post = (channel: string, text = '') => ({ method: 'POST', body: `channel=${channel}&text=${text}` });

describe('calls to Slack', () => {
  test('wait as long as a 429 says, and are given up after some tries', async () => {
    const { url, calls } = await answering([429, 429, 200]);
    expect((await pacedFetch(options)(`${url}/chat.postMessage`, post('C1'))).status).toBe(200);
    expect(calls).toHaveLength(3);
    const busy = await answering([429, 429, 429, 429]);
    expect((await pacedFetch(options)(`${busy.url}/chat.postMessage`, post('C1'))).status).toBe(429);
    expect(busy.calls).toHaveLength(3);
  });

  test('about one channel come in order, also past one that fails', async () => {
    const { url, calls } = await answering([200, 500, 200], 20);
    const paced = pacedFetch(options);
    await Promise.all(['a', 'b', 'c'].map((text) => paced(`${url}/chat.postMessage`, post('C1', text))));
    expect(calls.map((call) => call.at(-1))).toEqual(['a', 'b', 'c']);
  });

  test('that post are not repeated when the reply was lost; those that read or set are', async () => {
    const lost = Number.NaN;
    const posting = await answering([lost]);
    await expect(pacedFetch(options)(`${posting.url}/chat.postMessage`, post('C1'))).rejects.toThrow();
    expect(posting.calls).toHaveLength(1);
    const reading = await answering([lost, 503, 200]);
    expect((await pacedFetch(options)(`${reading.url}/users.info`, post('C1'))).status).toBe(200);
    expect(reading.calls).toHaveLength(3);
  });
});
