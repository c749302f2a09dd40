import { readFileSync } from 'node:fs';

export type Attack = { kind: string; sql: string };

/** The hand-written attacks, with places in the text filled in. A line that starts with a space continues the one before. */
export function attackCorpus(places: { dir: string; file: string }): Attack[] {
  const attacks: Attack[] = [];
  let kind = '';
  for (const line of readFileSync(new URL('sql-attacks.txt', import.meta.url), 'utf8').split('\n')) {
    if (line.startsWith('# ')) kind = line.slice(2);
    else if (line.startsWith(' ')) {
      const last = attacks.at(-1);
      if (last) last.sql += `\n${fill(line, places)}`;
    } else if (line !== '') attacks.push({ kind, sql: fill(line, places) });
  }
  return attacks;
}

function fill(line: string, places: { dir: string; file: string }): string {
  return line
    .replaceAll('{dir}', places.dir)
    .replaceAll('{file}', places.file)
    .replace(/\\u\{([0-9a-f]+)\}/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}

/** Good queries over the same tables, for mutants to start from. */
export const GOOD_SHOP_QUERIES: readonly string[] = [
  "select order_id, total from shop.orders where order_date >= date '2025-01-02' order by total desc limit 3",
  'select c.country, count(*) as n, sum(o.total) as spent from shop.orders o join shop.customers c on c.customer_id = o.customer_id group by c.country',
  'with big as (select customer_id, sum(total) as spent from shop.orders group by customer_id) select b.customer_id, b.spent, rank() over (order by b.spent desc) as place from big b',
  "select o.order_id from shop.orders o where exists (select 1 from shop.customers c where c.customer_id = o.customer_id and c.country = 'Spain')",
  'select x.country, x.n from (select country, count(*) as n from shop.customers group by country) x where x.n > 1',
  "select order_id from shop.orders where customer_id in (select customer_id from shop.customers where country = 'Italy') union all select product_id from shop.products",
  'select c.country, o.note from shop.customers c left join shop.orders o using (customer_id)',
  "select case when total > 30 then 'much' else 'little' end as size, count(*) from shop.orders group by 1",
  'select p.name, (select max(total) from shop.orders) as most from shop.products p',
];
