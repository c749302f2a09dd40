import { AppError } from '../domain/app-error.ts';
import { meaningful, type SqlToken } from '../warehouse/sql-tokens.ts';
import { dateFormatToDuckdb, dateReadFormat } from './redshift-date-formats.ts';
import { typeName } from './redshift-types-to-duckdb.ts';

export type TranslateOptions = {
  /** What getdate(), sysdate and current_date are; the engine's own clock when left out. */
  now?: Date;
  /** TRUNC of one argument makes a timestamp its day; else it cuts a number off. Which, only the engine knows. */
  truncatesMoments?: boolean;
};

type Call = {
  name: string;
  rawArgs: SqlToken[][];
  /** Already rewritten. */
  args: string[];
  /** What stands in `within group (...)`, ` ignore nulls` and ` filter (...) over ...` as text ('' without). */
  within: string | undefined;
  nulls: string;
  over: string;
  options: TranslateOptions;
};

/** Calls that need more than a macro. Keys are lower-case names; the value is what to write instead. */
export const FUNCTION_RULES: Record<string, (call: Call) => string> = {
  // AVG of integers is an integer in Redshift; sum / count keeps each type's own division.
  avg: ({ args, over }) => `(sum(${args[0]})${over} / count(${args[0]})${over})`,
  // Decimals interpolate at ten places; the way through double takes the zeros off again.
  median: ({ args, over }) => `((median((${args[0]})::decimal(38,10))${over})::double)`,
  percentile_cont: (call) => percentile(call),
  percentile_disc: (call) => percentileDisc(call),
  every: ({ args, over }) => `bool_and(${args[0]})${over}`,
  listagg: ({ args, within, over }) =>
    `string_agg(${args[0]}, ${args[1] ?? "''"}${within ? ` ${within}` : ''})${over}`,
  first_value: (call) => overNulls(call),
  last_value: (call) => overNulls(call),
  nth_value: (call) => overNulls(call),
  lag: (call) => overNulls(call),
  lead: (call) => overNulls(call),
  convert: ({ args: [type = '', value = ''] }) =>
    `cast(${value} as ${type.replace(/^\w+/, (word) => typeName(word.toLowerCase(), type.includes('(') ? '(' : ''))})`,
  to_number: (call) => toNumber(call),
  ratio_to_report: ({ args, over }) => `((${args[0]})::double / sum(${args[0]})${over})`,
  date_trunc: (call) => `rs_date_trunc(${call.args.join(', ')})`,
  dateadd: (call) => dateAdd(call),
  date_add: (call) => dateAdd(call),
  isnull: ({ args }) => `coalesce(${args.join(', ')})`,
  datediff: (call) => `datediff(${[partOf(call), ...call.args.slice(1)].map(asMoment).join(', ')})`,
  date_diff: (call) => `datediff(${[partOf(call), ...call.args.slice(1)].map(asMoment).join(', ')})`,
  date_part: (call) => `date_part(${[partOf(call), ...call.args.slice(1)].join(', ')})`,
  datepart: (call) => `date_part(${[partOf(call), ...call.args.slice(1)].join(', ')})`,
  getdate: ({ options }) => now(options),
  sysdate: ({ options }) => now(options),
  nvl: ({ args }) => `coalesce(${args.join(', ')})`,
  concat: ({ args }) => `rs_concat(${args.join(', ')})`,
  lpad: ({ args }) => `rs_lpad(${args.join(', ')})`,
  rpad: ({ args }) => `rs_rpad(${args.join(', ')})`,
  regexp_replace: ({ args }) => `rs_regexp_replace(${args.slice(0, 3).join(', ')})`,
  trunc: ({ args, options }) =>
    args.length === 1 && options.truncatesMoments ? `((${args[0]})::date)` : `trunc(${args.join(', ')})`,
  to_char: (call) => dateFormatToDuckdb(call.args[0] ?? '', literal(call, 1)),
  to_date: (call) => `(strptime(${call.args[0]}, '${dateReadFormat(literal(call, 1))}')::date)`,
  to_timestamp: (call) => `strptime(${call.args[0]}, '${dateReadFormat(literal(call, 1))}')`,
};

