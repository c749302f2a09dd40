import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { macroStatements } from '../../../src/adapters/duckdb-macros.ts';
import { resultTable } from '../../../src/adapters/duckdb-results.ts';
import { MEANING_SETTINGS } from '../../../src/adapters/duckdb-settings.ts';
import { redshiftToDuckdb } from '../../../src/adapters/redshift-to-duckdb.ts';

let database: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  database = await DuckDBInstance.create(':memory:');
  connection = await database.connect();
  for (const statement of [...MEANING_SETTINGS, ...macroStatements()]) await connection.run(statement);
  await connection.run("set search_path = 'main,engine'");
  await connection.run(`create table sales as select * from (values
    (1, 'shoes', 10.10::decimal(19,4), date '2025-01-31', 'a.b'),
    (2, 'shoes', 20.20::decimal(19,4), date '2025-02-28', 'axb'),
    (4, 'hats', 5.05::decimal(19,4), date '2025-03-31', null)) t(qty, category, amount, day, code)`);
});
afterAll(() => {
  connection.closeSync();
  database.closeSync();
});

async function rows(sql: string) {
  return (await resultTable(await connection.stream(redshiftToDuckdb(sql)), 100)).rows;
}

/** Redshift's documented or known result for each; where DuckDB alone would say something else in silence. */
const SAME: [what: string, sql: string, expected: unknown][] = [
  ['integers divide to integers', 'select 7 / 2, -7 / 2, 7.0 / 2', [[3, -3, '3.5']]],
  ['the average of integers is an integer', 'select avg(qty) from sales', [[2]]],
  ['the average of decimals is not', 'select round(avg(amount), 4) from sales', [['11.7833']]],
  [
    'a filter on an aggregate goes with it into what is written instead',
    'select avg(qty) filter (where qty > 1), count(*) filter (where qty is null), median(qty) filter (where qty > 100) from sales',
    [[3, 0, null]],
  ],
  [
    'averages work over windows',
    'select distinct category, avg(qty) over (partition by category) as a from sales order by 1',
    [
      ['hats', 4],
      ['shoes', 1],
    ],
  ],
  [
    'a name needs no AS, whatever word it is',
    "select max(day) last, category label, (select 1) key, case when category = 'hats' then 1 else 2 end type, 3 value from sales s where category = 'hats' group by category order by last desc nulls last",
    [['2025-03-31', 'hats', 1, 1, 3]],
  ],
  [
    'words of windows and intervals are no names',
    "select sum(qty) over (order by day rows between 1 preceding and current row) window_sum, max(day) over () + interval '1' day next from sales order by 1 fetch first 1 rows only",
    [[1, '2025-04-01 00:00:00']],
  ],
  [
    'trunc cuts a number off, and parts of days have two names',
    "select trunc(-1.57), trunc(1.57, 1), datepart(month, date '2025-02-14')",
    [['-1', '1.5', 2]],
  ],
  ['float is eight bytes', 'select cast(0.1 as float) + 0.2::float', [['0.30000000000000004']]],
  ['numeric without a scale has none', 'select 1.6::numeric, cast(2.5 as decimal)', [['2', '3']]],
  ['nulls sort last going up', 'select code from sales order by code', [['a.b'], ['axb'], [null]]],
  ['nulls sort first going down', 'select code from sales order by code desc', [[null], ['axb'], ['a.b']]],
  ['~ finds a part', "select count(*) from sales where category ~ 'ho'", [[1 + 1]]],
  ['~ knows anchors and alternatives', "select count(*) from sales where category ~ '^h|zz$'", [[1]]],
  [
    '~ takes what stands on its right only',
    "select category ~ 'ho' and qty = 1 from sales order by qty limit 1",
    [[true]],
  ],
  ['!~ is its opposite', "select count(*) from sales where category !~ 'ho'", [[1]]],
  ['~* does not mind the case', "select 'ABC' ~* 'b'", [[true]]],
  [
    'SIMILAR TO has % and _',
    "select 'shoes' similar to 'sh%(es|as)', 'shoes' similar to 'sh', 'a.b' similar to 'a.b', 'axb' similar to 'a.b', 'axb' similar to 'a_b'",
    [[true, false, true, false, true]],
  ],
  [
    'DATE_TRUNC gives a timestamp',
    "select date_trunc('month', date '2025-02-14')",
    [['2025-02-01 00:00:00']],
  ],
  [
    'weeks begin on Monday',
    "select date_trunc('week', timestamp '2025-11-23 10:00:00')",
    [['2025-11-17 00:00:00']],
  ],
  [
    'DATEADD takes bare and quoted parts',
    "select dateadd(day, 1, date '2025-02-28'), dateadd('month', 1, date '2025-01-31'), dateadd(qtr, -1, date '2025-05-31'), dateadd(hour, 3, timestamp '2025-01-01 23:00:00'), dateadd(day, -1, '2025-01-01')",
    [
      [
        '2025-03-01 00:00:00',
        '2025-02-28 00:00:00',
        '2025-02-28 00:00:00',
        '2025-01-02 02:00:00',
        '2024-12-31 00:00:00',
      ],
    ],
  ],
  [
    'DATEDIFF counts boundaries',
    "select datediff(day, '2025-01-01', '2025-01-03'), datediff(month, date '2025-01-31', date '2025-02-01'), datediff(quarter, date '2025-03-31', date '2025-04-01'), datediff('year', timestamp '2024-12-31 23:59:59', timestamp '2025-01-01 00:00:00')",
    [[2, 1, 1, 1]],
  ],
  [
    'DATE_PART knows its own words',
    "select date_part(dow, date '2025-11-23'), date_part(weekday, date '2025-11-22'), extract(week from date '2024-12-30')",
    [[0, 6, 1]],
  ],
  [
    'ADD_MONTHS keeps the end of the month',
    "select add_months(date '2025-02-28', 1)",
    [['2025-03-31 00:00:00']],
  ],
  [
    'dates add and subtract as days',
    "select date '2025-03-01' - date '2025-02-01', date '2025-02-28' + 1",
    [[28, '2025-03-01']],
  ],
  ['CONCAT of null is null', "select concat('a', null), 'a' || null", [[null, null]]],
  [
    'DECODE finds null',
    "select decode(code, null, 'none', 'a.b', 'first', 'other') from sales order by qty",
    [['first'], ['other'], ['none']],
  ],
  ['NVL and NVL2', 'select nvl(null, 2), nvl2(null, 1, 2), coalesce(null, 3)', [[2, 2, 3]]],
  [
    'REGEXP_REPLACE replaces all',
    "select regexp_replace('a1b22', '[0-9]+', '#'), regexp_replace('ab', '(a)(b)', '$2$1'), regexp_count('banana', 'an'), regexp_instr('banana', 'n'), regexp_substr('a12', '[0-9]+')",
    [['a#b#', 'ba', 2, 3, '12']],
  ],
  [
    'percentiles of decimals do not round',
    'select percentile_cont(0.5) within group (order by amount) from (select amount from sales where qty < 4) t',
    [['15.15']],
  ],
  ['the median too', 'select median(amount) from sales where qty <> 2', [['7.575']]],
  [
    'LISTAGG has no separator of its own',
    "select listagg(qty) within group (order by qty desc), listagg(distinct category, ', ') within group (order by category) from sales",
    [['421', 'hats, shoes']],
  ],
  [
    'LISTAGG over a window',
    "select distinct category, listagg(qty, '+') within group (order by qty) over (partition by category) l from sales order by 1",
    [
      ['hats', '4'],
      ['shoes', '1+2'],
    ],
  ],
  [
    'RATIO_TO_REPORT',
    'select round(ratio_to_report(amount) over (), 4) from sales order by qty',
    [['0.2857'], ['0.5714'], ['0.1429']],
  ],
  [
    'CONVERT with a type',
    "select convert(numeric, 2.6), convert(decimal(9,1), '2.55'), convert(date, '2018-01-31'), convert(varchar(2), 7)",
    [['3', '2.6', '2018-01-31', '7']],
  ],
  [
    'IGNORE NULLS after the parentheses',
    'select qty, lag(nullif(qty, 2)) ignore nulls over (order by qty), first_value(nullif(nullif(qty, 1), 2)) ignore nulls over (order by qty rows between unbounded preceding and unbounded following) from sales order by qty',
    [
      [1, null, 4],
      [2, 1, 4],
      [4, 1, 4],
    ],
  ],
  [
    'WIDTH_BUCKET, DATE_PART_YEAR and TO_NUMBER',
    "select width_bucket(-1, 0, 10, 5), width_bucket(0, 0, 10, 5), width_bucket(9.99, 0, 10, 5), width_bucket(10, 0, 10, 5), date_part_year(date '2018-02-03'), to_number('1,234.5', '9,999D9')",
    [[0, 1, 5, 6, 2018, '1234.5']],
  ],
  [
    'percentiles over a window',
    'select distinct category, percentile_cont(0.25) within group (order by qty) over (partition by category) as c, percentile_disc(0.25) within group (order by qty desc) over (partition by category) as d from sales order by 1',
    [
      ['hats', '4', 4],
      ['shoes', '1.25', 2],
    ],
  ],
  ['APPROXIMATE COUNT is exact here', 'select approximate count(distinct category) from sales', [[2]]],
  ['TOP', 'select top 2 qty from sales order by qty desc', [[4], [2]]],
  ['TOP inside', 'select count(*) from (select top 1 qty from sales order by qty) t', [[1]]],
  ['MINUS', 'select category from sales minus select category from sales where qty = 4', [['shoes']]],
  [
    'JSON text has no quotes',
    `select json_extract_path_text('{"a":{"b":"x"},"n":1}', 'a', 'b'), json_extract_path_text('{"n":1}', 'n')`,
    [['x', '1']],
  ],
  [
    'TO_CHAR',
    "select to_char(timestamp '2025-03-09 14:05:06', 'YYYY-MM-DD HH24:MI:SS'), to_char(date '2025-03-09', 'YYYY-\"Q\"Q'), to_char(date '2025-03-09', 'Mon DD, YY'), to_char(date '2025-03-09', 'FMMonth FMDD'), to_char(date '2025-03-09', 'Dy')",
    [['2025-03-09 14:05:06', '2025-Q1', 'Mar 09, 25', 'March 9', 'Sun']],
  ],
  ['TO_CHAR of numbers', "select to_char(1234567.891, 'FM999,999,990.00')", [['1,234,567.89']]],
  [
    'TO_DATE',
    "select to_date('09 Mar 2025', 'DD Mon YYYY'), to_date('20250309', 'YYYYMMDD')",
    [['2025-03-09', '2025-03-09']],
  ],
  [
    'CONVERT_TIMEZONE',
    "select convert_timezone('Europe/Berlin', timestamp '2025-07-01 10:00:00'), convert_timezone('US/Eastern', 'UTC', timestamp '2025-01-01 00:00:00')",
    [['2025-07-01 12:00:00', '2025-01-01 05:00:00']],
  ],
  [
    'text functions',
    "select len('abc'), charindex('b', 'abc'), strpos('abc', 'c'), replicate('x', 3), initcap('o neill-smith'), btrim(' x '), lpad('7', 3, '0'), rpad('7', 2), left('abc', 2), split_part('a-b-c', '-', 2)",
    [[3, 2, 3, 'xxx', 'O Neill-Smith', 'x', '007', '7 ', 'ab', 'b']],
  ],
  ['a backslash escapes in text', "select 'it\\'s', 'a\\\\b', len('\\n')", [["it's", 'a\\b', 1]]],
  ['LIKE escapes with a backslash', "select 'a_b' like 'a\\\\_b', 'axb' like 'a\\\\_b'", [[true, false]]],
  ['a division by zero that our SQL guards', 'select 1.0 / nullif(0, 0)', [[null]]],
  ['columns are lower case', 'select 1 as Total', [[1]]],
  ['comments do not matter', "select 1 -- it's nothing\n + /* or ' this */ 1", [[2]]],
  [
    'names like our words are left alone',
    'select t.top, t.minus, t."select" from (select 1 as top, 2 as minus, 3 as "select") t',
    [[1, 2, 3]],
  ],
  [
    'grouping sets, qualify, windows',
    'select category, sum(qty) from sales group by rollup(category) order by 1',
    [
      ['hats', 4],
      ['shoes', 3],
      [null, 7],
    ],
  ],
  [
    'growth over the row before',
    'select day, round(amount / lag(amount) over (order by day) - 1, 4) as g from sales order by day',
    [
      ['2025-01-31', null],
      ['2025-02-28', '1'],
      ['2025-03-31', '-0.75'],
    ],
  ],
];

