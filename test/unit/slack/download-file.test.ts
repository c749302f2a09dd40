import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { downloadFile } from '../../../src/slack/download-file.ts';
import type { SlackFile } from '../../../src/slack/slack-client.ts';
import { type Serving, serving } from '../../support/serving.ts';

const servers: Serving[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function answering(listener: RequestListener): Promise<string> {
  const server = await serving(createServer(listener));
  servers.push(server);
  return server.origin;
}

function aFile(url: string | null, given: Partial<SlackFile> = {}): SlackFile {
  return {
    id: 'F1',
    name: 'march.csv',
    sizeBytes: 4,
    mode: 'hosted',
    isExternal: false,
    url,
    sharedIn: {},
    ...given,
  };
}

const options = (origin: string) => ({ botToken: 'xoxb-secret', apiUrl: `${origin}/api/`, maxBytes: 1000 });

describe('a file in Slack', () => {
  test('is read with the token', async () => {
    const origin = await answering(
      (request, response) => void response.end(String(request.headers.authorization)),
    );
    const bytes = await downloadFile(aFile(`${origin}/f`), options(origin));
    expect(Buffer.from(bytes).toString()).toBe('Bearer xoxb-secret');
  });

  test('elsewhere is not read, and the token goes nowhere else, also not by a redirect', async () => {
    const seen: string[] = [];
    const thief = await answering((request, response) => {
      seen.push(String(request.headers.authorization));
      response.end('x');
    });
    const origin = await answering(
      (_, response) => void response.writeHead(302, { location: `${thief}/f` }).end(),
    );
    for (const url of [
      `${thief}/f`,
      `${origin}/f`,
      'http://files.slack.com/f',
      'https://files.slack.com.evil.example/f',
      'https://user@evil.example/files.slack.com',
      'file:///etc/passwd',
      null,
    ])
      await expect(downloadFile(aFile(url), options(origin))).rejects.toMatchObject({
        code: 'file.unreadable',
      });
    expect(seen).toEqual([]);
  });

  test('that is kept elsewhere is not read', async () => {
    const origin = await answering((_, response) => void response.end('x'));
    for (const given of [{ isExternal: true }, { mode: 'external' }, { mode: 'remote' }])
      await expect(downloadFile(aFile(`${origin}/f`, given), options(origin))).rejects.toMatchObject({
        code: 'file.unreadable',
      });
  });

  test('that is larger than is allowed is not read to its end, whatever Slack says of its size', async () => {
    const origin = await answering((_, response) => void response.end('x'.repeat(5000)));
    for (const sizeBytes of [5000, 4])
      await expect(downloadFile(aFile(`${origin}/f`, { sizeBytes }), options(origin))).rejects.toMatchObject({
        code: 'file.too-large',
      });
  });

  test('of which only the sign-in page comes is said to be unreadable', async () => {
    const origin = await answering(
      (_, response) =>
        void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>'),
    );
    await expect(downloadFile(aFile(`${origin}/f`), options(origin))).rejects.toMatchObject({
      code: 'file.unreadable',
    });
  });
});
