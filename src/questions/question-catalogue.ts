import { weakest } from '../composer/compose-metrics.ts';
import { metricsReaching } from '../composer/compose-plan.ts';
import type { Rights } from '../domain/rights.ts';
import type { ModelMeasure, ModelMetric, SemanticModel } from '../model/semantic-model.ts';
import type { QuestionTemplates } from '../model/template.ts';
import type { Recorded } from './read-recorded.ts';

/** What can be asked, as data: `plumbline catalog --json`, and the stable part of a model's prompt. */
export type QuestionCatalogue = {
  settings: Omit<SemanticModel['settings'], 'currency'>;
  metrics: {
    name: string;
    label: string;
    definition: string;
    formula: string;
    /** 'money' is in the currency of the data, which a catalogue of the files alone does not know. */
    unit: string;
    synonyms: string[];
    owner: string;
    /** Whether groups, and times, add up to the total. */
    additive: ModelMeasure['additive'];
    hasTime: boolean;
    dimensions: string[];
    /** False when nothing that is loaded stands behind it. */
    recorded: boolean;
  }[];
  dimensions: {
    name: string;
    label: string;
    description: string;
    type: string;
    group: string;
    synonyms: string[];
    personal: boolean;
    values: string[];
    recorded: boolean;
  }[];
  segments: { name: string; label: string; definition: string; synonyms: string[] }[];
  events: { name: string; label: string; synonyms: string[] }[];
  /** Reviewed SQL, for one question each. */
  questions: { name: string; title: string; question: string; example: string }[];
};

/** Left out: all rights, everything recorded, no reviewed questions. */
export type CatalogueOptions = { rights?: Rights; recorded?: Recorded; templates?: QuestionTemplates };

/** With rights, only what that person may ask for. No query is run and no model is asked. */
export function questionCatalogue(model: SemanticModel, options: CatalogueOptions = {}): QuestionCatalogue {
  const { rights, recorded } = options;
  const metrics = [...model.metrics.values()].filter(
    ({ name }) => !rights || rights.metrics === 'all' || rights.metrics.includes(name),
  );
  const dimensions = [...model.dimensions.values()].filter(
    ({ personal }) => !personal || !rights || rights.personalData !== 'none',
  );
  const reached = new Map(dimensions.map((one) => [one.name, new Set(metricsReaching(model, [one]))]));
  return {
    settings: withoutCurrency(model.settings),
    metrics: metrics.map((metric) => ({
      name: metric.name,
      label: metric.label,
      definition: metric.definition,
      formula: formulaOf(metric, model),
      unit: unitOf(metric),
      synonyms: metric.synonyms,
      owner: metric.owner,
      additive:
        metric.kind === 'simple' ? (metric.measures[0]?.additive ?? 'none') : additiveParts(metric, model),
      hasTime: hasTime(metric, model),
      dimensions: dimensions
        .filter(({ name }) => reached.get(name)?.has(metric.name))
        .map(({ name }) => name),
      recorded: recorded?.metrics.has(metric.name) ?? true,
    })),
    dimensions: dimensions.map(({ name, label, description, type, group, synonyms, personal, values }) => ({
      name,
      label,
      description,
      type,
      group,
      synonyms,
      personal,
      values: values.kind === 'listed' ? values.values : [],
      recorded: recorded?.dimensions.has(name) ?? true,
    })),
    segments: [...model.segments.values()].map(({ name, label, definition, synonyms }) => ({
      name,
      label,
      definition,
      synonyms,
    })),
    events: model.events.map(({ name, label, synonyms }) => ({ name, label, synonyms })),
    questions: [...(options.templates?.values() ?? [])]
      .filter(({ tables }) =>
        tables.every((table) => !recorded?.empty.has(table) && isAllowed(table, rights)),
      )
      .map(({ name, title, question, examples }) => ({ name, title, question, example: examples[0] ?? '' })),
  };
}

function isAllowed(table: string, rights: Rights | undefined): boolean {
  return !rights || rights.tables === 'all' || rights.tables.includes(table);
}

function withoutCurrency(settings: SemanticModel['settings']) {
  const { currency, ...others } = settings;
  void currency;
  return others;
}

/** 'What does revenue mean?': definition, formula and owner of a metric, or what a dimension or segment is. */
export function definitionText(model: SemanticModel, name: string): string | undefined {
  const metric = model.metrics.get(name);
  if (metric) {
    return `${metric.label}: ${metric.definition} It is ${formulaOf(metric, model)}. Who decides what it means: ${metric.owner}.`;
  }
  const dimension = model.dimensions.get(name);
  if (dimension) return `${dimension.label}: ${dimension.description}`;
  const segment = model.segments.get(name);
  return segment ? `${segment.label}: ${segment.definition}` : undefined;
}

function formulaOf(metric: ModelMetric, model: SemanticModel): string {
  const label = (name: string) => (model.metrics.get(name)?.label ?? name).toLowerCase();
  if (metric.kind === 'ratio') return `${label(metric.numerator)} divided by ${label(metric.denominator)}`;
  if (metric.kind === 'derived') {
    const minus = metric.minus.map((name) => ` minus ${label(name)}`).join('');
    return `${metric.plus.map(label).join(' plus ')}${minus}`;
  }
  const measure = metric.measures[0];
  return measure ? measureInWords(measure) : '';
}

const AGGREGATE_WORDS = {
  sum: 'the sum of',
  count: 'the number of',
  count_distinct: 'the number of different',
  average: 'the mean of',
  maximum: 'the highest',
  minimum: 'the lowest',
} as const;

function measureInWords(measure: ModelMeasure): string {
  const of = measure.sql ?? `rows of ${measure.entity}`;
  const where = measure.where.length > 0 ? ` where ${measure.where.join(' and ')}` : '';
  const per = measure.per
    ? ` per ${measure.per.by}, then the ${measure.per.take}${measure.per.at_least === undefined ? '' : ` of those with at least ${measure.per.at_least}`}`
    : '';
  return `${AGGREGATE_WORDS[measure.aggregate]} ${of}${where}${per}`;
}

function unitOf(metric: ModelMetric): string {
  switch (metric.unit.kind) {
    case 'money':
      return 'money';
    case 'share':
      return '%';
    case 'count':
    case 'days':
    case 'ratio':
    case 'none':
      return metric.unit.of ?? metric.unit.kind;
  }
}

function additiveParts(metric: ModelMetric, model: SemanticModel): ModelMeasure['additive'] {
  if (metric.kind !== 'derived') return 'none';
  const parts = [...metric.plus, ...metric.minus].map((name) => {
    const part = model.metrics.get(name);
    if (!part) return 'none';
    return part.kind === 'simple' ? (part.measures[0]?.additive ?? 'none') : additiveParts(part, model);
  });
  return weakest(parts);
}

function hasTime(metric: ModelMetric, model: SemanticModel): boolean {
  if (metric.kind === 'simple') return metric.measures.some(({ time }) => time !== null);
  const parts =
    metric.kind === 'ratio' ? [metric.numerator, metric.denominator] : [...metric.plus, ...metric.minus];
  return parts.every((name) => {
    const part = model.metrics.get(name);
    return part ? hasTime(part, model) : false;
  });
}
