import type { MetricQuery } from '../domain/metric-query.ts';
import type { ColumnType, ResultColumn, Unit } from '../domain/result-table.ts';
import type { ModelDimension } from '../model/semantic-model.ts';
import { ratioName } from './compose-course.ts';
import { additivityOf, addsOverTime, metricType } from './compose-metrics.ts';
import type { ComposePlan } from './compose-plan.ts';
import { isShareOf, singular } from './ratio-of-figures.ts';

/** What a column of a composed result is, so that explainer and chart need not guess by name. */
export type CompiledColumn = ResultColumn & {
  role:
    | 'time'
    | 'time-before'
    | 'dimension'
    /** 'item' or 'rest'. */
    | 'row-kind'
    | 'metric'
    | 'before'
    | 'change'
    | 'change-share'
    | 'share'
    | 'share-before'
    | 'share-change'
    | 'ratio'
    | 'running-total'
    | 'growth'
    | 'moving-average';
  metric?: string;
  dimension?: string;
  /** How many decimals people want to see. */
  decimals?: number;
};

const GRAIN_LABEL = {
  day: 'Day',
  week: 'Week of',
  month: 'Month',
  quarter: 'Quarter',
  year: 'Year',
} as const;

export function timeColumns(query: MetricQuery, byBucket: boolean): CompiledColumn[] {
  if (!query.grain) return [];
  const label = GRAIN_LABEL[query.grain];
  const time: CompiledColumn = { name: 'period_start', label, type: 'date', role: 'time' };
  if (!query.comparison || byBucket) return [time];
  return [time, { name: 'period_start_before', label: `${label} before`, type: 'date', role: 'time-before' }];
}

export function dimensionColumn(dimension: ModelDimension): CompiledColumn {
  const type = {
    text: 'text',
    boolean: 'text',
    number: 'integer',
    decimal: 'decimal',
    date: 'date',
  } as const;
  return {
    name: dimension.name,
    label: dimension.label,
    type: type[dimension.type],
    role: 'dimension',
    dimension: dimension.name,
  };
}

export function rowKindColumn(): CompiledColumn {
  return { name: 'row_kind', label: 'Row', type: 'text', role: 'row-kind' };
}

/** The metric and all that the query makes of it, in the order of the result. */
export function metricColumns(plan: ComposePlan, name: string, canBeShared: boolean): CompiledColumn[] {
  const { query, model, bases } = plan;
  const metric = model.metrics.get(name);
  if (!metric) return [];
  const unit: Unit =
    metric.unit.kind === 'money' ? { kind: 'money', of: model.settings.currency } : metric.unit;
  const averaged = query.acrossGrain?.aggregate === 'average';
  const type: ColumnType = averaged ? 'decimal' : metricType(model, name);
  const decimals = averaged ? Math.max(metric.format.decimals, 1) : metric.format.decimals;
  const prefix = query.acrossGrain
    ? { average: 'Average', maximum: 'Highest', minimum: 'Lowest' }[query.acrossGrain.aggregate]
    : null;
  const label = prefix
    ? `${prefix} ${metric.label.toLowerCase()} per ${query.acrossGrain?.grain ?? ''}`
    : metric.label;
  const value = { type, unit, metric: name, decimals };
  const share = { type: 'decimal' as const, unit: { kind: 'share' as const }, metric: name, decimals: 4 };
  const columns: CompiledColumn[] = [{ name, label, role: 'metric', ...value }];
  if (query.comparison) {
    columns.push(
      { name: `${name}_before`, label: `${label} before`, role: 'before', ...value },
      { name: `${name}_change`, label: `Change of ${label.toLowerCase()}`, role: 'change', ...value },
      {
        name: `${name}_change_share`,
        label: `Change of ${label.toLowerCase()} in %`,
        role: 'change-share',
        ...share,
      },
    );
  }
  for (const calculation of query.calculations) {
    switch (calculation.kind) {
      case 'share-of-total':
        if (canBeShared)
          columns.push({
            name: `${name}_share`,
            label: `Share of ${label.toLowerCase()}`,
            role: 'share',
            ...share,
          });
        if (canBeShared && query.comparison)
          columns.push({
            name: `${name}_share_before`,
            label: `Share of ${label.toLowerCase()} before`,
            role: 'share-before',
            ...share,
          });
        if (canBeShared && query.comparison)
          columns.push({
            name: `${name}_share_change`,
            label: `Change of share of ${label.toLowerCase()}`,
            role: 'share-change',
            ...share,
          });
        break;
      case 'ratio':
        if (calculation.of === name) {
          const whole = (model.metrics.get(calculation.to)?.label ?? calculation.to).toLowerCase();
          const isShare = isShareOf(calculation, model);
          columns.push({
            name: ratioName(calculation),
            label: isShare ? `${label} as a share of ${whole}` : `${label} per ${singular(whole)}`,
            role: 'ratio',
            ...(isShare ? share : { ...value, type: 'decimal', decimals: 2 }),
          });
        }
        break;
      case 'running-total':
        if (addsOverTime(additivityOf(model, name, bases))) {
          columns.push({
            name: `${name}_running_total`,
            label: `${label}, running total`,
            role: 'running-total',
            ...value,
          });
        }
        break;
      case 'growth':
        columns.push({
          name: `${name}_growth`,
          label: `Growth of ${label.toLowerCase()}`,
          role: 'growth',
          ...share,
        });
        break;
      case 'moving-average':
        columns.push({
          name: `${name}_moving_average`,
          label: `${label}, moving average of ${calculation.window}`,
          role: 'moving-average',
          ...value,
          type: 'decimal',
        });
        break;
    }
  }
  return columns;
}
