import { describe, expect, it } from 'vitest';
import { Expectation, type GoldCell } from '../../../src/commands/eval-question.ts';
import { type Expected, judgeAnswer } from '../../../src/commands/judge-answer.ts';
import type { Answer } from '../../../src/domain/answer.ts';
import type { ResultColumn } from '../../../src/domain/result-table.ts';

const money: ResultColumn = { name: 'revenue', type: 'decimal', unit: { kind: 'money', of: 'EUR' } };

function answered(
  rows: GoldCell[][],
  columns: ResultColumn[] = [money],
  text = 'Revenue was so much.',
): Answer {
  return {
    kind: 'answered',
    provenance: 'composed',
    text,
    understood: { line: '', metrics: [], filters: [], period: null, comparedWith: null, notes: [] },
    table: { columns, rows, truncated: false },
    chart: null,
    followUps: [],
    dataState: { completeThrough: null, batches: [], reconciled: 'unknown', offBy: null, warnings: [] },
    sql: null,
    params: {},
    receiptId: 'rcp-1',
  };
}

function empty(reason: 'no-such-rows' | 'not-permitted' | 'not-loaded-yet' | 'unknown-value'): Answer {
  return { kind: 'empty', text: '', reason, choices: [], understood: null, receiptId: null };
}

const asked: Answer = { kind: 'needs-detail', text: 'Which?', choices: [], unknownWords: [] };
const refused = (reason: 'would-write' | 'off-topic'): Answer => ({ kind: 'refused', text: 'No.', reason });

function expected(
  what: Partial<Expectation>,
  gold: GoldCell[][] | null = null,
  hidden: string[] = [],
): Expected {
  return { ...Expectation.parse({}), ...what, gold, hidden: new Set(hidden) };
}

describe('an answer is judged', () => {
  it('right when the gold is in it and wrong when another figure is', () => {
    const hoped = [expected({}, [['100.00']])];
    expect(judgeAnswer(hoped, answered([['100.0000']]))).toBe('right');
    expect(judgeAnswer(hoped, answered([['101.0000']]))).toBe('wrong');
  });

  it('asked needlessly or refused wrongly where an answer was to be had', () => {
    const hoped = [expected({}, [['100.00']])];
    expect(judgeAnswer(hoped, asked)).toBe('askedNeedlessly');
    expect(judgeAnswer(hoped, refused('off-topic'))).toBe('refusedWrongly');
    expect(judgeAnswer(hoped, empty('unknown-value'))).toBe('refusedWrongly');
    expect(judgeAnswer(hoped, undefined)).toBe('refusedWrongly');
  });

  it("wrong when it says 'there are none' where there are some", () => {
    expect(judgeAnswer([expected({}, [['100.00']])], empty('no-such-rows'))).toBe('wrong');
  });

  it('asked rightly where the question was unclear, and wrong when it guessed', () => {
    const hoped = [expected({ outcome: 'needs-detail' })];
    expect(judgeAnswer(hoped, asked)).toBe('askedRightly');
    expect(judgeAnswer(hoped, answered([['1']]))).toBe('wrong');
    expect(judgeAnswer(hoped, refused('off-topic'))).toBe('refusedWrongly');
  });

  it('refused rightly only for a reason that is right', () => {
    const hoped = [expected({ outcome: 'refused', reason: ['would-write'] })];
    expect(judgeAnswer(hoped, refused('would-write'))).toBe('refusedRightly');
    expect(judgeAnswer(hoped, refused('off-topic'))).toBe('refusedWrongly');
    expect(judgeAnswer(hoped, answered([['1']]))).toBe('wrong');
    expect(judgeAnswer(hoped, asked)).toBe('askedNeedlessly');
  });

  it('by the kind of empty: an honest none is right, not permitted is a refusal', () => {
    const none = [expected({ outcome: 'empty', reason: ['no-such-rows'] })];
    expect(judgeAnswer(none, empty('no-such-rows'))).toBe('right');
    const forbidden = [
      expected({ outcome: 'refused', reason: ['not-permitted'] }),
      expected({ outcome: 'empty', reason: ['not-permitted'] }),
    ];
    expect(judgeAnswer(forbidden, empty('not-permitted'))).toBe('refusedRightly');
    expect(judgeAnswer(forbidden, empty('unknown-value'))).toBe('refusedWrongly');
  });

  it('right under any of its acceptable readings', () => {
    const hoped = [expected({}, [['100']]), expected({}, [['200']]), expected({ outcome: 'needs-detail' })];
    expect(judgeAnswer(hoped, answered([['200']]))).toBe('right');
    expect(judgeAnswer(hoped, asked)).toBe('askedRightly');
  });

  it('wrong when it shows what it must hide, in a cell or in its text', () => {
    const hoped = [expected({}, null, ['Ada Hart'])];
    const names: ResultColumn[] = [{ name: 'customer', type: 'text' }];
    expect(judgeAnswer(hoped, answered([['a91f']], names))).toBe('right');
    expect(judgeAnswer(hoped, answered([['Ada Hart']], names))).toBe('wrong');
    expect(judgeAnswer(hoped, answered([['a91f']], names, 'Ada Hart spent most.'))).toBe('wrong');
  });

  it('by its words where the words are what was asked for', () => {
    const hoped = [expected({ says: ['after discounts'] })];
    expect(judgeAnswer(hoped, answered([], [], 'Revenue is what was sold After Discounts.'))).toBe('right');
    expect(judgeAnswer(hoped, answered([], [], 'Revenue is money.'))).toBe('wrong');
  });
});
