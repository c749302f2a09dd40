import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../domain/app-error.ts';
import { type LineOf, readYaml } from '../domain/read-yaml.ts';
import { type KeptReadings, nothingKept } from '../ports/kept-readings.ts';
import { checkSemanticModel } from './check-semantic-model.ts';
import { ModelFile, type ModelSettings, type SemanticModel } from './semantic-model.ts';

/**
 * Reads every .yaml file of the folder, once, at start. Throws `config.invalid` that names file and line of each
 * mistake. `settings` from the environment win over those in the files.
 */
export function loadSemanticModel(
  directory: string,
  settings: Partial<ModelSettings> = {},
  kept: KeptReadings = nothingKept,
): SemanticModel {
  const files = yamlFiles(directory);
  const parts = kept(
    'model',
    files.flatMap(({ file, text }) => [file, text]),
    () => readModelFiles(files),
  );
  const problems: string[] = [];

  const entities = new Map<string, ModelFile['entities'][number]>();
  const dimensions = new Map<string, ModelFile['dimensions'][number]>();
  const metrics = new Map<string, ModelFile['metrics'][number]>();
  const segments = new Map<string, ModelFile['segments'][number]>();
  const where = new Map<string, string>();
  const events: SemanticModel['events'][number][] = [];
  let found: ModelSettings | undefined;

  for (const { file, part, lines } of parts) {
    if (part.settings) found = part.settings;
    const keep = <T extends { name: string }>(kind: Kind, items: T[], into: Map<string, T>) =>
      items.forEach((item, index) => {
        const place = `${file}:${lines[kind][index]}`;
        if (into.has(item.name)) problems.push(`${place}: '${item.name}' is there twice in ${kind}.`);
        into.set(item.name, item);
        where.set(`${kind}/${item.name}`, place);
      });
    keep('entities', part.entities, entities);
    keep('dimensions', part.dimensions, dimensions);
    keep('metrics', part.metrics, metrics);
    keep('segments', part.segments, segments);
    events.push(...part.events);
  }
  if (!found) problems.push(`${directory}: no file has 'settings'.`);
  failOn(problems);

  const model: SemanticModel = {
    settings: { ...(found as ModelSettings), ...settings },
    entities,
    dimensions,
    metrics,
    segments,
    events,
  };
  failOn(
    checkSemanticModel(model).map((p) => `${where.get(`${p.kind}/${p.name}`) ?? directory}: ${p.message}`),
  );
  return model;
}

const KINDS = ['entities', 'dimensions', 'metrics', 'segments'] as const;
type Kind = (typeof KINDS)[number];

type ReadFile = { file: string; part: ModelFile; lines: Record<Kind, number[]> };

function yamlFiles(directory: string): { file: string; text: string }[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.yaml') || name.endsWith('.yml'))
    .toSorted()
    .map((file) => ({ file, text: readFileSync(join(directory, file), 'utf8') }));
}

function readModelFiles(files: { file: string; text: string }[]): ReadFile[] {
  const read = files.map(({ file, text }) => readModelFile(file, text));
  failOn(read.flatMap((each) => ('problems' in each ? each.problems : [])));
  return read.flatMap((each) => ('problems' in each ? [] : [each]));
}

function readModelFile(file: string, text: string): ReadFile | { problems: string[] } {
  const read = readYaml(text, ModelFile);
  if ('value' in read) return { file, part: read.value, lines: linesOf(read.value, read.lineOf) };
  return { problems: read.problems.map((problem) => `${file}:${problem.line}: ${problem.text}`) };
}

/** Where each thing of a file stands. */
function linesOf(part: ModelFile, lineOf: LineOf): Record<Kind, number[]> {
  const of = (kind: Kind) => part[kind].map((_item, index) => lineOf([kind, index]));
  return Object.fromEntries(KINDS.map((kind) => [kind, of(kind)])) as Record<Kind, number[]>;
}

function failOn(problems: string[]): void {
  if (problems.length === 0) return;
  throw new AppError('config.invalid', { detail: `The semantic model: ${problems.join(' ')}` });
}
