import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { AppError } from '../domain/app-error.ts';
import { checkSemanticModel } from './check-semantic-model.ts';
import { ModelFile, type ModelSettings, type SemanticModel } from './semantic-model.ts';

/**
 * Reads every .yaml file of the folder, once, at start. Throws `config.invalid` that names file and line of each
 * mistake. `settings` from the environment win over those in the files.
 */
export function loadSemanticModel(directory: string, settings: Partial<ModelSettings> = {}): SemanticModel {
  const problems: string[] = [];
  const parts: { file: string; part: ModelFile; lineOf: LineOf }[] = [];
  for (const file of yamlFiles(directory)) {
    const read = readModelFile(directory, file);
    if ('problems' in read) problems.push(...read.problems);
    else parts.push({ file, ...read });
  }
  failOn(problems);

  const entities = new Map<string, ModelFile['entities'][number]>();
  const dimensions = new Map<string, ModelFile['dimensions'][number]>();
  const metrics = new Map<string, ModelFile['metrics'][number]>();
  const segments = new Map<string, ModelFile['segments'][number]>();
  const where = new Map<string, string>();
  const events: SemanticModel['events'][number][] = [];
  let found: ModelSettings | undefined;

  for (const { file, part, lineOf } of parts) {
    if (part.settings) found = part.settings;
    const keep = <T extends { name: string }>(kind: string, items: T[], into: Map<string, T>) =>
      items.forEach((item, index) => {
        const place = `${file}:${lineOf([kind, index])}`;
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

type LineOf = (path: readonly (string | number)[]) => number;

function yamlFiles(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.yaml') || name.endsWith('.yml'))
    .toSorted();
}

function readModelFile(
  directory: string,
  file: string,
): { part: ModelFile; lineOf: LineOf } | { problems: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(join(directory, file), 'utf8'), { lineCounter: lines });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) => `${file}:${lines.linePos(error.pos[0]).line}: ${error.code}`),
    };
  }
  const lineOf: LineOf = (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      const offset = rangeStart(node);
      if (offset !== undefined) return lines.linePos(offset).line;
    }
    return 1;
  };
  const parsed = ModelFile.safeParse(document.toJS() ?? {});
  if (parsed.success) return { part: parsed.data, lineOf };
  return {
    problems: parsed.error.issues.map((issue) => {
      const path = issue.path.filter((step) => typeof step !== 'symbol');
      return `${file}:${lineOf(path)}: ${path.join('.')}: ${issue.message}`;
    }),
  };
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  const { range } = node;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined;
}

function failOn(problems: string[]): void {
  if (problems.length === 0) return;
  throw new AppError('config.invalid', { detail: `The semantic model: ${problems.join(' ')}` });
}
