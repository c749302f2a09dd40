import { FORMS } from './action-ids.ts';
import { form, textInput } from './block.ts';
import type { Bot } from './bot.ts';
import { type ChannelSettings, readChannelSettings, saveChannelSettings } from './channel-settings.ts';
import { sentence } from './click.ts';
import type { Command, Tell } from './commands.ts';
import { escapeMrkdwn } from './escape.ts';
import type { FormErrors } from './queue-actions.ts';
import type { Submission } from './submission.ts';
import { BUTTONS, WORDS } from './words.ts';

/** /plumbline settings: the queue's channel, and channels that want to be answered only when Plumbline is mentioned. */
export async function openSettings(command: Command, tell: Tell, bot: Bot): Promise<void> {
  if (!(await isDataOwner(command.user, bot))) return tell(sentence(WORDS.ownersOnly));
  const { queueChannel, onlyWhenMentioned, holdBelow } = await readChannelSettings(bot.needs);
  const names = await Promise.all(onlyWhenMentioned.map((channel) => nameOf(channel, bot)));
  await bot.slack.openForm(
    command.id,
    form({
      callbackId: FORMS.settings,
      title: WORDS.settings.title,
      submit: WORDS.settings.save,
      close: BUTTONS.close,
      blocks: [
        textInput('queue', WORDS.settings.queue, {
          optional: true,
          max: 80,
          hint: WORDS.settings.queueHint,
          ...(queueChannel ? { initial: await nameOf(queueChannel, bot) } : {}),
        }),
        textInput('quiet', WORDS.settings.quiet, {
          optional: true,
          multiline: true,
          max: 2000,
          hint: WORDS.settings.quietHint,
          ...(names.length > 0 ? { initial: names.join(', ') } : {}),
        }),
        textInput('hold', WORDS.settings.hold, {
          optional: true,
          max: 5,
          hint: WORDS.settings.holdHint,
          ...(holdBelow > 0 ? { initial: String(Math.round(holdBelow * 100)) } : {}),
        }),
      ],
    }),
  );
}

export async function checkSettings(submission: Submission, bot: Bot): Promise<FormErrors> {
  const read = await readForm(submission, bot);
  return 'errors' in read ? read.errors : {};
}

export async function onSettings(submission: Submission, bot: Bot): Promise<void> {
  if (!(await isDataOwner(submission.user, bot))) return;
  const read = await readForm(submission, bot);
  if ('errors' in read) return;
  await saveChannelSettings(read.settings, submission.user, bot.needs);
  const { queueChannel, onlyWhenMentioned, holdBelow = 0 } = read.settings;
  const channel = await bot.slack.directMessage(submission.user);
  await bot.slack.post(
    { channel },
    sentence(
      WORDS.settings.saved(
        queueChannel && escapeMrkdwn(await nameOf(queueChannel, bot)),
        (await Promise.all(onlyWhenMentioned.map((each) => nameOf(each, bot)))).map(escapeMrkdwn),
        Math.round(holdBelow * 100),
      ),
    ),
  );
}

/** Channels are kept by id, so that a new name changes nothing. */
async function readForm(
  { values }: Submission,
  bot: Bot,
): Promise<{ settings: ChannelSettings } | { errors: FormErrors }> {
  const errors: FormErrors = {};
  const find = async (name: string, input: string) => {
    const id = await bot.slack.channelNamed(name);
    if (!id) errors[input] = WORDS.settings.noChannel(name);
    return id ?? '';
  };
  const [queue = ''] = namesIn(values['queue'] ?? '');
  const queueChannel = queue ? await find(queue, 'queue') : null;
  const quiet = await Promise.all(namesIn(values['quiet'] ?? '').map((name) => find(name, 'quiet')));
  const hold = /^(\d{1,3})\s*%?$/.exec((values['hold'] ?? '0').trim())?.[1];
  if (hold === undefined || Number(hold) > 100) errors['hold'] = WORDS.settings.noPercent;
  else if (Number(hold) > 0 && !queueChannel) errors['hold'] = WORDS.settings.holdNeedsQueue;
  if (Object.keys(errors).length > 0) return { errors };
  return {
    settings: { queueChannel, onlyWhenMentioned: [...new Set(quiet)], holdBelow: Number(hold) / 100 },
  };
}

function namesIn(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((name) => name.replace(/^#/, ''))
    .filter((name) => name !== '');
}

async function nameOf(channel: string, bot: Bot): Promise<string> {
  if (!/^[CG][A-Z0-9]{6,}$/.test(channel)) return channel.replace(/^#/, '');
  return (await bot.slack.channel(channel))?.name || channel;
}

async function isDataOwner(user: string, bot: Bot): Promise<boolean> {
  return (await bot.who.rightsOf(user)).roles.includes('data-owner');
}
