import { expect, it } from 'vitest';
import { emfMetrics } from '../../src/adapters/emf-metrics.ts';
import { meteredWarehouse } from '../../src/adapters/metered-warehouse.ts';
import { AppError } from '../../src/domain/app-error.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';

it('writes metrics as CloudWatch reads them from a log, and nothing without a namespace', () => {
  const lines: string[] = [];
  emfMetrics(
    'Plumbline',
    (line) => lines.push(line),
    () => 1_700_000_000_000,
  ).put({ Answers: 1, AnswerMillis: 240 });
  emfMetrics(undefined, (line) => lines.push(line)).put({ Answers: 1 });
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      _aws: {
        Timestamp: 1_700_000_000_000,
        CloudWatchMetrics: [
          {
            Namespace: 'Plumbline',
            Dimensions: [[]],
            Metrics: [
              { Name: 'Answers', Unit: 'Count' },
              { Name: 'AnswerMillis', Unit: 'Milliseconds' },
            ],
          },
        ],
      },
      Answers: 1,
      AnswerMillis: 240,
    },
  ]);
});

it('counts what fails in the warehouse, but not what was called off', async () => {
  const counted: string[] = [];
  const failing = (code: 'warehouse.timed-out' | 'warehouse.cancelled') =>
    meteredWarehouse({ read: () => Promise.reject(new AppError(code)) } as unknown as Warehouse, {
      put: (values) => counted.push(...Object.keys(values)),
    }).read({ sql: 'select 1', schema: 'retail', maxRows: 1, timeoutMs: 1 });
  await expect(failing('warehouse.timed-out')).rejects.toThrow();
  await expect(failing('warehouse.cancelled')).rejects.toThrow();
  expect(counted).toEqual(['WarehouseErrors', 'WarehouseMillis', 'WarehouseMillis']);
});
