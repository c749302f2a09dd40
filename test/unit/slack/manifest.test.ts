import { describe, expect, test } from 'vitest';
import { ACTIONS, FORMS } from '../../../src/slack/action-ids.ts';
import {
  COMMAND_HANDLERS,
  clickHandler,
  EVENT_HANDLERS,
  FORM_HANDLERS,
  SHORTCUT_HANDLERS,
} from '../../../src/slack/doors.ts';
import { appManifest, PAGE_COMMANDS, SCOPES } from '../../../src/slack/manifest.ts';

type Manifest = {
  features: { slash_commands: { command: string }[]; shortcuts: { callback_id: string }[] };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] }; socket_mode_enabled: boolean };
};

describe('the app manifest', () => {
  const manifest = appManifest({ connection: 'socket' }) as Manifest;

  test('subscribes to exactly what has a handler', () => {
    const events = new Set(
      manifest.settings.event_subscriptions.bot_events.map((event) =>
        event.replace(/^message\..*/, 'message'),
      ),
    );
    expect([...events].sort()).toEqual(Object.keys(EVENT_HANDLERS).sort());
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(
      Object.keys(COMMAND_HANDLERS),
    );
    expect(manifest.features.shortcuts.map((each) => each.callback_id)).toEqual(
      Object.keys(SHORTCUT_HANDLERS),
    );
    expect(PAGE_COMMANDS.map(({ command }) => command)).toEqual(Object.keys(COMMAND_HANDLERS));
  });

  test('every button and form that is made has somebody who listens', () => {
    expect(Object.values(ACTIONS).filter((id) => !clickHandler(id))).toEqual([]);
    expect(Object.values(FORMS).filter((id) => !FORM_HANDLERS[id])).toEqual([]);
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
