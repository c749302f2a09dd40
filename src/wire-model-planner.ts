import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openaiPlanner } from './adapters/openai-planner.ts';
import type { Config } from './config.ts';
import type { Plan } from './domain/plan.ts';
import type { SemanticModel } from './model/semantic-model.ts';
import { fillTemplate, missingParameters, type QuestionTemplates } from './model/template.ts';
import type { Clock } from './ports/clock.ts';
import type { ModelSpending } from './ports/model-spending.ts';
import type { Planner } from './ports/planner.ts';
import type { AcceptNeeds } from './questions/accept-model-reply.ts';
import type { Compose } from './questions/needs.ts';
import { questionCatalogue } from './questions/question-catalogue.ts';
import type { ValueIndex } from './vocabulary/value-index.ts';

const PROMPT = fileURLToPath(new URL('../prompts/plan-question.md', import.meta.url));

export type ModelPlannerParts = {
  config: Config;
  clock: Clock;
  spending: ModelSpending;
  model: SemanticModel;
  templates: QuestionTemplates;
  values: () => ValueIndex;
  compose: Compose;
};

/** The language-model planner, when a key is set; null otherwise. */
export function wireModelPlanner(parts: ModelPlannerParts): Planner | null {
  const { config, model, templates } = parts;
  if (!config.model) return null;
  return openaiPlanner({
    apiKey: config.model.apiKey,
    baseUrl: config.model.baseUrl,
    model: config.model.name,
    instructions: instructions(model, templates),
    valuesNear: (question) => valuesNear(question, parts.values()),
    accept: { compose: parts.compose, checkTemplate: templateCheck(templates) },
    spending: parts.spending,
    limits: { perDayUsd: config.limits.modelPerDayUsd, perPersonUsd: config.limits.personPerDayUsd },
    clock: parts.clock,
  });
}

/** The same text for every question, so that the provider's cache holds it. */
function instructions(model: SemanticModel, templates: QuestionTemplates): string {
  const { metrics, dimensions, segments } = questionCatalogue(model);
  const catalogue = {
    metrics: metrics.map(({ name, definition, unit, dimensions: by }) => ({ name, definition, unit, by })),
    dimensions: dimensions.map(({ name, description, values }) => ({
      name,
      description,
      values: values.slice(0, 12),
    })),
    segments: segments.map(({ name, definition }) => ({ name, definition })),
    templates: [...templates.values()].map(({ name, title, question, parameters }) => ({
      name,
      title,
      question,
      parameters,
    })),
  };
  const text = readFileSync(PROMPT, 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '');
  return text.replace('{{catalogue}}', () => JSON.stringify(catalogue));
}

function valuesNear(question: string, values: ValueIndex): { dimension: string; value: string }[] {
  const words = question.split(/[^\p{L}\p{N}&'-]+/u).filter((word) => word.length > 2);
  const phrases = words.flatMap((word, index) => [word, [word, words[index + 1]].join(' ')]);
  const hits = phrases.flatMap((phrase) => [...values.named(phrase), ...values.similar(phrase, null, 3)]);
  return [...new Map(hits.map((hit) => [`${hit.dimension}=${hit.value}`, hit])).values()].slice(0, 40);
}

function templateCheck(templates: QuestionTemplates): AcceptNeeds['checkTemplate'] {
  return (name, parameters) => {
    const template = templates.get(name);
    if (!template) return { ok: false, problems: [`There is no template '${name}'.`] };
    const known = new Set(
      template.parameters.flatMap((one) => (one.type === 'period' ? ['from', 'to'] : [one.name])),
    );
    const unknown = Object.keys(parameters).filter((key) => !known.has(key));
    const missing = missingParameters(template, parameters).map((one) => one.name);
    if (unknown.length + missing.length > 0) {
      return {
        ok: false,
        problems: [
          ...unknown.map((key) => `'${key}' is no parameter of ${name}.`),
          ...missing.map((key) => `${name} needs '${key}'.`),
        ],
      };
    }
    try {
      fillTemplate(templates, name, parameters);
    } catch (thrown) {
      return {
        ok: false,
        problems: [thrown instanceof Error ? thrown.message.slice(0, 300) : 'A parameter is wrong.'],
      };
    }
    const { from, to } = parameters;
    const plan: Plan = {
      kind: 'template',
      template: name,
      parameters,
      period: from && to ? { from, to } : null,
    };
    return { ok: true, plan };
  };
}
