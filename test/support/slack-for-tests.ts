import { afterAll, afterEach, beforeAll } from 'vitest';
import type { LocalWorkspaceOptions } from '../../infra/local/slack-server/start-local-workspace.ts';
import type { SlackNeeds } from '../../src/slack/needs.ts';
import type { SlackApp } from '../../src/slack/slack-app.ts';
import { type ADynamodb, aDynamodb } from './a-dynamodb.ts';
import { anAnswer, aSlackApp, type Script, scriptedNeeds } from './a-slack-app.ts';
import { aWorkspace, type WorkspaceForTests } from './a-workspace.ts';

type ScriptedNeeds = ReturnType<typeof scriptedNeeds>;
type GivenNeeds = Parameters<typeof scriptedNeeds>[2];

export type SlackForTests = {
  /** There once the tests run. */
  store(): ADynamodb;
  /** A scripted question side on these record stores. */
  needs(script?: Script, given?: GivenNeeds): ScriptedNeeds;
  aWorkspace(options?: LocalWorkspaceOptions): Promise<WorkspaceForTests>;
  start(workspace: WorkspaceForTests, needs: SlackNeeds): Promise<SlackApp>;
  /** All of these at once. */
  open(
    script?: Script,
    needs?: GivenNeeds,
    workspace?: LocalWorkspaceOptions,
  ): Promise<{ workspace: WorkspaceForTests; needs: ScriptedNeeds; app: SlackApp }>;
  /** Closed when the test ends, the last one first. */
  closeAfterwards(close: () => Promise<unknown>): void;
};

/** For the top of a test file: record stores for all its tests, and what a test opens is closed when it ends. */
export function slackForTests(): SlackForTests {
  let store: ADynamodb;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    store = await aDynamodb();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(() => store.close());

  const slack: SlackForTests = {
    store: () => store,
    needs: (script = () => anAnswer(), given = {}) => scriptedNeeds(store, script, given),
    async aWorkspace(options) {
      const workspace = await aWorkspace(options);
      closing.push(() => workspace.close());
      return workspace;
    },
    async start(workspace, needs) {
      const app = await aSlackApp(workspace, needs);
      closing.push(() => app.stop());
      return app;
    },
    async open(script, given, options) {
      const workspace = await slack.aWorkspace(options);
      const needs = slack.needs(script, given);
      return { workspace, needs, app: await slack.start(workspace, needs) };
    },
    closeAfterwards(close) {
      closing.push(close);
    },
  };
  return slack;
}
