import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attackEventsDoor, attackSlackDoor } from './doors.ts';
import { attackEngineAlone } from './engine-alone.ts';
import { attackDownloads } from './files.ts';
import { attackGuardAlone } from './guard-alone.ts';
import { attackPermissions } from './permissions.ts';
import { attackByQuestion, attackThroughCells, attackThroughModel } from './questions.ts';
import { aWorld, type World } from './worlds.ts';

// The short version; `npm run test:attacks` is the long one.
describe('attacks have no effect', () => {
  it('on an unlocked engine behind the guard alone', async () => {
    const tallies = await attackGuardAlone({ mutants: 1_200, queries: 250, seed: 42 });
    expect(tallies.flatMap((tally) => tally.effects)).toEqual([]);
    expect(tallies[0]?.stopped).toBeGreaterThan((tallies[0]?.tried ?? 0) - 4);
    // Queries that run are what makes the comparison of worlds mean something.
    expect(tallies[2]?.harmless).toBeGreaterThan(20);
  });

  it('on the locked engine without the guard', async () => {
    const tally = await attackEngineAlone({ every: 7 });
    expect(tally.effects).toEqual([]);
    expect(tally.tried).toBeGreaterThan(25);
  });

  it('beyond the rights of the asker', async () => {
    const tally = await attackPermissions({ queries: 120, policies: 1, seed: 9 });
    expect(tally.effects).toEqual([]);
    expect(tally.harmless).toBeGreaterThan(1);
  });
});

describe('attacks through the doors have no effect', () => {
  it('through requests that Slack did not send, or events that are none', async () => {
    for (const tally of [await attackSlackDoor(), await attackEventsDoor(), await attackDownloads()]) {
      expect(tally.effects).toEqual([]);
      expect(tally.stopped).toBeGreaterThan(0.8 * tally.tried);
    }
  }, 60_000);

  it('through questions, names in the data, or a model that does what the attacker says', async () => {
    const tallies = [
      await attackByQuestion({ mostMs: 20_000 }),
      await attackThroughCells(),
      await attackThroughModel({ every: 30 }),
    ];
    expect(tallies.flatMap((tally) => tally.effects)).toEqual([]);
    // A good query in the model's mouth is answered, so it is listened to.
    expect(tallies.map((tally) => tally.harmless > 0)).toEqual([true, true, true]);
  }, 60_000);
});

describe('the two worlds notice', () => {
  let worlds: [World, World];
  beforeAll(async () => {
    worlds = [await aWorld('one'), await aWorld('another')];
  });
  afterAll(() => {
    for (const world of worlds) world.close();
  });

  it.each([
    'select count(*) from secret.users',
    'select customer_id, rank() over (order by email) as r from shop.customers',
    'select order_id from shop.orders where note in (select token from secret.users) or (select max(length(email)) from shop.customers) = 18',
  ])('a query that depends on what may not be read: %s', async (sql) => {
    expect(await worlds[0].run(sql)).not.toEqual(await worlds[1].run(sql));
  });

  it('a write', async () => {
    const before = await worlds[0].state();
    await worlds[0].run(`copy shop.orders to '${worlds[0].folder}/x.csv'`);
    expect(await worlds[0].state()).not.toBe(before);
  });

  it('nothing where nothing differs', async () => {
    const sql = 'select country, count(*) from shop.customers group by country';
    expect(await worlds[0].run(sql)).toEqual(await worlds[1].run(sql));
  });
});
