import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';

const FEATURES =
  '^src/(guard|model|composer|vocabulary|periods|reading|planner|questions|uploads|ledger|digests|alerts|rules|dashboard|runs|access|warehouse|forgetting)/';

/** One way in: domain < ports < features < adapters, slack, etl < wiring < entry points < infra. */
const FORBIDDEN: IForbiddenRuleType[] = [
  rule('the domain imports nothing of ours', '^src/domain/', '^(src/(?!domain/)|etl/|infra/|test/)'),
  rule('ports import the domain alone', '^src/ports/', '^(src/(?!domain/|ports/)|etl/|infra/|test/)'),
  rule(
    'features import no technology',
    FEATURES,
    '^(src/(adapters|slack)/|src/[^/]+\\.ts$|etl/|infra/|test/)',
  ),
  rule(
    'adapters know no door and no pipeline',
    '^src/adapters/',
    '^(src/slack/|src/(wiring|main|cli[a-z-]*|settings|config[a-z-]*)\\.ts$|etl/|infra/|test/)',
  ),
  rule(
    'the bot does not import the pipelines',
    '^src/(slack|uploads|ledger)/',
    '^(etl/|infra/|src/(wiring|main|cli[a-z-]*)\\.ts$|test/)',
  ),
  rule(
    'the pipelines do not import the bot',
    '^etl/',
    '^(src/(slack|uploads|ledger|guard|composer|vocabulary|periods|reading|planner|questions|digests|alerts|rules|dashboard|access|adapters)/|src/(wiring|main|cli[a-z-]*|settings|config[a-z-]*)\\.ts$|infra/|test/)',
  ),
  rule(
    'wiring is below the entry points',
    '^src/wir(e|ing)',
    '^(src/(main|cli|commands|functions)|infra/|test/)',
  ),
  rule(
    'the model, the guard, the composer and the planner do not know who asks them',
    '^src/(model|guard|composer|vocabulary|periods|reading|planner)/',
    '^src/(questions|uploads|ledger|digests|alerts|rules|dashboard|runs)/',
  ),
  rule(
    'the model knows nobody who reads it',
    '^src/model/',
    '^src/(guard|composer|vocabulary|periods|reading|planner)/',
  ),
  rule('words come before times', '^src/vocabulary/', '^src/(periods|reading|planner)/'),
  rule('times come before the reading of a question', '^src/periods/', '^src/(reading|planner)/'),
  rule('a question is read before it is planned', '^src/reading/', '^src/planner/'),
  rule('the program does not import its tests', '^(src|etl|infra)/', '^test/'),
  {
    // Types may refer to each other, and blocks that hold blocks are drawn by each other.
    name: 'no circles',
    severity: 'error',
    from: { pathNot: '^infra/local/page/' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
];

describe('the architecture', () => {
  it('has one way in, and no circles', async () => {
    const { output } = await cruise(['src', 'etl', 'infra'], {
      ruleSet: { forbidden: FORBIDDEN },
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: 'infra/local/page/(dist|node_modules)' },
    });
    const { summary, modules } = output as ICruiseResult;
    const ours = modules.filter((module) => /^(src|etl)\//.test(module.source));
    expect(ours.length).toBeGreaterThan(30);
    expect(ours.some((module) => module.dependencies.length > 0)).toBe(true);
    expect(summary.violations.map(({ rule: broken, from, to }) => `${broken.name}: ${from} > ${to}`)).toEqual(
      [],
    );
  });
});

function rule(name: string, from: string, to: string): IForbiddenRuleType {
  return { name, severity: 'error', from: { path: from }, to: { path: to } };
}
