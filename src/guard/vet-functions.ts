/**
 * What may be called: functions without effects, whose cost is bounded by their input, and that mean the
 * same on Redshift and on the embedded engine. name:arity, name:from-to.
 */
const SCALARS = `
  abs:1 acos:1 asin:1 atan:1 atan2:2 cbrt:1 ceil:1 ceiling:1 cos:1 cot:1 degrees:1 exp:1 floor:1 ln:1 log:1-2
  mod:2 pi:0 power:2 pow:2 radians:1 round:1-2 sign:1 sin:1 sqrt:1 tan:1 trunc:1-2 dlog10:1 dexp:1
  coalesce:1-60 nvl:1-60 nvl2:3 nullif:2 isnull:2 ifnull:2 greatest:1-60 least:1-60 decode:3-120
  ascii:1 btrim:1-2 char_length:1 character_length:1 charindex:2 chr:1 concat:2-40 initcap:1 left:2 len:1 length:1
  lower:1 ltrim:1-2 lpad:2-3 octet_length:1 position:2 quote_literal:1 replace:3 reverse:1 right:2 rpad:2-3 rtrim:1-2
  split_part:3 strpos:2 substr:2-3 substring:2-3 textlen:1 translate:3 trim:1 upper:1 concat_ws:2-40
  regexp_count:2-4 regexp_instr:2-6 regexp_replace:2-5 regexp_substr:2-5
  add_months:2 date:1 date_cmp:2 date_diff:3 date_part:2 date_part_year:1 date_trunc:2 dateadd:3 datediff:3 datepart:2
  dateadd:3 datename:2 day:1 dayofweek:1 dayofyear:1 dayname:1 getdate:0 last_day:1 make_date:3 monthname:1
  hour:1 minute:1 second:1 month:1 months_between:2 next_day:2 now:0 quarter:1 to_char:1-2 to_date:1-3 to_number:1-2
  to_timestamp:1-2 week:1 weekofyear:1 year:1 timestamp_cmp:2 convert_timezone:2-3 trunc:1-2 age:1-2
  json_extract_path_text:2-7 is_valid_json:1
  starts_with:2 contains:2 log10:1 log2:1 date_add:2-3 date_sub:2-3 regexp_matches:2-3 strftime:2 md5:1 epoch:1 gcd:2 lcm:2 bool:1 date_cmp_timestamp:2 width_bucket:4 timezone:2
`;

/** Aggregates may stand alone or over a window. */
const AGGREGATES = `
  any_value:1 avg:1 bit_and:1 bit_or:1 bool_and:1 bool_or:1 every:1 corr:2 count:0-8 covar_pop:2 covar_samp:2
  listagg:1-2 max:1 median:1 min:1 percentile_cont:1 percentile_disc:1 regr_slope:2 regr_intercept:2 regr_r2:2
  stddev:1 stddev_pop:1 stddev_samp:1 string_agg:2 sum:1 var_pop:1 var_samp:1 variance:1 mode:0-1 group_concat:1-2
  approx_count_distinct:1 count_if:1 approx_quantile:2 first:1 last:1 arbitrary:1 product:1 skewness:1 kurtosis:1 quantile_cont:2 quantile_disc:2 grouping:1-20 grouping_id:1-20 max_by:2 min_by:2 arg_max:2 arg_min:2
`;

/** Only over a window. */
const WINDOWS = `
  cume_dist:0 dense_rank:0 first_value:1 lag:1-3 last_value:1 lead:1-3 nth_value:2 ntile:1 percent_rank:0 rank:0
  ratio_to_report:1 row_number:0
`;

export type FunctionRule = { kind: 'scalar' | 'aggregate' | 'window'; least: number; most: number };

export const FUNCTIONS: ReadonlyMap<string, FunctionRule> = new Map([
  ...rules('scalar', SCALARS),
  ...rules('aggregate', AGGREGATES),
  ...rules('window', WINDOWS),
]);

/** Calls whose first argument may be a bare date part: dateadd(month, 1, x). */
export const DATE_PART_FIRST: ReadonlySet<string> = new Set(
  'dateadd datediff date_diff date_add date_sub date_part datepart datename extract'.split(' '),
);

export const DATE_PARTS: ReadonlySet<string> = new Set(
  `century centuries c cent cents decade decades dec decs year years y yr yrs yyyy yy quarter quarters qtr qtrs q qq
   month months mon mons mm m week weeks w wk ww isoweek isoyear weekyear day days d dd dayofweek dow dw weekday
   isodow dayofyear doy dy yearday hour hours h hr hrs hh minute minutes mi min mins n second seconds s sec secs ss
   millisecond milliseconds ms msec epoch`.split(/\s+/),
);

/** Written without parentheses. `user` and its kin are not here: they are refused. */
export const BARE_FUNCTIONS: ReadonlySet<string> = new Set(
  'current_date current_timestamp current_time sysdate localtimestamp localtime'.split(' '),
);

/** Bare words that an engine would answer by itself, also where a column has that name. */
export const FORBIDDEN_WORDS: ReadonlySet<string> = new Set(
  `current_user session_user system_user user current_role current_catalog current_schema current_database
   ctid oid tableoid xmin xmax cmin cmax rowid rownum`.split(/\s+/),
);

/** Types that a value may be cast to. */
export const TYPES: ReadonlySet<string> = new Set(
  `smallint int2 integer int int4 bigint int8 decimal numeric dec real float4 float8 float double boolean bool
   char character nchar bpchar varchar nvarchar text date time timetz timestamp timestamptz datetime interval`.split(
    /\s+/,
  ),
);

function* rules(kind: FunctionRule['kind'], text: string): Generator<[string, FunctionRule]> {
  for (const entry of text.trim().split(/\s+/)) {
    const [name = '', arity = '0'] = entry.split(':');
    const [least = '0', most = least] = arity.split('-');
    yield [name, { kind, least: Number(least), most: Number(most) }];
  }
}
