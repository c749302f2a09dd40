import type { PlannerReply } from '../domain/plan.ts';
import { tokens } from '../vocabulary/understand-words.ts';
import type { PlannerScope } from './planner-scope.ts';

const CATALOGUE =
  /^(?:help|hi|hello|hey|\?|menu|catalog(?:ue)?)[!.? ]*$|\bwhat (?:else )?(?:can|could|may) (?:i|we) (?:ask|do|query|see|know)\b|\bwhat (?:can|do) you (?:do|know|answer|offer)\b|\b(?:which|what) (?:metrics|measures|figures|kpis|dimensions|data|questions|reports) (?:do you|can (?:i|you)|are (?:there|available)|exist|are you able)\b|\bwhat (?:kind|kinds|sort|types?) of (?:questions|data|things)\b|\b(?:list|show)(?: me)?(?: all)?(?: the)? (?:available )?(?:metrics|measures|dimensions|kpis)\b|\bhow (?:do|can) i (?:use|ask)\b|\bhow does this work\b|\bwhat are you able to\b/i;

const DEFINITION = [
  /^(?:please )?define (.+)$/i,
  /^(?:what(?:'s| is| are)? )?(?:the |a |your )?(?:definition|meaning) of (?:the )?(.+)$/i,
  /^what (?:do|does|did) (?:you mean by |we mean by )(.+)$/i,
  /^what (?:do|does) (?:the |a |an |your )?(.+?) (?:mean|stand for|include|measure)s?(?: here| exactly)?$/i,
  /^what(?:'s| is| are) meant by (?:the |an? |our )?(.+)$/i,
  /^how (?:is|are|do you|do we|did you|does plumbline) (?:the )?(?:calculate|compute|define|measure|derive|work out|count|determine)d? (?:the |a |an )?(.+)$/i,
  /^how (?:is|are|was|were) (?:the |a |an |our )?(.+?) (?:calculated|computed|defined|measured|derived|worked out|counted|determined)(?: here| exactly)?$/i,
  /^what (?:exactly |precisely )?(?:do|does|did|would) (?:you|we|plumbline|this|it) (?:exactly |precisely |actually )?(?:count|class|treat|regard|understand|record|book|report|include) (?:as|under|by|in)(?: being)? (?:an? |the |our )?(.+?)(?: exactly| here)?$/i,
  /^what (?:exactly |all )?(?:is (?:included|counted|contained)|goes) (?:in|into|as|under) (?:an? |the |our )?(.+?)(?: exactly| here)?$/i,
  /^what counts as (?:an? |the )?(.+)$/i,
  /^(?:explain|describe) (?:what )?(?:the (?:term|metric) )?(.+?)(?: means| is)?$/i,
  /^(?:what's|what is) (?:an? |the )?(.+?) \(definition\)$/i,
  /^what is an? (.+)$/i,
];

/** 'what is the difference between gross sales and revenue', no time and no breakdown beside them. */
const DIFFERENCE =
  /^(?:please )?(?:explain |(?:what|whats|what's) (?:is )?)?(?:the )?difference between (?:the )?(.+?) and (?:the )?(.+)$/i;

/** 'What does revenue mean?' and 'what can I ask?', from the model alone. */
export function planDefinition(question: string, scope: PlannerScope): PlannerReply | undefined {
  const text = question.replace(/[?!.\s]+$/, '').trim();
  if (CATALOGUE.test(text) || CATALOGUE.test(question)) return plan({ kind: 'catalogue' });
  const [, one, other] = DIFFERENCE.exec(text) ?? [];
  if (one !== undefined && other !== undefined) {
    const of = wholeTerm(one, scope);
    const beside = wholeTerm(other, scope);
    if (of !== undefined && beside !== undefined && of !== beside)
      return plan({ kind: 'definition', of, beside });
  }
  for (const pattern of DEFINITION) {
    const said = pattern.exec(text)?.[1];
    if (said === undefined) continue;
    const of = wholeTerm(said.replace(/^["'`]|["'`]$/g, ''), scope);
    if (of !== undefined) return plan({ kind: 'definition', of });
  }
  return undefined;
}

/** The metric or dimension that these words name, when they name nothing else besides. */
function wholeTerm(said: string, scope: PlannerScope): string | undefined {
  const all = tokens(said.replace(/["'`]/g, ' '));
  const whole = scope.lexicon.at(all, 0).find(({ length }) => length === all.length);
  for (const meaning of whole?.meanings ?? []) if (meaning.kind === 'metric') return meaning.name;
  for (const meaning of whole?.meanings ?? []) if (meaning.kind === 'dimension') return meaning.name;
  if (/^the /.test(said)) return wholeTerm(said.slice(4), scope);
  return undefined;
}

function plan(of: { kind: 'catalogue' } | { kind: 'definition'; of: string; beside?: string }): PlannerReply {
  return { kind: 'plan', plan: of, confidence: 1, planner: 'offline', notes: [] };
}
