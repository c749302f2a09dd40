import type { App } from '@slack/bolt';
import type { Bot } from './bot.ts';
import { readClick, sentence, tellClicker } from './click.ts';
import type { Tell } from './commands.ts';
import { COMMAND_HANDLERS, clickHandler, EVENT_HANDLERS, FORM_HANDLERS, SHORTCUT_HANDLERS } from './doors.ts';
import { endingInASentence } from './ending-in-a-sentence.ts';
import { readSubmission } from './submission.ts';

type Registrar = Pick<App, 'event' | 'action' | 'command' | 'view' | 'shortcut'>;

const ANY = /^/;

/**
 * Tells Slack's framework what we listen to: one listener of each kind, which looks for its handler by name. The framework
 * asks every listener about everything that comes, so that a listener for each button would hold up each acknowledgement.
 * Everything is acknowledged before any work; only a form that must be checked is read first. What has no handler is not
 * acknowledged.
 */
export function registerDoors(app: Registrar, bot: Bot): void {
  const ending = (work: () => Promise<void>, tell: (text: string) => Promise<unknown>) =>
    bot.running.alongside(endingInASentence(work, tell, bot.needs.log));

  app.event(ANY, async ({ event }) => {
    const handler = own(EVENT_HANDLERS, event.type);
    if (handler) await ending(() => handler(event as never, bot), nobodyToTell);
  });

  app.command(ANY, async ({ command, ack, respond }) => {
    const handler = own(COMMAND_HANDLERS, command.command);
    if (!handler) return;
    await ack();
    const tell: Tell = async (message) => {
      await respond({ response_type: 'ephemeral', text: message.text, blocks: message.blocks });
    };
    const given = {
      text: command.text,
      user: command.user_id,
      team: command.team_id,
      channel: command.channel_id,
      id: command.trigger_id,
    };
    await ending(
      () => handler(given, tell, bot),
      (text) => tell(sentence(text)),
    );
  });

  app.action(ANY, async ({ ack, body }) => {
    const click = readClick(body);
    const handler = clickHandler(click.actionId);
    if (!handler) return;
    await ack();
    await ending(
      () => handler(click, bot),
      (text) => tellClicker(click, sentence(text), bot),
    );
  });

  app.shortcut({ callback_id: ANY, type: 'message_action' }, async ({ ack, body }) => {
    const handler = own(SHORTCUT_HANDLERS, body.callback_id);
    if (!handler) return;
    await ack();
    await ending(
      () => handler(body, bot),
      (text) => tellPerson(body.user.id, text, bot),
    );
  });

  app.view(ANY, async ({ ack, body, view }) => {
    const handler = own(FORM_HANDLERS, view.callback_id);
    if (!handler) return;
    const { check, run } = handler;
    const submission = readSubmission(body, view);
    await ending(
      async () => {
        const errors = check ? await check(submission, bot) : {};
        if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
        await ack();
        await run(submission, bot);
      },
      (text) => tellPerson(submission.user, text, bot),
    );
  });
}

/** Names come from outside: `constructor` is no handler. */
function own<T>(handlers: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(handlers, name) ? handlers[name] : undefined;
}

async function tellPerson(user: string, text: string, bot: Bot): Promise<void> {
  await bot.slack.post({ channel: await bot.slack.directMessage(user) }, sentence(text));
}

async function nobodyToTell(): Promise<void> {}
