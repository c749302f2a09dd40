import { FORMS } from './action-ids.ts';
import { context, form, textInput } from './block.ts';
import type { Bot } from './bot.ts';
import { handleQuestion } from './handle-question.ts';
import { questionIn } from './question-events.ts';
import type { Submission } from './submission.ts';
import { BUTTONS, WORDS } from './words.ts';

/** 'Ask about this', from the menu of any message. */
export async function onAskAbout(
  shortcut: {
    trigger_id?: string;
    channel?: { id?: string };
    message?: { text?: string; ts?: string; thread_ts?: string; user?: string; blocks?: unknown[] };
  },
  bot: Bot,
): Promise<void> {
  const channel = shortcut.channel?.id ?? '';
  const thread = shortcut.message?.thread_ts ?? shortcut.message?.ts ?? '';
  const about = questionIn(shortcut.message?.text ?? '', bot.userId).slice(0, 1500);
  const isOurs = shortcut.message?.user === bot.userId;
  const answer = isOurs
    ? /rcp-[a-z0-9-]+/.exec(JSON.stringify(shortcut.message?.blocks ?? []))?.[0]
    : undefined;
  await bot.slack.openForm(
    shortcut.trigger_id ?? '',
    form({
      callbackId: FORMS.shortcut,
      title: WORDS.alert.shortcutWhat,
      submit: BUTTONS.ask,
      close: BUTTONS.close,
      carries: JSON.stringify({ channel, thread, answer }),
      blocks: [
        ...context('about', [about]),
        textInput('question', WORDS.alert.shortcutLabel, {
          multiline: true,
          ...(isOurs ? { hint: WORDS.alert.shortcutHint } : { initial: about }),
        }),
      ],
    }),
  );
}

/** A question from a form, 'change' or 'ask about this': answered in the thread it belongs to, or privately. */
export async function onQuestionForm(
  submission: Submission,
  door: 'button' | 'shortcut',
  bot: Bot,
): Promise<void> {
  const { channel, thread, receiptId, answer } = submission.carried;
  const here = channel && (channel.startsWith('D') || (await bot.slack.channel(channel))?.isMember);
  const place = here ? channel : await bot.slack.directMessage(submission.user);
  await handleQuestion(
    {
      key: `form/${submission.viewId}`,
      door,
      text: submission.values.question ?? '',
      asker: submission.user,
      team: submission.team || bot.teamId,
      channel: place,
      thread: here ? (thread ?? null) : null,
      ...(receiptId ? { leans: { way: 'before', receiptId } } : {}),
      ...(answer ? { leans: { way: 'on', receiptId: answer } } : {}),
      direct: place.startsWith('D'),
    },
    bot,
  );
}
