import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openaiExplainer } from './adapters/openai-explainer.ts';
import type { Config } from './config.ts';
import type { Clock } from './ports/clock.ts';
import type { Explainer } from './ports/explainer.ts';
import type { ModelSpending } from './ports/model-spending.ts';

const PROMPT = fileURLToPath(new URL('../prompts/explain-answer.md', import.meta.url));

/** Words for answers by a language model, when a key is set and it is not switched off; null otherwise. */
export function wireModelExplainer(parts: {
  config: Config;
  clock: Clock;
  spending: ModelSpending;
}): Explainer | null {
  const { config, clock, spending } = parts;
  if (!config.model || config.wording === 'offline') return null;
  return openaiExplainer({
    apiKey: config.model.apiKey,
    baseUrl: config.model.baseUrl,
    model: config.model.name,
    instructions: readFileSync(PROMPT, 'utf8').replace(/^---\n[\s\S]*?\n---\n/, ''),
    spending,
    limits: { perDayUsd: config.limits.modelPerDayUsd, perPersonUsd: config.limits.personPerDayUsd },
    clock,
  });
}
