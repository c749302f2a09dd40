import { z } from 'zod';
import { Role } from '../domain/rights.ts';
import { readCheckedYaml } from './read-checked-yaml.ts';

/** What a role may see and do. Everything left out is the least. */
const RoleRule = z
  .object({
    tables: z.union([z.literal('all'), z.array(z.string())]).default([]),
    metrics: z.union([z.literal('all'), z.array(z.string())]).default([]),
    personalData: z.enum(['clear', 'masked', 'none']).default('none'),
    mayDraftSql: z.boolean().default(false),
    mayUpload: z.boolean().default(false),
    mayOperate: z.boolean().default(false),
  })
  .strict();
export type RoleRule = z.infer<typeof RoleRule>;

const Grant = z
  .object({
    roles: z.array(Role).min(1),
    /** Warehouse column to the values this person may see, e.g. { branch_id: ['B03'] }. */
    rowFilters: z.record(z.string().regex(/^[a-z_]+$/), z.array(z.string()).min(1)).default({}),
    name: z.string().optional(),
  })
  .strict();

/** Who may see what, by Slack user and user group. */
export const Policy = z
  .object({
    roles: z.partialRecord(Role, RoleRule),
    people: z.record(z.string(), Grant).default({}),
    groups: z.record(z.string(), Grant).default({}),
    /** Full members of the workspace whom neither list names. */
    everyone: Role.default('member'),
  })
  .strict();
export type Policy = z.infer<typeof Policy>;

/** Reads and checks a policy file; problems are listed at once with file and line (config.invalid). */
export function readPolicy(file: string): Policy {
  return readCheckedYaml(file, Policy);
}