test.each(SAME)('%s', async (_what, sql, expected) => {
  expect(await rows(sql)).toEqual(expected);
});

test('the clock that is passed in is what getdate() and current_date say', () => {
  const now = new Date('2025-11-10T08:30:00Z');
  expect(redshiftToDuckdb('select getdate(), sysdate, current_date', { now })).toBe(
    "select timestamp '2025-11-10 08:30:00.000', timestamp '2025-11-10 08:30:00.000', date '2025-11-10'",
  );
});

test('words of a cluster are dropped from tables, and keys that are only hints', async () => {
  const sql = redshiftToDuckdb(`create table if not exists t1 (
  id bigint not null encode az64 distkey,
  name varchar(max) default 'x', -- sortkey (id)
  extra super,
  backup varchar(10),
  ratio float,
  primary key (id),
  foreign key (name) references other (name)
) backup no diststyle key compound sortkey (id, name)`);
  await connection.run(sql);
  const columns = await connection.runAndReadAll(
    "select column_name, data_type from information_schema.columns where table_name = 't1' order by ordinal_position",
  );
  expect(columns.getRowsJson()).toEqual([
    ['id', 'BIGINT'],
    ['name', 'VARCHAR'],
    ['extra', 'JSON'],
    ['backup', 'VARCHAR'],
    ['ratio', 'DOUBLE'],
  ]);
  await connection.run(redshiftToDuckdb('create table t2 diststyle all sortkey (id) as select * from t1'));
  await connection.run(redshiftToDuckdb('create view v1 as select id from t1 with no schema binding'));
  await connection.run(
    redshiftToDuckdb('create materialized view mv1 auto refresh yes as select id from t1'),
  );
});

