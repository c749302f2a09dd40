import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadSemanticModel } from '../../../src/model/load-semantic-model.ts';
import { readCatalogue, tablesIn } from '../../../src/warehouse/catalogue.ts';

const FOLDER = fileURLToPath(new URL('../../../sql-templates/model', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'plumbline-model-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the semantic model', () => {
  const model = loadSemanticModel(FOLDER);

  it('covers the warehouse with at least 40 metrics and 30 dimensions', () => {
    expect(model.metrics.size).toBeGreaterThanOrEqual(40);
    expect(model.dimensions.size).toBeGreaterThanOrEqual(30);
  });

  it('lists the columns that the migrations make, no more and no fewer, with the same ones personal', async () => {
    const tables = tablesIn(await readCatalogue(), 'retail');
    const ours = [...model.entities.values()].filter(({ sql }) => !sql);
    expect(ours.map(({ name }) => name).sort()).toEqual(Object.keys(tables).sort());
    for (const entity of ours) {
      const table = tables[entity.name];
      expect(Object.keys(entity.columns), entity.name).toEqual(Object.keys(table?.columns ?? {}));
      expect([...entity.key].sort()).toEqual([...(table?.primaryKey ?? [])].sort());
      const personal = Object.entries(entity.columns).filter(([, column]) => column.personal);
      expect(personal.map(([name]) => name)).toEqual(table?.personal);
    }
  });

  it('marks a dimension over a personal column as personal', () => {
    const personal = new Set(
      [...model.entities.values()].flatMap(({ name, columns }) =>
        Object.entries(columns)
          .filter(([, column]) => column.personal)
          .map(([column]) => `${name}.${column}`),
      ),
    );
    for (const dimension of model.dimensions.values()) {
      const touches = dimension.sources.some((sql) => [...personal].some((column) => sql.includes(column)));
      expect(dimension.personal, dimension.name).toBe(touches);
    }
  });

  it('defines each metric in one sentence', () => {
    for (const { name, definition } of model.metrics.values()) {
      expect(definition, name).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('takes settings from outside over those in the files', () => {
    expect(loadSemanticModel(FOLDER, { currency: 'BRL', fiscal_year_start_month: 4 }).settings).toMatchObject(
      {
        currency: 'BRL',
        fiscal_year_start_month: 4,
      },
    );
  });
});

describe('a mistake in the model', () => {
  const broken = (name: string, text: string) => {
    const folder = join(scratch, name);
    mkdtempSync(folder);
    const made = mkdtempSync(`${folder}-`);
    writeFileSync(join(made, 'model.yaml'), text);
    return () => loadSemanticModel(made);
  };
  const settings = 'settings: { currency: EUR, fiscal_year_start_month: 1, week_start: monday }';
  const entity =
    'entities:\n  - { name: things, label: Things, description: Things., key: [id], columns: { id: text, day: date } }';

  it('is told with file and line when a word is not one of those allowed', () => {
    expect(
      broken(
        'word',
        `${settings}\n${entity}\nmetrics:\n  - name: many\n    kind: simple\n    label: Many\n    definition: Many.\n    unit: { kind: count }\n    format: { decimals: 0 }\n    owner: us\n    measures:\n      - { entity: things, aggregate: total, time: day, additive: all }\n`,
      ),
    ).toThrow(/model\.yaml:13: metrics\.0\.measures\.0\.aggregate/);
  });

  it('is told with file and line when a metric uses a column that is not there', () => {
    expect(
      broken(
        'column',
        `${settings}\n${entity}\nmetrics:\n  - name: many\n    kind: simple\n    label: Many\n    definition: Many.\n    unit: { kind: count }\n    format: { decimals: 0 }\n    owner: us\n    measures:\n      - { entity: things, aggregate: sum, sql: things.size, time: day, additive: all }\n`,
      ),
    ).toThrow(/model\.yaml:5: 'many' uses 'things\.size', which is not there/);
  });

  it('is told when metrics are made of each other', () => {
    const ratio = (name: string, of: string) =>
      `  - { name: ${name}, kind: ratio, label: ${name}, definition: A., unit: { kind: share }, format: { decimals: 2 }, owner: us, numerator: ${of}, denominator: ${of} }\n`;
    expect(
      broken('circle', `${settings}\n${entity}\nmetrics:\n${ratio('a', 'b')}${ratio('b', 'a')}`),
    ).toThrow(/defined by itself/);
  });

  it('is told when a join could repeat rows but is said to be many-to-one', () => {
    expect(
      broken(
        'join',
        `${settings}\nentities:\n  - { name: things, label: T, description: T., key: [id], columns: { id: text }, joins: [{ to: parts, on: [[id, thing]], cardinality: many-to-one }] }\n  - { name: parts, label: P, description: P., key: [id], columns: { id: text, thing: text } }\n`,
      ),
    ).toThrow(/model\.yaml:3: the join to 'parts' is not on its key/);
  });

  it('is told when YAML itself is broken', () => {
    expect(broken('yaml', `${settings}\nmetrics: [\n`)).toThrow(
      /model\.yaml:\d+: BAD_INDENT|model\.yaml:\d+: /,
    );
  });
});
