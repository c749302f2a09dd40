import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadSemanticModel } from '../../../src/model/load-semantic-model.ts';
import { catalogueText } from '../../../src/questions/catalogue-text.ts';
import { definitionText, questionCatalogue } from '../../../src/questions/question-catalogue.ts';

const model = loadSemanticModel(fileURLToPath(new URL('../../../sql-templates/model', import.meta.url)));
const rights = {
  id: 'some',
  roles: ['member' as const],
  tables: 'all' as const,
  metrics: ['revenue', 'orders'],
  personalData: 'none' as const,
  rowFilters: {},
  mayDraftSql: false,
  mayUpload: false,
  mayOperate: false,
};

describe('the catalogue of what can be asked', () => {
  it('names every metric with its definition and what it can be broken down by', () => {
    const catalogue = questionCatalogue(model);
    expect(catalogue.metrics).toHaveLength(model.metrics.size);
    const revenue = catalogue.metrics.find(({ name }) => name === 'revenue');
    expect(revenue).toMatchObject({ unit: 'money', additive: 'all', hasTime: true });
    expect(revenue?.dimensions).toContain('category');
    expect(revenue?.dimensions).not.toContain('payment_method');
    expect(catalogueText(catalogue)).toContain('Return rate (%): Units returned divided by units sold');
  });

  it('shows only what the rights allow', () => {
    const catalogue = questionCatalogue(model, { rights });
    expect(catalogue.metrics.map(({ name }) => name)).toEqual(['revenue', 'orders']);
    expect(catalogue.dimensions.map(({ name }) => name)).not.toContain('customer_email');
    expect(catalogueText(catalogue)).not.toContain('E-mail');
  });

  it('says what a metric, a dimension or a segment means, and nothing of what is not there', () => {
    expect(definitionText(model, 'average_order_value')).toContain(
      'It is revenue divided by orders with lines.',
    );
    expect(definitionText(model, 'category')).toBe('Category: Category of the product.');
    expect(definitionText(model, 'online')).toContain('over the web');
    expect(definitionText(model, 'happiness')).toBeUndefined();
  });
});
