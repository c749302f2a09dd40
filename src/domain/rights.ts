import { z } from 'zod';

export const Role = z.enum(['guest', 'member', 'manager', 'accountant', 'data-owner', 'operator']);
export type Role = z.infer<typeof Role>;

/** What one person (or everyone in a channel) may see. The guard and the policy views both hold to it. */
export const Rights = z.object({
  /** Names the policy schema `policy_<id>`; same rights, same id. Letters, digits, underscore. */
  id: z.string().regex(/^[a-z0-9_]{1,40}$/),
  roles: z.array(Role),
  /** Semantic-model subjects (tables) that may be read; 'all' or a list. */
  tables: z.union([z.literal('all'), z.array(z.string())]),
  metrics: z.union([z.literal('all'), z.array(z.string())]),
  /** Personal columns: shown, masked (hash), or absent. */
  personalData: z.enum(['clear', 'masked', 'none']),
  /** Row filters by warehouse column, e.g. { branch_id: ['B03'] }; applies to every table that has the column. */
  rowFilters: z.record(z.string(), z.array(z.string())),
  mayDraftSql: z.boolean(),
  mayUpload: z.boolean(),
  mayOperate: z.boolean(),
});
export type Rights = z.infer<typeof Rights>;
