import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readQuestions } from '../../../src/commands/eval-question.ts';
import { loadSemanticModel } from '../../../src/model/load-semantic-model.ts';
import { readTemplate } from '../../../src/model/template.ts';
import { synonymPatch, templatePatch } from '../../../src/slack/ready-patch.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A copy of the templates in a folder of its own, with the patch applied by git. */
function applied(patch: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'patch-'));
  folders.push(folder);
  cpSync('sql-templates', join(folder, 'sql-templates'), { recursive: true });
  writeFileSync(join(folder, 'ready.patch'), patch);
  execFileSync('git', ['init', '-q'], { cwd: folder });
  execFileSync('git', ['apply', 'ready.patch'], { cwd: folder });
  return folder;
}

describe('a ready patch', () => {
  test('adds a template that is read as it is, with the values of its first asker written out', async () => {
    const patch = templatePatch({
      name: 'late-parcels',
      examples: ['Late parcels by branch', 'How many parcels were late?', 'Parcels that came late last week'],
      sql: "select branch_id, count(*) as late from orders where order_date >= :from and note <> ':from' group by branch_id;",
      params: { from: "2025-11-03' or 1=1" },
      columns: [
        { name: 'branch_id', type: 'text' },
        { name: 'late', label: 'Late: "parcels"', type: 'integer' },
      ],
      tables: ['retail.orders'],
      owner: 'Dana Novak',
    });
    const folder = applied(patch.text);
    const text = readFileSync(join(folder, 'sql-templates/questions/late-parcels.sql'), 'utf8');
    const template = readTemplate('late-parcels.sql', text);
    expect(template).not.toHaveProperty('problems');
    expect(template).toMatchObject({
      name: 'late-parcels',
      tables: ['orders'],
      cues: [['late'], ['parcels']],
    });
    expect(text).toContain("order_date >= '2025-11-03'' or 1=1' and note <> ':from'");
    const evals = await readQuestions(join(folder, 'test/evals/dev/learned-late-parcels.jsonl'));
    expect(evals.map(({ question }) => question)).toContain('How many parcels were late?');
  });

  test.each([
    ['revenue', 'dosh'],
    ['weekday', 'day name'],
    ['branch', 'shop: main'],
  ])('adds a synonym of %s that the model reads', (name, word) => {
    const patch = synonymPatch({ word, of: name, question: 'dosh last week' });
    if (!patch) throw new Error('no patch');
    const folder = applied(patch.text);
    const model = loadSemanticModel(join(folder, 'sql-templates/model/'), { currency: 'GBP' });
    const found = model.metrics.get(name) ?? model.dimensions.get(name);
    expect(found?.synonyms).toContain(word);
  });

  test('is not made for a name that the model does not have', () => {
    expect(synonymPatch({ word: 'x', of: 'no_such_thing', question: 'q' })).toBeNull();
    expect(synonymPatch({ word: 'x', of: '', question: 'q' })).toBeNull();
  });
});