test('money is eight bytes wide on this engine too, and what does not fit is an error', async () => {
  expect(redshiftToDuckdb('select cast(1 as decimal(19,4)), 2::numeric(19, 2), decimal(10,2)')).toBe(
    'select cast(1 as decimal(18,4)), 2::decimal(18, 2), decimal(10,2)',
  );
  await expect(rows("select cast('999999999999999.1' as decimal(19,4))")).rejects.toThrow(/Conversion/);
});

test('what means nothing on one machine becomes nothing', () => {
  for (const sql of [
    'grant select on t to role r',
    'vacuum full t',
    'analyze t',
    'create user u password disable',
  ])
    expect(redshiftToDuckdb(sql)).toBe('');
});

test('parameters are found by tokens, not in text, casts or comments', () => {
  expect(redshiftToDuckdb("select :a::varchar, ':b', x::date /* :c */ from t where y=:a_1")).toBe(
    "select $a::varchar, ':b', x::date   from t where y=$a_1",
  );
});

test('what cannot have the same meaning is refused', () => {
  for (const sql of [
    'select top 3 a from t union select b from u',
    'select to_char(x, y) from t',
    'select (1',
    "select 'x",
  ])
    expect(() => redshiftToDuckdb(sql)).toThrowError(
      expect.objectContaining({ code: 'warehouse.bad-statement' }),
    );
});
