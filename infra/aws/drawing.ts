import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drawMachine } from '../draw-pipeline.ts';
import { drawSchema } from '../draw-schema.ts';
import { drawFlow } from './draw-flow.ts';

/** Pictures that are made of the code, and where they stand. A test holds that they are up to date. */
export const DRAWINGS = [
  { name: 'pipeline', file: 'etl/README.md', draw: async () => drawMachine() },
  { name: 'flow', file: 'infra/aws/README.md', draw: async () => drawFlow() },
  { name: 'schema', file: 'sql-templates/README.md', draw: () => drawSchema() },
] as const;

/** The text with the picture as it is now between its marks. */
export async function withDrawing({ name, draw }: (typeof DRAWINGS)[number], text: string): Promise<string> {
  const [begin, end] = [`<!-- drawing: ${name} (npm run draw) -->`, `<!-- end of drawing: ${name} -->`];
  const [before = '', rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`There is no place for the drawing '${name}'.`);
  return `${before}${begin}\n\n\`\`\`mermaid\n${await draw()}\n\`\`\`\n\n${end}${after}`;
}

export function fileOf({ file }: (typeof DRAWINGS)[number]): string {
  return fileURLToPath(new URL(`../../${file}`, import.meta.url));
}

/** `npm run draw`: draws all of them anew. */
if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const drawing of DRAWINGS)
    writeFileSync(fileOf(drawing), await withDrawing(drawing, readFileSync(fileOf(drawing), 'utf8')));
