import { expect, it } from 'vitest';
import { validatePlain } from '../../../etl/stages/validate-plain.ts';
import { AppError } from '../../../src/domain/app-error.ts';
import { notes, PAYMENTS } from './support.ts';

it('a file that the engine has no room for is judged row by row', async () => {
  const [set] = notes(PAYMENTS);
  const feed = set?.feeds[0];
  if (!feed) throw new Error('there is no feed');
  let asked = 0;
  const judged = await validatePlain(
    { name: 'pay.csv', object: { bucket: 'landing', key: 'pay.csv' } },
    { feed, currency: 'EUR' },
    {
      async *chunks() {
        yield Buffer.from('payment_id,order_id,method,amount\np1,1,card,5\np2,2,card,6\n');
      },
      async readSource() {
        asked += 1;
        throw new AppError('warehouse.too-large');
      },
    },
  );
  expect([judged, asked]).toEqual([null, 1]);
});
