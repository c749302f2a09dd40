import { hasCode } from '../domain/app-error.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import { Rule } from './rule.ts';

export type RuleStore = { smallRecords: VersionedRecords };

const KIND = 'alert-rule';
const TRIES = 5;

/** All of them, or a person's own. */
export async function listRules(needs: RuleStore, owner?: string): Promise<Rule[]> {
  const records = await needs.smallRecords.list(KIND);
  const rules = records.map((record) => Rule.parse({ ...(record.value as object), version: record.version }));
  return owner === undefined ? rules : rules.filter((rule) => rule.owner === owner);
}

export async function findRule(id: string, needs: RuleStore): Promise<Rule | undefined> {
  const record = await needs.smallRecords.find(KIND, id);
  return record && Rule.parse({ ...(record.value as object), version: record.version });
}

/** Errors: records.conflict when another instance was quicker. */
export async function saveRule(rule: Rule, needs: RuleStore): Promise<Rule> {
  const { version, ...value } = Rule.parse(rule);
  return { ...rule, version: await needs.smallRecords.save(KIND, { id: rule.id, version, value }) };
}

/** Undefined when it was stopped before. Who was second to save looks again. */
export async function changeRule(
  id: string,
  change: (rule: Rule) => Rule,
  needs: RuleStore,
): Promise<Rule | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await findRule(id, needs);
    if (!found) return undefined;
    try {
      return await saveRule(change(found), needs);
    } catch (thrown) {
      const isConflict = hasCode(thrown, 'records.conflict');
      if (!isConflict || attempt >= TRIES) throw thrown;
    }
  }
}

export async function removeRule(id: string, needs: RuleStore): Promise<void> {
  await needs.smallRecords.remove(KIND, id);
}
