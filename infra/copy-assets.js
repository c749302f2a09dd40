// Puts the files that the program reads at run time beside its compiled code, in the same places as in the source.
import { cp, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

const FOLDERS = ['sql-templates', 'prompts', 'etl', 'src', 'infra', 'test/evals'];
const KINDS = /\.(yaml|yml|sql|md|json|jsonl|ttf|csv)$/;

for (const folder of FOLDERS) {
  await mkdir(`dist/${folder}`, { recursive: true });
  await cp(folder, `dist/${folder}`, {
    recursive: true,
    filter: (source) => !/\.[a-z]+$/i.test(source) || KINDS.test(source) || source.includes('page/dist'),
  });
}
await mkdir(dirname('dist/package.json'), { recursive: true });
await cp('package.json', 'dist/package.json');
