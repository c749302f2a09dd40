import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { sendMessageEvents } from '../../infra/local/slack-server/events.ts';
import { BOT } from '../../infra/local/slack-server/workspace-data.ts';
import type { Message } from '../../infra/local/slack-server/workspace-types.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { noteStop, noteStream, questionOfStream, watchForStop } from '../../src/slack/stop-elsewhere.ts';
import { anAnswer, isFinished, type Script } from '../support/a-slack-app.ts';
import type { WorkspaceForTests } from '../support/a-workspace.ts';
import { slackForTests } from '../support/slack-for-tests.ts';

const slack = slackForTests();

async function start(workspace: WorkspaceForTests, script: Script, settings = {}, clock?: Clock) {
  const needs = slack.needs(script, { settings, ...(clock ? { clock } : {}) });
  return { app: await slack.start(workspace, needs), needs };
}

function fromBot(workspace: WorkspaceForTests, place: string): Message[] {
  return workspace.messages(place).filter((message) => message.user === BOT.userId);
}

describe('one question gets one answer', () => {
  test('when Slack delivers the same event three times, at once and later', async () => {
    const workspace = await slack.aWorkspace();
    const { needs } = await start(workspace, async () => {
      await sleep(100);
      return anAnswer();
    });
    const question = workspace.says('mara', '@mara', 'revenue last week');
    void sendMessageEvents(workspace.parts, question);
    await workspace.waitForReply(question, isFinished);
    await sendMessageEvents(workspace.parts, question);
    await workspace.parts.app.idle();
    await sleep(150);
    expect(needs.asked).toHaveLength(1);
    expect(fromBot(workspace, '@mara')).toHaveLength(1);
  });

  test('when two instances are connected and both get it', async () => {
    const workspace = await slack.aWorkspace();
    const first = await start(workspace, async () => {
      await sleep(50);
      return anAnswer();
    });
    const second = await start(workspace, async () => {
      await sleep(50);
      return anAnswer();
    });
    await workspace.waitFor('two connections', () => workspace.connections() === 2);
    const question = workspace.says('mara', '#finance', '@plumbline revenue last week');
    for (let copy = 0; copy < 4; copy += 1) void sendMessageEvents(workspace.parts, question);
    await workspace.waitForReply(question, isFinished);
    await workspace.parts.app.idle();
    await sleep(150);
    expect(first.needs.asked.length + second.needs.asked.length).toBe(1);
    expect(fromBot(workspace, '#finance')).toHaveLength(1);
  });

  test('when it is delivered again after a restart', async () => {
    const workspace = await slack.aWorkspace();
    const { app } = await start(workspace, () => anAnswer());
    const question = workspace.says('mara', '@mara', 'revenue last week');
    await workspace.waitForReply(question, isFinished);
    await app.stop();
    const { needs } = await start(workspace, () => anAnswer());
    await sendMessageEvents(workspace.parts, question);
    await workspace.parts.app.idle();
    await sleep(100);
    expect(needs.asked).toHaveLength(0);
    expect(fromBot(workspace, '@mara')).toHaveLength(1);
  });

  test.each([
    ['in a channel', '#finance', '@plumbline revenue last week'],
    ['in a stream', '@mara', 'revenue last week'],
  ])(
    '%s, when the process died while it was at it: the next one finishes the same message',
    async (_, place, text) => {
      const workspace = await slack.aWorkspace();
      const died = await start(workspace, () => new Promise(() => {}), { answerTimeoutMs: 40_000 });
      const question = workspace.says('mara', place, text);
      await workspace.waitFor('the work to begin', () => died.needs.asked.length === 1);
      await workspace.waitFor('a first sign', () => fromBot(workspace, place).length === 1);
      await sleep(50);

      const next = await start(workspace, () => anAnswer(), {}, aMinuteLater());
      await workspace.waitForReply(question, (reply) => reply.text.startsWith('Revenue was'));
      expect(next.needs.asked).toHaveLength(1);
      expect(fromBot(workspace, place)).toHaveLength(1);
    },
  );
});

function aMinuteLater(): Clock {
  const clock = systemClock({ timeZone: 'Europe/London', today: '2025-11-12' });
  return { ...clock, today: () => clock.today(), now: () => new Date(Date.now() + 60_000) };
}

describe('a stop that another instance hears of', () => {
  test('reaches the one that is at work, by the button and by the event of Slack', async () => {
    const needs = slack.needs();
    const controller = new AbortController();
    const end = watchForStop('message/C1/1.1', controller, needs);
    await noteStream('D1', '2.2', 'message/C1/1.1', needs);
    const key = await questionOfStream('D1', '2.2', needs);
    expect(await questionOfStream('D1', '3.3', needs)).toBeNull();
    expect(controller.signal.aborted).toBe(false);
    await noteStop(key ?? '', needs);
    await once(controller.signal, 'abort');
    end();
  });
});
