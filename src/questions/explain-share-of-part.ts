import { joined } from '../composer/describe-query.ts';
import type { Filter } from '../domain/metric-query.ts';
import type { ResultColumn } from '../domain/result-table.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { ExplainInput } from './explain-words.ts';

/**
 * 'The share of web in revenue, by category': what is told is the share, so it takes the figure's place in what is
 * explained. Null where no share of a part was asked for.
 */
export function shareAsFigure(input: ExplainInput): ExplainInput | null {
  const { query, table, model } = input;
  const whole = query.calculations.find((one) => one.kind === 'share-of-total')?.whole;
  const [name = ''] = query.metrics;
  const metric = model.metrics.get(name);
  if (!whole || !metric || query.metrics.length !== 1) return null;
  const part = query.filters.filter(({ dimension }) => whole.includes(dimension));
  const segments = query.segments.filter((one) => whole.includes(one));
  const label = shareLabel(metric.label.toLowerCase(), part, segments, model);
  return {
    ...input,
    query: {
      ...query,
      calculations: [],
      filters: query.filters.filter((filter) => !part.includes(filter)),
      segments: query.segments.filter((one) => !segments.includes(one)),
    },
    table: withShareAs(name, table),
    model: {
      ...model,
      metrics: new Map(model.metrics).set(name, { ...metric, label, unit: { kind: 'share' } }),
    },
    additive: { ...input.additive, [name]: 'none' },
  };
}

/** 'share of web in revenue', 'share of revenue on weekends', 'share of orders outside GB'. */
function shareLabel(figure: string, part: Filter[], segments: string[], model: SemanticModel): string {
  const left = part.filter(({ operator }) => operator === 'not-in');
  const names = part.filter((one) => !left.includes(one)).map(({ values }) => joined(values, 'or'));
  const outside = left.map(
    ({ dimension, values }) => `${PLACES.test(dimension) ? 'outside' : 'without'} ${joined(values, 'or')}`,
  );
  const traits = segments.map((name) => (model.segments.get(name)?.label ?? name).toLowerCase());
  const rest = [...outside, ...traits].join(' ');
  if (names.length === 0) return `share of ${figure} ${rest}`;
  return `share of ${names.join(' and ')} in ${figure}${rest === '' ? '' : ` ${rest}`}`;
}

const PLACES = /(?:country|region|city|state)$/;

function withShareAs(name: string, table: ExplainInput['table']): ExplainInput['table'] {
  const at = (column: string): number => table.columns.findIndex((one) => one.name === column);
  const shares = [at(`${name}_share`), at(`${name}_share_before`), at(`${name}_share_change`)];
  const kept = shares.filter((index) => index >= 0);
  const others = table.columns.flatMap((column, index) =>
    column.name === name || column.name.startsWith(`${name}_`) ? [] : [index],
  );
  const share: ResultColumn = { name, label: name, type: 'decimal', unit: { kind: 'share' } };
  const names = [name, `${name}_before`, `${name}_change`];
  return {
    ...table,
    columns: [
      ...others.flatMap((index) => table.columns[index] ?? []),
      ...kept.map((_index, place) => ({ ...share, name: names[place] ?? name })),
    ],
    rows: table.rows.map((row) => [...others, ...kept].map((index) => row[index] ?? null)),
  };
}
