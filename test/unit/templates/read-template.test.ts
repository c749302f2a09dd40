import { describe, expect, it } from 'vitest';
import { fillTemplate, loadTemplates, missingParameters, readTemplate } from '../../../src/model/template.ts';

const templates = loadTemplates(new URL('../../../sql-templates/questions/', import.meta.url).pathname);

describe('filling a template', () => {
  it('needs a period where there is no default, and says which parameter is missing', () => {
    const invoice = templates.get('invoice-lines');
    expect(invoice && missingParameters(invoice, {}).map((parameter) => parameter.name)).toEqual(['invoice']);
    expect(() => fillTemplate(templates, 'invoice-lines', {})).toThrow(/invoice number/);
  });

  it('takes all days when nobody named a period', () => {
    expect(fillTemplate(templates, 'payment-mix', {})?.params).toEqual({
      from: '1900-01-01',
      to: '3000-01-01',
    });
  });

  it('refuses values out of bounds and days that are none', () => {
    expect(() =>
      fillTemplate(templates, 'top-customers', { from: '2025-01-01', to: '2025-04-01', top: 0 }),
    ).toThrow(/whole number/);
    expect(() => fillTemplate(templates, 'top-customers', { from: '2025-02-30', to: '2025-03-01' })).toThrow(
      /day/,
    );
    expect(() => fillTemplate(templates, 'top-customers', { from: '2025-03-01', to: '2025-03-01' })).toThrow(
      /day/,
    );
  });

  it('knows no template by a name that none has', () => {
    expect(fillTemplate(templates, 'no-such', {})).toBeUndefined();
  });
});

describe('reading a template', () => {
  const good = `-- name: a-b
-- title: A title
-- question: What it answers.
-- examples: [one two three, four five six, seven eight]
-- cues: [[one]]
-- parameters: [{ name: period, label: period, type: period }]
-- columns: [{ name: n, label: N, type: integer }]
-- tables: [orders]
-- owner: finance
select count(*) as n from orders where order_date >= :from and order_date < :to
`;

  it('keeps the text after the header as it is', () => {
    expect(readTemplate('a-b.sql', good)).toMatchObject({
      name: 'a-b',
      sql: expect.stringMatching(/^select count.*:to$/),
    });
  });

  it('names file and line of a mistake in the header', () => {
    const wrong = good.replace('type: integer', 'type: money');
    expect(readTemplate('a-b.sql', wrong)).toEqual({
      problems: [expect.stringMatching(/^a-b\.sql:7: columns\.0\.type/)],
    });
    expect(readTemplate('a-b.sql', good.replace('-- owner: finance\n', ''))).toEqual({
      problems: [expect.stringContaining('owner')],
    });
  });

  it('holds the parameters of the text against those of the header', () => {
    expect(readTemplate('a-b.sql', good.replace(':to', ':until'))).toEqual({
      problems: [
        expect.stringContaining(':until is used but not declared'),
        expect.stringContaining(':to is declared but not used'),
      ],
    });
    expect(readTemplate('c.sql', good)).toEqual({
      problems: [expect.stringContaining('should be called a-b.sql')],
    });
  });
});
