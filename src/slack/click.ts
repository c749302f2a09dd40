import { sharedRights } from '../access/rights-for.ts';
import type { Rights } from '../domain/rights.ts';
import type { Block, SlackMessage } from './block.ts';
import type { Bot } from './bot.ts';
import type { Place } from './slack-client.ts';
import { readSubmission, type Submission } from './submission.ts';

/** A person used a button or select of ours, or sent a form: what of Slack's payload matters. */
export type Click = {
  user: string;
  team: string;
  trigger: string;
  actionId: string;
  value: string;
  /** Null on the Home tab and in forms. */
  channel: string | null;
  messageTs: string | null;
  thread: string | null;
  /** On a message that only this person sees. */
  ephemeral: boolean;
  /** As far as it is filled, when it was in a form. */
  form: Submission | null;
  message: { text: string; blocks: Block[] };
  at: string;
};

type Body = {
  user?: { id?: string; team_id?: string };
  team?: { id?: string } | null;
  trigger_id?: string;
  view?: { type?: string };
  channel?: { id?: string };
  container?: { message_ts?: string; thread_ts?: string; is_ephemeral?: boolean; channel_id?: string };
  message?: { ts?: string; thread_ts?: string; text?: string; blocks?: Block[] };
  actions?: {
    action_id?: string;
    value?: string;
    action_ts?: string;
    selected_option?: { value?: string };
  }[];
};

export function readClick(raw: unknown): Click {
  const body = raw as Body;
  const action = body.actions?.[0];
  const messageTs = body.container?.message_ts ?? body.message?.ts ?? null;
  return {
    user: body.user?.id ?? '',
    team: body.team?.id ?? body.user?.team_id ?? '',
    trigger: body.trigger_id ?? '',
    actionId: action?.action_id ?? '',
    value: action?.selected_option?.value ?? action?.value ?? '',
    channel: body.channel?.id ?? body.container?.channel_id ?? null,
    messageTs,
    thread: body.container?.thread_ts ?? body.message?.thread_ts ?? messageTs,
    ephemeral: body.container?.is_ephemeral === true,
    form: body.view?.type === 'modal' ? readSubmission(body, body.view) : null,
    message: { text: body.message?.text ?? '', blocks: body.message?.blocks ?? [] },
    at: action?.action_ts ?? '',
  };
}

export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

/** Where what a click brings may be shown, and with which rights it is to be read there. */
export async function placeFor(click: Click, bot: Bot): Promise<{ place: Place; rights: Rights }> {
  const own = await bot.who.rightsOf(click.user);
  if (click.channel === null || click.ephemeral)
    return { place: { channel: await bot.slack.directMessage(click.user) }, rights: own };
  const place = { channel: click.channel, thread: click.thread ?? undefined };
  if (isDirect(click.channel)) return { place, rights: own };
  const audience = await bot.who.audienceOf(click.channel);
  return { place, rights: sharedRights([own, audience.rights]) };
}

/** Said to the clicker alone, where they are. */
export async function tellClicker(click: Click, message: SlackMessage, bot: Bot): Promise<void> {
  if (click.channel && !isDirect(click.channel))
    await bot.slack.whisper(
      { channel: click.channel, thread: click.thread ?? undefined },
      click.user,
      message,
    );
  else if (click.channel)
    await bot.slack.post({ channel: click.channel, thread: click.thread ?? undefined }, message);
  else await bot.slack.post({ channel: await bot.slack.directMessage(click.user) }, message);
}

/** Said to all who read where the click was: in its thread, or to the clicker when it was on Home. */
export async function tellThread(click: Click, text: string, bot: Bot): Promise<void> {
  const channel = click.channel ?? (await bot.slack.directMessage(click.user));
  await bot.slack.post({ channel, thread: click.thread ?? undefined }, doneMessage(text));
}

/** A sentence in Slack's own marks, as what was done is told. */
export function doneMessage(text: string): SlackMessage {
  return {
    text,
    blocks: [{ type: 'section', block_id: 'done', text: { type: 'mrkdwn', text, verbatim: true } }],
  };
}

export function sentence(text: string): SlackMessage {
  return { text, blocks: [] };
}