/** IGNORE NULLS stands after the parentheses in Redshift and within them in DuckDB. */
function overNulls({ name, args, nulls, over }: Call): string {
  return `${name}(${args.join(', ')}${nulls})${over}`;
}

/** A format says how many decimals there are; what is no digit of the number stands between them as it does in the text. */
function toNumber(call: Call): string {
  const decimals = /[D.]([09]*)/i.exec(literal(call, 1))?.[1]?.length ?? 0;
  return `(regexp_replace(${call.args[0]}, '[^0-9.-]', '', 'g')::decimal(38, ${decimals}))`;
}

/** DuckDB rounds to the argument's scale while interpolating. */
function percentile({ args, within, over }: Call): string {
  const { value, direction, share } = orderOf('percentile_cont', args, within);
  if (isOverWindow(over)) return `((quantile_cont((${value})::decimal(38,10), ${share})${over})::double)`;
  return `((percentile_cont(${args[0]}) within group (order by (${value})::decimal(38,10)${direction})${over})::double)`;
}

function percentileDisc({ args, within, over }: Call): string {
  if (!isOverWindow(over)) return `percentile_disc(${args[0]}) within group (${within ?? ''})${over}`;
  const { value, share } = orderOf('percentile_disc', args, within);
  return `quantile_disc(${value}, ${share})${over}`;
}

/** DuckDB has no WITHIN GROUP over a window, but functions of two values that say the same. */
function isOverWindow(over: string): boolean {
  return /\sover\s/.test(over);
}

function orderOf(name: string, args: string[], within: string | undefined) {
  const order = /^order\s+by\s+([^]*?)(\s+(?:asc|desc))?$/i.exec(within ?? '');
  if (!order) throw new AppError('warehouse.bad-statement', { detail: `${name} lacks its order by.` });
  const [, value = '', direction = ''] = order;
  const share = /desc/i.test(direction) ? `1 - (${args[0]})` : (args[0] ?? '');
  return { value, direction, share };
}

/** Date parts may stand bare in Redshift: dateadd(day, 1, d). */
function partOf(call: Call): string {
  const only = meaningful(call.rawArgs[0] ?? []);
  const token = only[0];
  if (only.length === 1 && token?.kind === 'word')
    return `'${ALIASES[token.text.toLowerCase()] ?? token.text}'`;
  if (only.length === 1 && token?.kind === 'string') {
    const inner = token.text.slice(1, -1).toLowerCase();
    return `'${ALIASES[inner] ?? inner}'`;
  }
  return call.args[0] ?? '';
}

const ALIASES: Record<string, string> = {
  weekday: 'dow',
  dayofweek: 'dow',
  dw: 'dow',
  dayofyear: 'doy',
  dy: 'doy',
  yr: 'year',
  y: 'year',
  qtr: 'quarter',
  mon: 'month',
  w: 'week',
  d: 'day',
  hr: 'hour',
  h: 'hour',
  min: 'minute',
  m: 'minute',
  s: 'second',
  ms: 'millisecond',
};

function dateAdd(call: Call): string {
  const [, count = '', moment = ''] = call.args;
  return `dateadd(${partOf(call)}, ${count}, ${asMoment(moment, 2)})`;
}

/** Text literals and parameters are dates or timestamps in Redshift's DATEADD and DATEDIFF. */
function asMoment(argument: string, index: number): string {
  return index > 0 && /^('[^']*'|\$\w+)$/.test(argument) ? `${argument}::timestamp` : argument;
}

function now(options: TranslateOptions): string {
  return options.now
    ? `timestamp '${options.now.toISOString().slice(0, 23).replace('T', ' ')}'`
    : "(now() at time zone 'UTC')";
}

function literal(call: Call, index: number): string {
  const only = meaningful(call.rawArgs[index] ?? []);
  const token = only[0];
  if (only.length !== 1 || token?.kind !== 'string')
    throw new AppError('warehouse.bad-statement', {
      detail: `The format of ${call.name} has to be written out, not computed.`,
    });
  return token.text.slice(1, -1).replaceAll("''", "'");
}
