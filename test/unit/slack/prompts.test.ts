import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../../src/access/policy.ts';
import { rightsFor } from '../../../src/access/rights-for.ts';
import { Role } from '../../../src/domain/rights.ts';
import { PROMPTS } from '../../../src/slack/greeting-words.ts';
import { createPlanner, TODAY } from '../planner/planner-world.ts';

const policy = readPolicy('src/access/policy.yaml');
const planner = createPlanner();

describe.each(Role.options)('the suggested questions for a %s', (role) => {
  const rights = rightsFor(
    { user: 'U1', groups: [], outsider: false },
    { ...policy, people: { U1: { roles: [role], rowFilters: {} } } },
  );

  test.each(PROMPTS[role].map(({ message }) => message))(
    '%s: is understood, and may be asked',
    async (question) => {
      const { reply } = await planner.plan({ question, today: TODAY, rights, conversation: undefined });
      expect(reply.kind).toBe('plan');
      const needsData = reply.kind === 'plan' && !['definition', 'catalogue'].includes(reply.plan.kind);
      expect(needsData && rights.tables.length === 0).toBe(false);
    },
  );

  test('are four', () => {
    expect(PROMPTS[role]).toHaveLength(4);
  });
});
