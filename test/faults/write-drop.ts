import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The orders of one day of the sample shop, so many that they differ by price and day alone. */
export async function writeDrop(
  folder: string,
  options: { day: string; price: string; orders?: number },
): Promise<void> {
  const { day, price } = options;
  const orders = ['order_id,branch_id,ordered_at'];
  const items = ['order_id,line_no,product_id,quantity,unit_price'];
  for (let i = 0; i < (options.orders ?? 20); i += 1) {
    orders.push(`soak-${day}-${i},B01,${day} 10:00:00`);
    items.push(`soak-${day}-${i},1,P0001,1,${price}`);
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'orders.csv'), `${orders.join('\n')}\n`);
  await writeFile(join(folder, 'order_items.csv'), `${items.join('\n')}\n`);
}
