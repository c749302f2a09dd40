import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../domain/app-error.ts';
import { isDay } from '../domain/day.ts';
import type { ParameterValue } from '../domain/plan.ts';
import { readYaml } from '../domain/read-yaml.ts';
import { type KeptReadings, nothingKept } from '../ports/kept-readings.ts';
import { parameterNames, sqlTokens } from '../warehouse/sql-tokens.ts';
import type { FillTemplate } from './composed-query.ts';
import { TemplateHeader, type TemplateParameter } from './template-header.ts';

export type QuestionTemplate = TemplateHeader & { sql: string; file: string };
export type QuestionTemplates = ReadonlyMap<string, QuestionTemplate>;

/**
 * Reads every .sql file of the folder, once, at start. The comment lines at the head of a file are YAML.
 * Throws `config.invalid` naming file and line of each mistake.
 */
export function loadTemplates(directory: string, kept: KeptReadings = nothingKept): QuestionTemplates {
  const files = readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(directory, file), 'utf8') }));
  const templates = kept(
    'templates',
    files.flatMap(({ file, text }) => [file, text]),
    () => readTemplates(files),
  );
  return new Map(templates.map((template) => [template.name, template]));
}

function readTemplates(files: { file: string; text: string }[]): QuestionTemplate[] {
  const read = files.map(({ file, text }) => readTemplate(file, text));
  const problems = read.flatMap((each) => ('problems' in each ? each.problems : []));
  if (problems.length > 0) throw new AppError('config.invalid', { detail: problems.join('\n') });
  return read.flatMap((each) => ('problems' in each ? [] : [each]));
}

export function readTemplate(file: string, text: string): QuestionTemplate | { problems: string[] } {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('--'));
  // A comment line is a line of YAML, so line numbers are those of the file.
  const yaml = lines.slice(0, Math.max(end, 0)).map((line) => line.replace(/^-- ?/, ''));
  const header = readYaml(yaml.join('\n'), TemplateHeader);
  if ('problems' in header)
    return { problems: header.problems.map((problem) => `${file}:${problem.line}: ${problem.text}`) };
  const sql = lines.slice(end).join('\n').trim().replace(/;$/, '').trim();
  const problems = mistakesIn(header.value, sql, file).map((mistake) => `${file}:${end + 1}: ${mistake}`);
  return problems.length > 0 ? { problems } : { ...header.value, sql, file };
}

function mistakesIn(header: TemplateHeader, sql: string, file: string): string[] {
  const mistakes: string[] = [];
  if (file !== `${header.name}.sql`)
    mistakes.push(`the file of '${header.name}' should be called ${header.name}.sql.`);
  if (!/^(select|with)\s/i.test(sql)) mistakes.push('one SELECT was expected after the header.');
  const declared = header.parameters.flatMap((parameter) =>
    parameter.type === 'period' ? ['from', 'to'] : [parameter.name],
  );
  const used = parameterNames(sqlTokens(sql));
  for (const name of used) if (!declared.includes(name)) mistakes.push(`:${name} is used but not declared.`);
  for (const name of declared) if (!used.includes(name)) mistakes.push(`:${name} is declared but not used.`);
  if (new Set(declared).size !== declared.length) mistakes.push('a parameter is declared twice.');
  const columns = header.columns.map((column) => column.name);
  if (new Set(columns).size !== columns.length) mistakes.push('a column is declared twice.');
  for (const [, name] of header.answer.join(' ').matchAll(/[.>]([a-z][a-z0-9_]*)(?=[}>])/g))
    if (!columns.includes(name ?? '')) mistakes.push(`the answer speaks of '${name}', which is no column.`);
  return mistakes;
}

/** The template's SQL with every parameter bound; undefined when there is no such template. Throws usage.wrong on a bad value. */
export function fillTemplate(
  templates: QuestionTemplates,
  name: string,
  parameters: Record<string, ParameterValue>,
): ReturnType<FillTemplate> {
  const template = templates.get(name);
  if (!template) return undefined;
  const params: Record<string, ParameterValue> = {};
  for (const parameter of template.parameters) Object.assign(params, bind(parameter, parameters, template));
  return {
    sql: template.sql,
    params,
    columns: template.columns,
    tables: template.tables,
    title: template.title,
    sentence: template.meaning,
    answer: template.answer,
  };
}

/** The parameters that have neither a value nor a default. A period may be given as from and to, or not at all if it has a default. */
export function missingParameters(
  template: QuestionTemplate,
  parameters: Record<string, ParameterValue>,
): TemplateParameter[] {
  return template.parameters.filter((parameter) => {
    if (parameter.default !== null) return false;
    if (parameter.type === 'period') return parameters['from'] == null || parameters['to'] == null;
    return parameters[parameter.name] == null;
  });
}

/** A period that nobody gave: all days. */
const EVER = { from: '1900-01-01', to: '3000-01-01' };

function bind(
  parameter: TemplateParameter,
  given: Record<string, ParameterValue>,
  template: QuestionTemplate,
): Record<string, ParameterValue> {
  const wrong = (wanted: string) =>
    new AppError('usage.wrong', { detail: `'${template.title}' needs ${wanted} for ${parameter.label}.` });
  if (parameter.type === 'period') {
    const { from, to } = given;
    if (from == null && to == null && parameter.default !== null) return EVER;
    if (typeof from !== 'string' || typeof to !== 'string' || !isDay(from) || !isDay(to) || from >= to)
      throw wrong('a first and a later last day');
    return { from, to };
  }
  const value = given[parameter.name] ?? fallback(parameter);
  switch (parameter.type) {
    case 'day':
      if (typeof value !== 'string' || !isDay(value)) throw wrong('a day');
      break;
    case 'integer':
      if (
        !Number.isInteger(Number(value)) ||
        Number(value) < parameter.least ||
        Number(value) > parameter.most
      )
        throw wrong(`a whole number from ${parameter.least} to ${parameter.most}`);
      return { [parameter.name]: Number(value) };
    case 'decimal':
      if (!/^\d+(\.\d+)?$/.test(String(value))) throw wrong('a number');
      return { [parameter.name]: String(value) };
    case 'choice':
      if (!parameter.choices.some((choice) => choice.value === value)) throw wrong('one of its choices');
      break;
    case 'dimension':
    case 'text':
      if (typeof value !== 'string' || value === '' || value.length > 200) throw wrong('a value');
  }
  return { [parameter.name]: value };
}

/** Days in words are the planner's to read; without one, the day after all days. */
function fallback(parameter: TemplateParameter): ParameterValue {
  return parameter.type === 'day' && parameter.default !== null ? EVER.to : parameter.default;
}
