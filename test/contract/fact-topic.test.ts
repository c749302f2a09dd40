import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileFactTopic } from '../../src/adapters/file-fact-topic.ts';
import { snsFactTopic } from '../../src/adapters/sns-fact-topic.ts';
import type { FactTopic } from '../../src/ports/fact-topic.ts';
import { serving } from '../support/serving.ts';

type Told = { subject: string; text: string; attributes: Record<string, string> };
type Opened = { topic: FactTopic; broken: FactTopic; told(): Promise<Told[]>; close(): Promise<void> };

describe.each([
  ['a file', aFile],
  ['SNS', anSns],
])('a topic of facts: %s', (_, open) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  it('tells each fact with its attributes', async () => {
    await opened.topic.publish({
      key: 'run/run-1/failed',
      subject: 'orders was not loaded',
      text: 'The file is empty.\nWhere: Zürich.csv.',
      attributes: { feed: 'orders', outcome: 'failed' },
    });
    expect(await opened.told()).toEqual([
      {
        subject: 'orders was not loaded',
        text: 'The file is empty.\nWhere: Zürich.csv.',
        attributes: { feed: 'orders', outcome: 'failed' },
      },
    ]);
  });

  it('says that it cannot be reached', async () => {
    const fact = { key: 'k', subject: 's', text: 't', attributes: {} };
    await expect(opened.broken.publish(fact)).rejects.toMatchObject({ code: 'topic.unavailable' });
  });
});

async function aFile(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'topic-'));
  const file = join(folder, 'facts', 'notices.jsonl');
  const now = () => new Date('2026-03-02T09:00:00Z');
  return {
    topic: fileFactTopic({ file, now }),
    broken: fileFactTopic({ file: join(file, 'below-a-file'), now }),
    async told() {
      const lines = (await readFile(file, 'utf8')).trim().split('\n');
      return lines.map((line) => {
        const { subject, text: said, attributes } = JSON.parse(line) as Told;
        return { subject, text: said, attributes };
      });
    },
    close: () => rm(folder, { recursive: true }),
  };
}

/** Takes what SNS takes over its query protocol, and refuses another topic as SNS does. */
async function anSns(): Promise<Opened> {
  const told: Told[] = [];
  const server = createServer((request, response) => {
    void takes(request, response);
  });
  async function takes(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = new URLSearchParams(await text(request));
    if (given.get('TopicArn') !== TOPIC) {
      response.writeHead(404, { 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error></ErrorResponse>',
      );
      return;
    }
    const attributes: Record<string, string> = {};
    for (let entry = 1; given.has(`MessageAttributes.entry.${entry}.Name`); entry += 1)
      attributes[given.get(`MessageAttributes.entry.${entry}.Name`) ?? ''] =
        given.get(`MessageAttributes.entry.${entry}.Value.StringValue`) ?? '';
    told.push({ subject: given.get('Subject') ?? '', text: given.get('Message') ?? '', attributes });
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
    );
  }
  const { origin: endpoint, close } = await serving(server);
  const options = { region: 'eu-west-1', endpoint, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  const topic = snsFactTopic({ ...options, topicArn: TOPIC });
  const broken = snsFactTopic({ ...options, topicArn: `${TOPIC}-gone` });
  return {
    topic,
    broken,
    told: async () => told,
    async close() {
      topic.close();
      broken.close();
      await close();
    },
  };
}

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:notices';
