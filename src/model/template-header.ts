import { z } from 'zod';
import { ResultColumn } from '../domain/result-table.ts';

const Name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name in lower case with hyphens');
const SqlName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a name in lower case with underscores');
const Words = z.array(z.string().min(1));

const common = { name: SqlName, label: z.string().min(1) };

/** What a template can be asked with. A parameter without a default must be found in the question. */
export const TemplateParameter = z.discriminatedUnion('type', [
  /** Fills :from and :to (half-open). The default is a period in words, for the planner to read against today. */
  z.strictObject({ ...common, type: z.literal('period'), default: z.string().nullable().default(null) }),
  /** One day; the default is in words ('today', 'yesterday'). */
  z.strictObject({ ...common, type: z.literal('day'), default: z.string().nullable().default(null) }),
  z.strictObject({
    ...common,
    type: z.literal('integer'),
    default: z.number().int().nullable().default(null),
    least: z.number().int(),
    most: z.number().int(),
    /** Words that stand by the number in a question: 'top', 'days'. */
    words: Words.default([]),
  }),
  z.strictObject({
    ...common,
    type: z.literal('decimal'),
    default: z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .nullable()
      .default(null),
    words: Words.default([]),
  }),
  /** A value of a dimension of the semantic model. 'all' stands for no filter where it is the default. */
  z.strictObject({
    ...common,
    type: z.literal('dimension'),
    dimension: SqlName,
    default: z.literal('all').nullable().default(null),
  }),
  z.strictObject({
    ...common,
    type: z.literal('choice'),
    choices: z.array(z.strictObject({ value: z.string(), words: Words })).min(2),
    default: z.string().nullable().default(null),
  }),
  /** A number or code of a document or person, as people write it. */
  z.strictObject({
    ...common,
    type: z.literal('text'),
    default: z.null().default(null),
    words: Words.default([]),
  }),
]);
export type TemplateParameter = z.infer<typeof TemplateParameter>;

/** What the comment at the head of a file in sql-templates/questions says. */
export const TemplateHeader = z.strictObject({
  name: Name,
  title: z.string().min(3).max(80),
  /** What it answers, as one sentence. */
  question: z.string().min(10),
  /** One sentence that a reader of the answer needs. */
  meaning: z.string().nullable().default(null),
  /** The answer's sentences, with places to be filled from the rows: '{first.product} sold least: {first.units}.' */
  answer: z.array(z.string().min(5)).default([]),
  examples: z.array(z.string().min(5)).min(3),
  /** Each group is a set of which one word must be in a question that this template answers. */
  cues: z.array(Words.min(1)).min(1),
  parameters: z.array(TemplateParameter).default([]),
  columns: z.array(ResultColumn.required({ label: true })).min(1),
  tables: z.array(SqlName).min(1),
  owner: z.string().min(2),
  /** What the figures rest on, for the receipt. */
  notes: z.array(z.string()).default([]),
});
export type TemplateHeader = z.infer<typeof TemplateHeader>;
