import { describe, expect, it } from 'vitest';
import { runNotice } from '../../../src/runs/run-notice.ts';
import { aRun } from '../../support/a-run.ts';

const rows = { read: 1200, loaded: 1197, refused: 2, waiting: 1 };

describe('the notice of a run', () => {
  it('says that all was loaded, and offers to take it back', () => {
    const notice = runNotice(
      aRun({ outcome: 'loaded', rows: { ...rows, loaded: 1200, refused: 0, waiting: 0 }, batch: 'bat-1' }),
    );
    expect(notice.headline).toBe('Loaded orders: 1,200 rows');
    expect(notice.actions).toEqual(['undo', 'mute']);
  });

  it('names refused and waiting rows with the commonest reasons', () => {
    const notice = runNotice(
      aRun({
        outcome: 'partly-refused',
        rows,
        batch: 'bat-1',
        refusals: [{ reason: 'is not a number.', count: 2, example: 'orders.csv, line 3' }],
        findings: 1,
      }),
    );
    expect(notice.headline).toBe('Loaded orders in part: 1,197 rows, 2 rows refused, 1 waiting');
    expect(notice.sentences).toEqual([
      '2 rows: is not a number. For example orders.csv, line 3.',
      '1 finding in what was loaded; see the findings.',
    ]);
    expect(notice.actions).toEqual(['undo', 'show-refused', 'mute']);
  });

  it('says of a failure where and why, that nothing was loaded, and what to do', () => {
    const notice = runNotice(
      aRun({
        outcome: 'failed',
        failure: { stage: 'validate', code: 'file.empty', sentence: 'The file is empty.', where: 'a.csv' },
      }),
    );
    expect(notice.headline).toBe('orders was not loaded: it failed at validate');
    expect(notice.sentences.join(' ')).toMatch(/The file is empty\. Where: a\.csv\. Nothing of these files/);
    expect(notice.actions).toEqual(['rerun', 'mute']);
  });

  it('names the files of a run that failed before their feed was known', () => {
    const failure = {
      stage: 'receive' as const,
      code: 'file.not-text',
      sentence: 'It is binary.',
      where: null,
    };
    const named = (...names: string[]) =>
      runNotice(
        aRun({
          outcome: 'failed',
          feed: 'unknown',
          files: [],
          failure,
          outputs: { input: { files: names.map((name) => ({ name })) } },
        }),
      );
    const notice = named('orders.csv', 'order_items.csv');
    expect(notice.headline).toBe('orders.csv with 1 more file was not loaded: it failed at receive');
    expect(notice.facts[0]).toEqual({ name: 'Files', value: 'orders.csv, order_items.csv' });
    expect(notice.actions).toEqual(['rerun']);
    expect(named('orders.csv').headline).toBe('orders.csv was not loaded: it failed at receive');
  });

  it('says of a failure after the load that the rows are there', () => {
    const failure = {
      stage: 'refresh-kpis' as const,
      code: 'records.unavailable',
      sentence: 'No.',
      where: null,
    };
    const notice = runNotice(aRun({ outcome: 'failed', batch: 'bat-1', rows, failure }));
    expect(notice.headline).toBe('orders was loaded but not finished: it failed at refresh kpis');
    expect(notice.sentences.join(' ')).toMatch(/in the warehouse \(batch bat-1\).*Press Re-run to finish/);
    expect(notice.actions).toEqual(['rerun', 'undo', 'show-refused', 'mute']);
  });

  it('says of files that came again that nothing was changed', () => {
    expect(runNotice(aRun({ outcome: 'duplicate' })).headline).toBe(
      'orders: these files were loaded before, so nothing was changed',
    );
  });
});
