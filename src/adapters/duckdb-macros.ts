import { createHash } from 'node:crypto';

/** The schema that holds Redshift's functions in the embedded engine; last on every search path. */
export const MACRO_SCHEMA = 'engine';

const interval = (n: string) => `(case lower(part)
    when 'year' then to_years(${n}) when 'years' then to_years(${n}) when 'y' then to_years(${n}) when 'yr' then to_years(${n})
    when 'quarter' then to_months(3 * (${n})) when 'quarters' then to_months(3 * (${n})) when 'qtr' then to_months(3 * (${n}))
    when 'month' then to_months(${n}) when 'months' then to_months(${n}) when 'mon' then to_months(${n})
    when 'week' then to_weeks(${n}) when 'weeks' then to_weeks(${n}) when 'w' then to_weeks(${n})
    when 'day' then to_days(${n}) when 'days' then to_days(${n}) when 'd' then to_days(${n})
    when 'hour' then to_hours(${n}) when 'hours' then to_hours(${n}) when 'h' then to_hours(${n}) when 'hr' then to_hours(${n})
    when 'minute' then to_minutes(${n}) when 'minutes' then to_minutes(${n}) when 'm' then to_minutes(${n}) when 'min' then to_minutes(${n})
    when 'second' then to_seconds(${n}) when 'seconds' then to_seconds(${n}) when 's' then to_seconds(${n})
    when 'millisecond' then to_milliseconds(${n}) when 'milliseconds' then to_milliseconds(${n}) when 'ms' then to_milliseconds(${n})
    else error('unknown date part') end)`;

/** Searched CASE as Redshift's DECODE has it: null equals null. */
function decode(pairs: number, withDefault: boolean): string {
  const names = Array.from({ length: pairs }, (_, i) => [`s${i}`, `r${i}`]);
  const parameters = ['value', ...names.flat(), ...(withDefault ? ['other'] : [])];
  const whens = names.map(([s, r]) => `when value is not distinct from ${s} then ${r}`).join(' ');
  return `(${parameters.join(', ')}) as case ${whens} ${withDefault ? 'else other ' : ''}end`;
}

const decodes = Array.from({ length: 8 }, (_, i) => [decode(i + 1, false), decode(i + 1, true)]).flat();

/** name: one or more `(parameters) as expression`. Only what the engine lacks, or does differently in silence. */
const MACROS: Record<string, string[]> = {
  dateadd: [`(part, n, d) as d + ${interval('n::integer')}`],
  rs_date_trunc: ['(part, d) as date_trunc(part, d::timestamp)'],
  add_months: [
    `(d, n) as case when d::date = last_day(d::date) then last_day((d::date + to_months(n::integer))::date)::timestamp
       else d + to_months(n::integer) end`,
  ],
  months_between: [
    `(a, b) as case when day(a::date) = day(b::date) or (a::date = last_day(a::date) and b::date = last_day(b::date))
       then ((year(a::date) - year(b::date)) * 12 + month(a::date) - month(b::date))::double
       else ((year(a::date) - year(b::date)) * 12 + month(a::date) - month(b::date)) + (day(a::date) - day(b::date))::double / 31 end`,
  ],
  next_day: [
    `(d, name) as d::date + (((case lower(left(name, 2)) when 'su' then 0 when 'mo' then 1 when 'tu' then 2 when 'we' then 3
       when 'th' then 4 when 'fr' then 5 when 'sa' then 6 end) - dayofweek(d::date) + 6) % 7 + 1)::integer`,
  ],
  convert_timezone: [
    "(target, ts) as (ts::timestamp at time zone 'UTC') at time zone target",
    '(source, target, ts) as (ts::timestamp at time zone source) at time zone target',
  ],
  nvl2: ['(a, b, c) as case when a is not null then b else c end'],
  decode: decodes,
  charindex: ['(part, whole) as instr(whole, part)'],
  rs_concat: ['(a, b) as a || b'],
  replicate: ['(s, n) as repeat(s, n::bigint)'],
  btrim: ['(s) as trim(s)', '(s, c) as trim(s, c)'],
  initcap: [
    `(s) as list_aggregate(list_transform(regexp_extract_all(s, '[A-Za-z0-9]+|[^A-Za-z0-9]+'),
       lambda w: upper(left(w, 1)) || lower(substr(w, 2))), 'string_agg', '')`,
  ],
  rs_lpad: ["(s, n) as lpad(s, n::integer, ' ')", '(s, n, c) as lpad(s, n::integer, c)'],
  rs_rpad: ["(s, n) as rpad(s, n::integer, ' ')", '(s, n, c) as rpad(s, n::integer, c)'],
  octet_length: ['(s) as strlen(s)'],
  rs_regexp_replace: [
    "(s, p) as regexp_replace(s, p, '', 'g')",
    "(s, p, r) as regexp_replace(s, p, regexp_replace(r, '\\$([0-9])', '\\\\\\1', 'g'), 'g')",
  ],
  regexp_substr: ['(s, p) as regexp_extract(s, p)'],
  regexp_count: ['(s, p) as len(regexp_extract_all(s, p))'],
  regexp_instr: ['(s, p) as case when regexp_matches(s, p) then instr(s, regexp_extract(s, p)) else 0 end'],
  rs_similar_pattern: [
    `(p) as '(?s)' || replace(replace(regexp_replace(p, '([.^$\\\\])', '\\\\\\1', 'g'), '%', '.*'), '_', '.')`,
  ],
  json_extract_path_text: Array.from({ length: 5 }, (_, i) => {
    const keys = Array.from({ length: i + 1 }, (_k, k) => `k${k}`);
    const inner = keys.slice(0, -1).reduce((json, key) => `(${json} -> ${key})`, 'j::json');
    return `(j, ${keys.join(', ')}) as (${inner} ->> ${keys.at(-1)})`;
  }),
  json_extract_array_element_text: ['(j, i) as (j::json ->> i::integer)'],
  is_valid_json: ['(j) as json_valid(j)'],
  sha2: ["(s, bits) as case when bits in (0, 256) then sha256(s) else error('only SHA-256 is embedded') end"],
  func_sha1: ['(s) as sha1(s)'],
  date_part_year: ['(d) as year(d)'],
  width_bucket: [
    `(x, low, high, n) as case when x < low then 0 when x >= high then n::integer + 1
       else floor((x - low)::double / (high - low)::double * n)::integer + 1 end`,
  ],
  dlog1: ['(x) as ln(x)'],
  dlog10: ['(x) as log10(x)'],
  dexp: ['(x) as exp(x)'],
};

/** Statements that make all macros anew. */
export function macroStatements(): string[] {
  return [
    `create schema if not exists ${MACRO_SCHEMA}`,
    ...Object.entries(MACROS).map(
      ([name, overloads]) => `create or replace macro ${MACRO_SCHEMA}.${name} ${overloads.join(', ')}`,
    ),
  ];
}

/** Changes when a macro changes, so that older files get the new ones; the number, when types are translated otherwise. */
export const MACRO_VERSION = createHash('sha256')
  .update(`2;${macroStatements().join(';')}`)
  .digest('hex')
  .slice(0, 16);
