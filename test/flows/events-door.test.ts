import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EventsDoor, openEventsDoor } from '../../etl/handlers/events-http.ts';
import { anEvent, onlineRetail } from '../support/some-events.ts';

type Json = Record<string, unknown>;

describe('the door for events', () => {
  const taken: string[] = [];
  const stream = {
    append: async (records: readonly { data: string }[]) => {
      taken.push(...records.map(({ data }) => data));
      return { refused: [] };
    },
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const key = 'a-key-of-sixteen-letters';
  let open: EventsDoor;
  let locked: EventsDoor;
  beforeAll(async () => {
    const feeds = await onlineRetail();
    open = await openEventsDoor({ port: 0, apiKey: null }, { stream, feeds, log });
    locked = await openEventsDoor({ port: 0, apiKey: key }, { stream, feeds, log });
  });
  afterAll(async () => {
    await open.close();
    await locked.close();
  });

  const send = (url: string, body: string, headers: Record<string, string> = {}, method = 'POST') =>
    fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(method === 'GET' ? {} : { body }),
    });

  it('takes the good events of a list and says of each other one what is wrong with it', async () => {
    taken.length = 0;
    const large = anEvent('large');
    (large['data'] as Json)['Description'] = 'x'.repeat(19_000);
    for (const name of ['a', 'b', 'c', 'd']) (large['data'] as Json)[name] = 'x'.repeat(19_000);
    const reply = await send(
      open.url,
      JSON.stringify([anEvent('ok'), { id: 'no-feed' }, { ...anEvent('other'), feed: 'nothing' }, 7, large]),
    );
    expect(reply.status).toBe(202);
    const body = (await reply.json()) as { accepted: number; refused: { id: string | null }[] };
    expect(body.accepted).toBe(1);
    expect(body.refused.map(({ id }) => id)).toEqual(['no-feed', 'other', null, 'large']);
    expect(taken).toHaveLength(1);
    expect((await send(open.url, JSON.stringify([{ id: 'no-feed' }]))).status).toBe(400);
  });

  it('lets in only who has the key, and without a key only programs of this machine', async () => {
    const body = JSON.stringify(anEvent('1'));
    expect((await send(locked.url, body)).status).toBe(403);
    expect((await send(locked.url, body, { 'x-api-key': 'another-key-of-letters' })).status).toBe(403);
    expect((await send(locked.url, body, { 'x-api-key': key })).status).toBe(202);
    expect((await send(locked.url, body, { authorization: `Bearer ${key}` })).status).toBe(202);
    expect((await send(open.url, body, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await send(open.url, body)).status).toBe(202);
  });

  it('refuses what is no JSON, too much, of another kind or in another way', async () => {
    expect((await send(open.url, '{"id":')).status).toBe(400);
    expect((await send(open.url, '"text"')).status).toBe(400);
    expect((await send(open.url, JSON.stringify(Array(5_001).fill(anEvent('1'))))).status).toBe(400);
    expect((await send(open.url, `[${' '.repeat(5 << 20)}]`)).status).toBe(413);
    expect((await send(open.url, 'a=b', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await send(open.url, '', {}, 'GET')).status).toBe(405);
    expect((await send(new URL('/other', open.url).href, '{}')).status).toBe(404);
  });
});
