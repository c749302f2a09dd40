import { defineConfig } from 'vitest/config';
import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line that any tool can read. */
const plainClosingLine: Reporter = {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      if (module.errors().length > 0) counts.failed += 1;
      for (const test of module.children.allTests()) {
        const state = test.result().state;
        if (state !== 'pending') counts[state] += 1;
      }
    }
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  },
};

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Ample, for a machine that has other work: what hangs is found all the same.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // The modules of a worker are read once for all its files: none keeps in them what another would miss or trip over.
    isolate: false,
    // Vitest leaves a core free, which on two cores halves it.
    maxWorkers: '100%',
    reporters: ['default', plainClosingLine],
    env: { TZ: 'UTC', LOG_LEVEL: 'silent', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
