import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DRAWINGS, fileOf, withDrawing } from '../../../infra/aws/drawing.ts';

it.each(DRAWINGS)('the drawing of the $name in $file is up to date (npm run draw)', async (drawing) => {
  const text = readFileSync(fileOf(drawing), 'utf8');
  expect(await withDrawing(drawing, text)).toBe(text);
});

it('a text without a place for a drawing is told, and not lost', async () => {
  await expect(withDrawing(DRAWINGS[0], '# Nothing here')).rejects.toThrow('no place');
});
