import { describe, expect, it } from 'vitest';
import type { GoldCell } from '../../../src/commands/eval-question.ts';
import { rowsMatch } from '../../../src/commands/match-rows.ts';
import type { ResultColumn } from '../../../src/domain/result-table.ts';

const text: ResultColumn = { name: 'a', type: 'text' };
const figure: ResultColumn = { name: 'b', type: 'decimal' };
const share: ResultColumn = { name: 'c', type: 'decimal', unit: { kind: 'share' } };
const EXACT = { match: 'exact', ordered: false } as const;
const FIRST = { match: 'first', ordered: false } as const;
const AT_LEAST = { match: 'at-least', ordered: false } as const;

function matches(
  gold: GoldCell[][],
  rows: GoldCell[][],
  columns: ResultColumn[],
  how: { match: 'exact' | 'first' | 'at-least'; ordered: boolean } = EXACT,
): boolean {
  return rowsMatch(gold, { columns, rows }, how);
}

describe('rows are compared', () => {
  const gold = [
    ['Boots', '120.50'],
    ['Sandals', '80.25'],
  ];

  it('whatever the order of rows and columns, and the case of text', () => {
    const rows = [
      ['80.2500', 'sandals'],
      ['120.5000', 'BOOTS'],
    ];
    expect(matches(gold, rows, [figure, text])).toBe(true);
    expect(matches(gold, rows, [figure, text], { match: 'exact', ordered: true })).toBe(false);
  });

  it('in any order among rows of the same figure, even where the order counts', () => {
    const ranking = [...gold, ['Kids', '80.25'], ['Formal', '9']];
    const swapped = [gold[0], ranking[2], gold[1], ranking[3]] as GoldCell[][];
    const ordered = { match: 'exact', ordered: true } as const;
    expect(matches(ranking, swapped, [text, figure], ordered)).toBe(true);
    expect(matches(ranking, swapped.toReversed(), [text, figure], ordered)).toBe(false);
    expect(matches([['a'], ['b']], [['b'], ['a']], [text], ordered)).toBe(false);
    expect(matches([['Boots', 0]], [['Boots', 5]], [text, figure], FIRST)).toBe(false);
  });

  it('pair by pair: the same values on the wrong names are not right', () => {
    expect(
      matches(
        gold,
        [
          ['Boots', '80.25'],
          ['Sandals', '120.50'],
        ],
        [text, figure],
      ),
    ).toBe(false);
  });

  it('with further columns, but not with further or missing rows', () => {
    const wide = [
      ['Boots', '120.50', '0.6'],
      ['Sandals', '80.25', '0.4'],
    ];
    expect(matches(gold, wide, [text, figure, share])).toBe(true);
    expect(matches(gold, [...gold, ['Kids', '1']], [text, figure])).toBe(false);
    expect(matches(gold, gold.slice(0, 1), [text, figure])).toBe(false);
  });

  it('as the head of a ranking or as some of its rows where the gold says so', () => {
    const ranking = [...gold, ['Kids', '1']];
    expect(matches([['Boots']], ranking, [text, figure], FIRST)).toBe(true);
    expect(matches([['Sandals']], ranking, [text, figure], FIRST)).toBe(false);
    expect(matches([['Sandals']], ranking, [text, figure], AT_LEAST)).toBe(true);
  });

  it('to the cent, and small figures to the fourth decimal', () => {
    expect(matches([['120.504']], [['120.50']], [figure])).toBe(true);
    expect(matches([['120.52']], [['120.50']], [figure])).toBe(false);
    expect(matches([['0.12344']], [['0.1234']], [share])).toBe(true);
    expect(matches([['0.124']], [['0.1234']], [share])).toBe(false);
  });

  it('with a share written as percent only where the answer says that it is a share', () => {
    expect(matches([[25]], [['0.25']], [share])).toBe(true);
    expect(matches([[25]], [['0.25']], [figure])).toBe(false);
  });

  it('with days that have no sales shown as zero or left out', () => {
    const days: ResultColumn[] = [{ name: 'day', type: 'date' }, figure];
    const filled = [
      ['2026-01-01', '5'],
      ['2026-01-02', '0'],
    ];
    expect(matches([['2026-01-01', '5']], filled, days)).toBe(true);
    expect(matches(filled, [['2026-01-01', '5']], days)).toBe(true);
    expect(matches([['2026-01-01', '5']], [...filled.slice(0, 1), ['2026-01-02', '3']], days)).toBe(false);
  });

  it('with a day and its midnight, and a month or a year and its first day', () => {
    const day: ResultColumn[] = [{ name: 'day', type: 'date' }];
    expect(matches([['2026-03-01 00:00:00']], [['2026-03-01']], day)).toBe(true);
    expect(matches([['2026-03']], [['2026-03-01']], day)).toBe(true);
    expect(matches([['2026-04']], [['2026-03-01']], day)).toBe(false);
    expect(matches([[2026]], [['2026-01-01']], day)).toBe(true);
    expect(matches([[2026]], [['2026-02-01']], day)).toBe(false);
  });

  it('with several figures of one row given one below the other, but not with some missing', () => {
    expect(
      matches(
        [[3, 5]],
        [
          ['x', '5'],
          ['y', '3'],
        ],
        [text, figure],
      ),
    ).toBe(true);
    expect(matches([[3, 5]], [['x', '5']], [text, figure])).toBe(false);
  });

  it('empty with empty only', () => {
    expect(matches([], [], [figure])).toBe(true);
    expect(matches([], [['1']], [figure])).toBe(false);
  });
});
