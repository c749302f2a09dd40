import type { QuestionCatalogue } from './question-catalogue.ts';

const MOST_NAMES = 3;

const GROUP_TITLES: Record<string, string> = {
  calendar: 'Time',
  order: 'Orders',
  product: 'Products',
  customer: 'Customers',
  branch: 'Branches',
  seller: 'Sellers',
  money: 'Money',
  stock: 'Stock',
};

/** The catalogue for people: what can be asked of the loaded data, then what the model knows and the data lacks. */
export function catalogueText(catalogue: QuestionCatalogue): string {
  const metrics = catalogue.metrics.filter(({ recorded }) => recorded);
  const dimensions = catalogue.dimensions.filter(({ recorded }) => recorded);
  const lines = [`${metrics.length} figures, ${dimensions.length} ways to break them down.`];
  for (const owner of new Set(metrics.map((metric) => metric.owner))) {
    lines.push('', `Figures: ${owner}`);
    for (const metric of metrics.filter((one) => one.owner === owner))
      lines.push(`  ${metric.label} (${metric.unit}): ${metric.definition}${also(metric.synonyms)}`);
  }
  for (const group of new Set(dimensions.map((dimension) => dimension.group))) {
    lines.push('', `By: ${GROUP_TITLES[group] ?? group}`);
    for (const dimension of dimensions.filter((one) => one.group === group))
      lines.push(`  ${dimension.label}: ${dimension.description}${also(dimension.synonyms)}`);
  }
  lines.push('', 'Limited to');
  for (const segment of catalogue.segments) lines.push(`  ${segment.label}: ${segment.definition}`);
  if (catalogue.questions.length > 0) lines.push('', 'Reviewed questions');
  for (const { title, example } of catalogue.questions) lines.push(`  ${title}: '${example}'`);
  return [...lines, ...missingText(catalogue)].join('\n');
}

function also(synonyms: readonly string[]): string {
  return synonyms.length > 0 ? ` (also: ${synonyms.slice(0, MOST_NAMES).join(', ')})` : '';
}

function missingText({ metrics, dimensions }: QuestionCatalogue): string[] {
  const missing = [...metrics, ...dimensions].filter(({ recorded }) => !recorded).map(({ label }) => label);
  return missing.length > 0 ? ['', 'Not recorded in the data that is loaded', `  ${missing.join(', ')}`] : [];
}
