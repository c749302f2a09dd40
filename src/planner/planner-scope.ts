import type { Rights } from '../domain/rights.ts';
import type { Reach } from '../model/model-reach.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { QuestionTemplates } from '../model/template.ts';
import type { TimeContext } from '../periods/time-meaning.ts';
import type { Lexicon } from '../vocabulary/understand-lexicon.ts';
import type { ValueIndex } from '../vocabulary/value-index.ts';

/** All that one question is read with. */
export type PlannerScope = {
  model: SemanticModel;
  templates: QuestionTemplates;
  lexicon: Lexicon;
  values: ValueIndex;
  reach: Reach;
  time: TimeContext;
  rights: Rights;
  /** The currencies that the data is in. */
  /** Rows per table; a table that is not named is not known. */
  rows?: Readonly<Record<string, number>>;
  currencies: readonly string[];
};
