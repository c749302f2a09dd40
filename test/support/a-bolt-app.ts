import { App, LogLevel } from '@slack/bolt';
import { afterEach } from 'vitest';
import type { LocalWorkspaceOptions } from '../../infra/local/slack-server/start-local-workspace.ts';
import { aWorkspace, type WorkspaceForTests } from './a-workspace.ts';

/** The unchanged Bolt app of a customer, in socket mode, not yet started. */
export function aBoltApp(workspace: WorkspaceForTests): App {
  return new App({
    token: workspace.botToken,
    appToken: workspace.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: workspace.apiUrl },
  });
}

export type BoltForTests = {
  open(options?: LocalWorkspaceOptions): Promise<WorkspaceForTests>;
  /** Prepared, then started. */
  start(workspace: WorkspaceForTests, prepare: (app: App) => void): Promise<App>;
  /** Closed when the test ends, the last one first. */
  closeAfterwards(close: () => Promise<unknown>): void;
};

/** For the top of a test file: what a test opens is closed when it ends. */
export function boltForTests(): BoltForTests {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  return {
    async open(options) {
      const workspace = await aWorkspace(options);
      closing.push(() => workspace.close());
      return workspace;
    },
    async start(workspace, prepare) {
      const app = aBoltApp(workspace);
      prepare(app);
      await app.start();
      closing.push(() => app.stop());
      return app;
    },
    closeAfterwards(close) {
      closing.push(close);
    },
  };
}
