import { describe, expect, test } from 'vitest';
import { ACTIONS, FORMS } from '../../../src/slack/action-ids.ts';
import type { Bot } from '../../../src/slack/bot.ts';
import { type Registrar, registerDoors } from '../../../src/slack/doors.ts';
import { appManifest, PAGE_COMMANDS, SCOPES } from '../../../src/slack/manifest.ts';

type Manifest = {
  features: { slash_commands: { command: string }[]; shortcuts: { callback_id: string }[] };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] }; socket_mode_enabled: boolean };
};

/** What is really registered with Slack's framework. */
function registrations() {
  const heard = {
    event: [] as string[],
    command: [] as string[],
    shortcut: [] as string[],
    action: [] as string[],
    view: [] as string[],
  };
  const note = (kind: keyof typeof heard) => (id: unknown) => {
    heard[kind].push(
      typeof id === 'object' && id !== null && 'callback_id' in id ? String(id.callback_id) : String(id),
    );
  };
  const registrar = {
    event: note('event'),
    command: note('command'),
    shortcut: note('shortcut'),
    action: note('action'),
    view: note('view'),
  };
  registerDoors(registrar as Registrar, { needs: { log: undefined } } as unknown as Bot);
  return heard;
}

describe('the app manifest', () => {
  const manifest = appManifest({ connection: 'socket' }) as Manifest;

  test('subscribes to exactly what is registered', () => {
    const heard = registrations();
    const events = new Set(
      manifest.settings.event_subscriptions.bot_events.map((event) =>
        event.replace(/^message\..*/, 'message'),
      ),
    );
    expect([...events].sort()).toEqual([...new Set(heard.event)].sort());
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(heard.command);
    expect(manifest.features.shortcuts.map((each) => each.callback_id)).toEqual(heard.shortcut);
    expect(PAGE_COMMANDS.map(({ command }) => command)).toEqual(heard.command);
  });

  test('every button and form that is made has somebody who listens', () => {
    const heard = registrations();
    expect(Object.values(ACTIONS).filter((id) => !heard.action.includes(id))).toEqual([]);
    expect(Object.values(FORMS).filter((id) => !heard.view.includes(id))).toEqual([]);
  });

  test('asks for no right without a reason, and for none that reads or writes more than is used', () => {
    const { bot } = manifest.oauth_config.scopes;
    expect(bot.every((scope) => (SCOPES[scope] ?? '').length > 10)).toBe(true);
    expect(bot).not.toContain('chat:write.public');
    expect(bot.filter((scope) => /admin|:manage|users:read.email|search/.test(scope))).toEqual([]);
  });

  test('over HTTP names the address in all three places', () => {
    const http = JSON.stringify(
      appManifest({ connection: 'http', requestUrl: 'https://p.example.com/slack/events' }),
    );
    expect(http.match(/https:\/\/p\.example\.com\/slack\/events/g)?.length).toBe(2 + PAGE_COMMANDS.length);
    expect(http).toContain('"socket_mode_enabled":false');
  });
});
