import { describe, expect, it } from 'vitest';
import { loadFeeds } from '../../../etl/feeds/load-feeds.ts';
import { tryFiles } from '../validate/support.ts';

const example = (name: string) =>
  loadFeeds([new URL(`../../../etl/feeds/examples/${name}.yaml`, import.meta.url)]);

const RETAIL = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

describe('the Online Retail declaration', () => {
  it('makes orders, lines, products and customers of invoice lines', async () => {
    const lines = [
      RETAIL,
      '1,85123A,HEART ,6,12/1/2010 8:26,2.55,17850,United Kingdom',
      '1,85123A,HEART ,6,12/1/2010 8:26,2.55,17850,United Kingdom',
      '1,POST,POSTAGE,1,12/1/2010 8:28,18,17850,United Kingdom',
      'C2,85123A,WHITE HEART,-1,12/2/2010 9:00,2.55,17850,France',
      '3,85123A,HEART,-5,12/2/2010 9:00,0,,France',
      '4,85123A,,5,12/2/2010 9:00,0,,France',
      'A5,B,Adjust bad debt,1,12/2/2010 9:00,-11062.06,,France',
      'A6,B,Adjust bad debt,1,12/2/2010 9:00,11062.06,,France',
    ];
    const tried = await tryFiles({ 'data.csv': lines.join('\r\n') }, await example('online-retail'));
    const items = await tried.rows('order_items');
    expect(
      items.map((row) => [row['order_id'], row['line_no'], row['line_kind'], row['net_amount']]),
    ).toEqual([
      ['1', '1', 'sale', '15.3'],
      ['1', '2', 'sale', '15.3'],
      ['1', '3', 'sale', '18'],
      ['C2', '1', 'cancellation', '-2.55'],
      ['3', '1', 'write-off', '0'],
      ['4', '1', 'free', '0'],
      ['A5', '1', 'adjustment', '-11062.06'],
      ['A6', '1', 'sale', '11062.06'],
    ]);
    const orders = await tried.rows('orders');
    expect(
      orders.map((row) => [
        row['order_id'],
        row['document_kind'],
        row['status'],
        row['customer_id'],
        row['ordered_at'],
      ]),
    ).toEqual([
      ['1', 'sale', 'invoiced', '17850', '2010-12-01 08:26:00'],
      ['C2', 'cancellation', 'cancelled', '17850', '2010-12-02 09:00:00'],
      ['3', 'adjustment', 'invoiced', '', '2010-12-02 09:00:00'],
      ['4', 'adjustment', 'invoiced', '', '2010-12-02 09:00:00'],
      ['A5', 'adjustment', 'invoiced', '', '2010-12-02 09:00:00'],
      ['A6', 'sale', 'invoiced', '', '2010-12-02 09:00:00'],
    ]);
    expect(
      (await tried.rows('products')).map((row) => [row['product_id'], row['name'], row['category']]),
    ).toEqual([
      ['85123A', 'HEART', 'Goods'],
      ['POST', 'POSTAGE', 'Services and fees'],
      ['B', 'Adjust bad debt', 'Services and fees'],
    ]);
    expect(await tried.rows('customers')).toMatchObject([
      { customer_id: '17850', person_id: '17850', country: 'France', joined_on: '2010-12-01' },
    ]);
  });

  it('numbers the lines of an invoice on across the parts of a split file', async () => {
    const line = '1,85123A,HEART,6,12/1/2010 8:26,2.55,17850,United Kingdom';
    const parts = {
      'data-2.csv': `${RETAIL}\n${line}\n`,
      'data-10.csv': `${RETAIL}\n${line}\n`,
      'data-1.csv': `${RETAIL}\n${line}\n${line}\n`,
    };
    const tried = await tryFiles(parts, await example('online-retail'));
    expect(tried.files.map((file) => [file.file, file.counts.read, file.outputs.length])).toEqual([
      ['data-1.csv', 2, 4],
      ['data-2.csv', 1, 0],
      ['data-10.csv', 1, 0],
    ]);
    expect((await tried.rows('order_items')).map((row) => row['line_no'])).toEqual(['1', '2', '3', '4']);
    expect(await tried.rows('orders')).toHaveLength(1);
  });
});

describe('the Olist declaration', () => {
  it('takes categories from the translation, keeps untranslated ones, and leaves missing ones empty', async () => {
    const tried = await tryFiles(
      {
        'olist_products_dataset.csv':
          '"product_id","product_category_name","product_weight_g"\n"1",beleza_saude,225\n"2",pc_gamer,\n"3",,5\n',
        'product_category_name_translation.csv':
          '\ufeffproduct_category_name,product_category_name_english\r\nbeleza_saude,health_beauty',
      },
      await example('olist'),
    );
    expect((await tried.rows('products')).map((row) => row['category'])).toEqual([
      'health_beauty',
      'pc_gamer',
      '',
    ]);
    expect(tried.received.files.map((file) => file.feed)).toEqual(['products', null]);
    expect(tried.received.feed).toBe('products');
  });
});
