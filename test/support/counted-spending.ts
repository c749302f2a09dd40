import { add, decimal, toText } from '../../src/domain/decimal.ts';
import type { ModelSpending } from '../../src/ports/model-spending.ts';

/** What a language model costs everyone, summed exactly; no person's own is told. */
export function countedSpending(): { spending: ModelSpending; totalUsd(): string } {
  let total = decimal(0);
  return {
    spending: {
      async add(_day, _person, use) {
        total = add(total, decimal(use.costUsd));
      },
      spent: async () => ({ everyoneUsd: toText(total), personUsd: '0' }),
    },
    totalUsd: () => toText(total),
  };
}
