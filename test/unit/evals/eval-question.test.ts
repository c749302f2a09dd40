import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readOwnQuestions, readQuestion } from '../../../src/commands/eval-question.ts';

const FOLDER = fileURLToPath(new URL('../../evals/', import.meta.url));

describe('a line of questions', () => {
  it('is read in its full form, with what else is right', () => {
    const line = {
      id: 1,
      question: 'revenue?',
      expect: { sql: 'select 1', acceptable: ['needs-detail'] },
      odd: 1,
    };
    expect(readQuestion(JSON.stringify(line), null)).toMatchObject({
      id: '1',
      kind: 'other',
      expectations: [{ outcome: 'answered', sql: 'select 1', match: 'exact' }, { outcome: 'needs-detail' }],
    });
  });

  it.each([
    [{ answer: 12.5 }, { rows: [[12.5]], match: 'exact' }],
    [{ answer: 'Boots' }, { rows: [['Boots']], match: 'first' }],
    [{ answer: [['Boots', 3]] }, { rows: [['Boots', 3]], match: 'exact' }],
    [{ gold: { rows: [[1]] } }, { outcome: 'answered', rows: [[1]] }],
    [{ expect: 'refused' }, { outcome: 'refused' }],
    [
      { expect: { outcome: 'empty', reason: 'not-permitted' } },
      { outcome: 'empty', reason: ['not-permitted'] },
    ],
  ])('is read in the short form %j', (short, expectation) => {
    const read = readQuestion(JSON.stringify({ id: 'a', question: 'q', ...short }), null);
    expect(read).toMatchObject({ expectations: [expectation] });
  });

  it('says what is wrong with it', () => {
    expect(readQuestion('{', null)).toEqual({ problem: 'not JSON' });
    expect(readQuestion('{"id":"a","question":"q"}', null)).toMatchObject({
      problem: 'says neither expect, nor gold, nor answer',
    });
    expect(readQuestion('{"id":"a","question":"q","expect":{"outcome":"maybe"}}', null)).toHaveProperty(
      'problem',
    );
  });
});

describe('our own questions', () => {
  it('are at least three hundred, with names of their own, at least 250 of them held out', async () => {
    const dev = await readOwnQuestions(FOLDER, 'dev');
    const heldOut = await readOwnQuestions(FOLDER, 'held-out');
    const all = [...dev, ...heldOut];
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
    expect(heldOut.length).toBeGreaterThanOrEqual(250);
    const devThreads = new Set(dev.flatMap((one) => one.thread ?? []));
    expect(heldOut.filter((one) => one.thread && devThreads.has(one.thread))).toEqual([]);
  });

  it('cover every kind that they promise', async () => {
    const all = [...(await readOwnQuestions(FOLDER, 'dev')), ...(await readOwnQuestions(FOLDER, 'held-out'))];
    const count = (kind: string) => all.filter((one) => one.kind === kind).length;
    expect(count('follow-up')).toBeGreaterThanOrEqual(30);
    expect(count('ambiguous')).toBeGreaterThanOrEqual(40);
    expect(count('unanswerable')).toBeGreaterThanOrEqual(40);
    expect(count('forbidden')).toBeGreaterThanOrEqual(20);
    expect(count('hostile')).toBeGreaterThanOrEqual(40);
  });

  it('have gold that reads the tables and nothing of the semantic model', async () => {
    const all = [...(await readOwnQuestions(FOLDER, 'dev')), ...(await readOwnQuestions(FOLDER, 'held-out'))];
    const queries = all.flatMap((one) => one.expectations.flatMap(({ sql }) => sql ?? []));
    const schemas = queries.flatMap((sql) =>
      [...sql.matchAll(/(?<!extract\(\w+ )\b(?:from|join) (\w+)\./g)].map(([, schema]) => schema),
    );
    expect(schemas.length).toBeGreaterThan(300);
    expect(new Set(schemas)).toEqual(new Set(['retail']));
  });
});
