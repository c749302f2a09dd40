import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../src/domain/app-error.ts';
import { readYaml, type YamlProblem } from '../../src/domain/read-yaml.ts';
import { type Extract, ExtractDeclaration } from './extract.ts';

const OWN_FOLDER = fileURLToPath(new URL('./', import.meta.url));

/**
 * The extract of this name in a folder of declarations, or the one in this file.
 * Errors: extract.unknown, extract.invalid-declaration with file and line.
 */
export async function loadExtract(nameOrFile: string, folder: string = OWN_FOLDER): Promise<Extract> {
  if (/\.ya?ml$/i.test(nameOrFile)) return parseExtract(await contentOf(nameOrFile), resolve(nameOrFile));
  const names: string[] = [];
  for (const entry of (await readdir(folder).catch(() => [])).filter((one) => /\.ya?ml$/i.test(one)).sort()) {
    const extract = parseExtract(await contentOf(join(folder, entry)), join(folder, entry));
    if (extract.name === nameOrFile) return extract;
    names.push(extract.name);
  }
  throw new AppError('extract.unknown', {
    detail: `'${nameOrFile}' is not declared in ${folder}; ${names.length > 0 ? `there are ${names.join(', ')}` : 'it holds none'}. Name a YAML file, or set PLUMBLINE_EXTRACTS to the folder of your declarations.`,
  });
}

/** One declaration; `file` is used in messages and to find its feeds. */
export function parseExtract(text: string, file: string): Extract {
  const read = readYaml(text, ExtractDeclaration);
  if ('problems' in read) return invalid(file, read.problems);
  const { extract: name, tables, feeds, ...rest } = read.value;
  if (Object.keys(tables).length === 0)
    invalid(file, [{ line: read.lineOf(['tables']), text: 'it names no tables' }]);
  return {
    ...rest,
    name,
    feeds: feeds === undefined ? undefined : join(dirname(file), feeds),
    file,
    tables: Object.entries(tables).map(([feed, table]) => ({
      feed,
      from: table.from,
      key: table.key,
      watermark: table.watermark ?? null,
      where: table.where ?? null,
    })),
  };
}

async function contentOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('extract.unknown', { detail: `${file} cannot be read.`, cause });
  });
}

function invalid(file: string, [problem]: readonly YamlProblem[]): never {
  const { line, text } = problem ?? { line: 1, text: 'it is no declaration' };
  throw new AppError('extract.invalid-declaration', {
    detail: `${basename(file)}, line ${line}: ${text.replace(/\.$/, '')}.`,
  });
}
