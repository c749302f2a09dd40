import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbVersionedRecords } from '../../src/adapters/dynamodb-versioned-records.ts';
import type { VersionedRecords } from '../../src/ports/versioned-records.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';

describe.each([
  {
    name: 'in DynamoDB',
    of: (dynamodb: ADynamodb): VersionedRecords => dynamodbVersionedRecords(dynamodb.records),
  },
])('small records $name', ({ of }) => {
  let dynamodb: ADynamodb;
  let records: VersionedRecords;

  beforeEach(async () => {
    dynamodb = await aDynamodb();
    records = of(dynamodb);
  });
  afterEach(() => dynamodb.close());

  it('gives back what was saved, by kind and id', async () => {
    expect(
      await records.save('alert', { id: 'a/1', version: 0, value: { said: 'ö', list: [1, null] } }),
    ).toBe(1);
    expect(await records.find('alert', 'a/1')).toEqual({
      id: 'a/1',
      version: 1,
      value: { said: 'ö', list: [1, null] },
    });
    expect(await records.find('subscription', 'a/1')).toBeUndefined();
    await records.save('alert', { id: 'a/0', version: 0, value: 1 });
    expect((await records.list('alert')).map((each) => each.id)).toEqual(['a/0', 'a/1']);
  });

  it('lets one of two writers of the same version win, and one of two makers', async () => {
    const makers = await Promise.allSettled(
      [1, 2, 3].map((value) => records.save('alert', { id: 'a', version: 0, value })),
    );
    expect(makers.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    const writers = await Promise.allSettled(
      [4, 5, 6].map((value) => records.save('alert', { id: 'a', version: 1, value })),
    );
    expect(writers.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    const refused = writers.find((each) => each.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'records.conflict' });
    expect((await records.find('alert', 'a'))?.version).toBe(2);
  });

  it('removes, also what is not there, and does not bring back what was removed', async () => {
    await records.save('alert', { id: 'a', version: 0, value: 1 });
    await records.remove('alert', 'a');
    await records.remove('alert', 'a');
    expect(await records.list('alert')).toEqual([]);
    await expect(records.save('alert', { id: 'a', version: 1, value: 2 })).rejects.toMatchObject({
      code: 'records.conflict',
    });
  });

  it('goes through the records of every kind', async () => {
    await records.save('alert', { id: 'a', version: 0, value: 1 });
    await records.save('digest', { id: 'a', version: 0, value: [2] });
    const all: unknown[] = [];
    for await (const each of records.all()) all.push(each);
    expect(all).toHaveLength(2);
    expect(all).toContainEqual({ kind: 'digest', id: 'a', version: 1, value: [2] });
  });
});
