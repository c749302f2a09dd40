import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbConversations } from '../../src/adapters/dynamodb-conversations.ts';
import { type MemoryClock, memoryClock } from '../../src/adapters/memory-clock.ts';
import type { Conversation, Conversations } from '../../src/ports/conversations.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';

const turn = (minute: number, question = `question ${minute}`): Conversation['turns'][number] => ({
  question,
  plan: { kind: 'catalogue' },
  answerKind: 'answered',
  receiptId: `rcp-${minute}`,
  askedAt: `2026-03-02T09:${String(minute).padStart(2, '0')}:00.000Z`,
  asker: 'U1',
});

describe.each([
  {
    name: 'in DynamoDB',
    of: (dynamodb: ADynamodb, clock: MemoryClock): Conversations =>
      dynamodbConversations(dynamodb.records, clock),
  },
])('conversations $name', ({ of }) => {
  let dynamodb: ADynamodb;
  let clock: MemoryClock;
  let conversations: Conversations;

  beforeEach(async () => {
    dynamodb = await aDynamodb();
    clock = memoryClock();
    conversations = of(dynamodb, clock);
  });
  afterEach(() => dynamodb.close());

  it('keeps the turns of a thread in order, apart from other threads', async () => {
    expect(await conversations.find('C1:1.1')).toBeUndefined();
    await conversations.addTurn('C1:1.1', 'C1', turn(2));
    await conversations.addTurn('C1:1.1', 'C1', turn(1));
    await conversations.addTurn('C1:2.2', 'C1', turn(3));
    expect(await conversations.find('C1:1.1')).toEqual({
      thread: 'C1:1.1',
      channel: 'C1',
      turns: [turn(1), turn(2)],
    });
  });

  it('looks back on the last twenty turns', async () => {
    for (let minute = 0; minute < 25; minute += 1) await conversations.addTurn('t', 'C1', turn(minute));
    const turns = (await conversations.find('t'))?.turns ?? [];
    expect(turns).toHaveLength(20);
    expect(turns[0]).toEqual(turn(5));
    expect(turns.at(-1)).toEqual(turn(24));
  });

  it('takes out the turns that it is told, or only counts them', async () => {
    await conversations.addTurn('t', 'C1', turn(1));
    await conversations.addTurn('t', 'C1', { ...turn(2), asker: 'U2' });
    await conversations.addTurn('u', 'C1', { ...turn(3), asker: 'U2' });
    const ofTwo = ({ asker }: Conversation['turns'][number]) => asker === 'U2';
    expect(await conversations.removeTurns(ofTwo, { remove: false })).toBe(2);
    expect(await conversations.removeTurns(ofTwo, { remove: true })).toBe(2);
    expect((await conversations.find('t'))?.turns).toEqual([turn(1)]);
    expect(await conversations.find('u')).toBeUndefined();
  });

  it('notes a turn once when it is noted twice', async () => {
    await conversations.addTurn('t', 'C1', turn(1));
    await conversations.addTurn('t', 'C1', turn(1));
    expect((await conversations.find('t'))?.turns).toHaveLength(1);
  });

  it('keeps turns at the same instant and long plans', async () => {
    const sql = 'select 1 -- '.padEnd(19_000, 'x');
    const long = { ...turn(1, 'drafted'), plan: { kind: 'drafted' as const, sql, explanation: 'long' } };
    await Promise.all([conversations.addTurn('t', 'C1', long), conversations.addTurn('t', 'C1', turn(1))]);
    const turns = (await conversations.find('t'))?.turns ?? [];
    expect(turns).toHaveLength(2);
    expect(turns).toContainEqual(long);
  });

  it('forgets a thread after ninety days', async () => {
    await conversations.addTurn('t', 'C1', turn(1));
    clock.advance(89 * 86_400_000);
    expect(await conversations.find('t')).toBeDefined();
    clock.advance(2 * 86_400_000);
    expect(await conversations.find('t')).toBeUndefined();
  });

  it('gives an event to one of many callers at once', async () => {
    const claims = await Promise.all(Array.from({ length: 10 }, () => conversations.claim('e1', 30_000)));
    expect(claims.filter((claim) => claim.state === 'owned')).toEqual([{ state: 'owned', postedTs: null }]);
    expect(claims.filter((claim) => claim.state === 'busy')).toHaveLength(9);
  });

  it('gives an event whose owner died to the next, with the message that was posted', async () => {
    await conversations.claim('e1', 30_000);
    await conversations.notePosted('e1', '17.5');
    clock.advance(29_999);
    expect(await conversations.claim('e1', 30_000)).toEqual({ state: 'busy' });
    clock.advance(1);
    expect(await conversations.claim('e1', 30_000)).toEqual({ state: 'owned', postedTs: '17.5' });
    expect(await conversations.claim('e1', 30_000)).toEqual({ state: 'busy' });
  });

  it('gives what was posted for an event that nobody had claimed to the first who does', async () => {
    await conversations.notePosted('e1', '17.5');
    expect(await conversations.claim('e1', 30_000)).toEqual({ state: 'owned', postedTs: '17.5' });
    expect(await conversations.claim('e1', 30_000)).toEqual({ state: 'busy' });
  });

  it('never gives away a finished event', async () => {
    await conversations.claim('e1', 1_000);
    await conversations.finish('e1');
    clock.advance(3_600_000);
    expect(await conversations.claim('e1', 1_000)).toEqual({ state: 'done' });
    expect(await conversations.claim('e2', 1_000)).toEqual({ state: 'owned', postedTs: null });
  });
});
