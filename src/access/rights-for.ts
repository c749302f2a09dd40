import { createHash } from 'node:crypto';
import type { Rights, Role } from '../domain/rights.ts';
import type { Policy, RoleRule } from './policy.ts';

/** What is known of a person at the door. */
export type Person = {
  user: string;
  groups: string[];
  /** Slack's guests, bots, people of other workspaces in a shared channel. */
  outsider: boolean;
};

type Content = Omit<Rights, 'id' | 'roles'>;

const NOTHING: Content = {
  tables: [],
  metrics: [],
  personalData: 'none',
  rowFilters: {},
  mayDraftSql: false,
  mayUpload: false,
  mayOperate: false,
};

/** Who works at the terminal itself: vets, queries, operates. */
export const ALL_RIGHTS: Rights = withId(
  {
    tables: 'all',
    metrics: 'all',
    personalData: 'clear',
    rowFilters: {},
    mayDraftSql: true,
    mayUpload: true,
    mayOperate: true,
  },
  ['manager', 'accountant', 'data-owner', 'operator'],
);

/** A manager with all rights: who asks a question from the terminal without --as. Personal data is masked, as for every manager. */
export const MANAGER_RIGHTS: Rights = withId({ ...ALL_RIGHTS, personalData: 'masked' }, ALL_RIGHTS.roles);

/** A person's rights: the sum of what their own entry and their groups grant; nothing for outsiders. */
export function rightsFor(person: Person, policy: Policy): Rights {
  const own = policy.people[person.user];
  const grants = [...(own ? [own] : []), ...person.groups.flatMap((group) => policy.groups[group] ?? [])];
  if (grants.length === 0) {
    const role: Role = person.outsider ? 'guest' : policy.everyone;
    return withId(contentOf(policy.roles[role], {}), [role]);
  }
  const content = grants
    .flatMap((grant) => grant.roles.map((role) => contentOf(policy.roles[role], grant.rowFilters)))
    .reduce(either, NOTHING);
  return withId(content, [...new Set(grants.flatMap((grant) => grant.roles))].sort());
}

/** What everyone in an audience may see: the least of all. */
export function sharedRights(all: Rights[]): Rights {
  const [first, ...others] = all;
  if (!first) return withId(NOTHING, ['guest']);
  const content = others.reduce<Content>((least, next) => both(least, next), first);
  const roles = first.roles.filter((role) => others.every((other) => other.roles.includes(role)));
  return withId(content, roles.length > 0 ? roles : ['guest']);
}

/** True when what `audience` may see is all that `asker` may see. */
export function seesAsMuch(audience: Rights, asker: Rights): boolean {
  return (
    audience.id === asker.id ||
    withId(both(audience, asker), ['guest']).id === withId(contentOnly(asker), ['guest']).id
  );
}

function contentOf(rule: RoleRule | undefined, rowFilters: Record<string, string[]>): Content {
  return rule ? { ...rule, rowFilters } : NOTHING;
}

function contentOnly(rights: Rights): Content {
  const { id: _id, roles: _roles, ...content } = rights;
  return content;
}

const PERSONAL = ['none', 'masked', 'clear'] as const;

function either(a: Content, b: Content): Content {
  if (a === NOTHING || seesNothing(a)) return mergeFlags(b, a);
  if (seesNothing(b)) return mergeFlags(a, b);
  return mergeFlags(
    {
      ...a,
      tables: a.tables === 'all' || b.tables === 'all' ? 'all' : union(a.tables, b.tables),
      metrics: a.metrics === 'all' || b.metrics === 'all' ? 'all' : union(a.metrics, b.metrics),
      personalData:
        PERSONAL[Math.max(PERSONAL.indexOf(a.personalData), PERSONAL.indexOf(b.personalData))] ?? 'none',
      rowFilters: Object.fromEntries(
        Object.entries(a.rowFilters)
          .filter(([column]) => b.rowFilters[column])
          .map(([column, values]) => [column, union(values, b.rowFilters[column] ?? [])]),
      ),
    },
    b,
  );
}

function both(a: Content, b: Content): Content {
  const columns = [...new Set([...Object.keys(a.rowFilters), ...Object.keys(b.rowFilters)])].sort();
  return {
    tables: least(a.tables, b.tables),
    metrics: least(a.metrics, b.metrics),
    personalData:
      PERSONAL[Math.min(PERSONAL.indexOf(a.personalData), PERSONAL.indexOf(b.personalData))] ?? 'none',
    rowFilters: Object.fromEntries(
      columns.map((column) => [
        column,
        least(a.rowFilters[column] ?? 'all', b.rowFilters[column] ?? 'all') as string[],
      ]),
    ),
    mayDraftSql: a.mayDraftSql && b.mayDraftSql,
    mayUpload: a.mayUpload && b.mayUpload,
    mayOperate: a.mayOperate && b.mayOperate,
  };
}

function mergeFlags(base: Content, other: Content): Content {
  return {
    ...base,
    mayDraftSql: base.mayDraftSql || other.mayDraftSql,
    mayUpload: base.mayUpload || other.mayUpload,
    mayOperate: base.mayOperate || other.mayOperate,
  };
}

function seesNothing(content: Content): boolean {
  return content.tables !== 'all' && content.tables.length === 0;
}

function union(a: string[], b: string[]): string[] {
  return [...new Set([...a, ...b])].sort();
}

function least(a: 'all' | string[], b: 'all' | string[]): 'all' | string[] {
  if (a === 'all') return b;
  if (b === 'all') return a;
  return a.filter((value) => b.includes(value)).sort();
}

/** The id is a hash of what may be seen, so that equal rights share one policy schema. */
function withId(content: Content, roles: Role[]): Rights {
  const seen = [
    content.tables,
    content.metrics,
    content.personalData,
    Object.entries(content.rowFilters).sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
  const id = createHash('sha256').update(JSON.stringify(seen)).digest('hex').slice(0, 12);
  return { ...content, id: `r${id}`, roles };
}
