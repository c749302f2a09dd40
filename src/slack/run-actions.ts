import { muteFeed } from '../runs/mute-feed.ts';
import type { Bot } from './bot.ts';
import { type Click, sentence, tellClicker, tellThread } from './click.ts';
import { escapeMrkdwn } from './escape.ts';
import { RUN_WORDS } from './run-words.ts';
import { WORDS } from './words.ts';

/** Buttons under a run's notice. Re-running and undoing are for those who operate pipelines. */

export async function rerunRun(click: Click, bot: Bot): Promise<void> {
  await operating(click, bot, bot.needs.rerunRun);
}

/** The older files are the right ones: rows that came newer since are replaced as well. */
export async function rerunOverNewer(click: Click, bot: Bot): Promise<void> {
  const { rerunRun: again } = bot.needs;
  await operating(click, bot, again && ((run, by) => again(run, by, { overNewer: true })));
}

export async function undoBatch(click: Click, bot: Bot): Promise<void> {
  await operating(click, bot, bot.needs.undoBatch);
}

/** Refused rows hold data of the company, so they go to the clicker alone. */
export async function showRefusedRows(click: Click, bot: Bot): Promise<void> {
  const { refusedRows } = bot.needs;
  const rights = await bot.who.rightsOf(click.user);
  if (!rights.mayOperate && !rights.mayUpload) return tellClicker(click, sentence(WORDS.operatorsOnly), bot);
  const file = refusedRows && (await refusedRows(click.value));
  if (!file) return tellClicker(click, sentence(refusedRows ? WORDS.noRefusedRows : WORDS.switchedOff), bot);
  const channel = await bot.slack.directMessage(click.user);
  await bot.slack.upload({ channel }, { name: file.name, bytes: file.csv, comment: WORDS.refusedRows });
  await tellClicker(click, sentence(WORDS.sentPrivately), bot);
}

/** The feed's runs are told again in a day. */
export async function muteRuns(click: Click, bot: Bot): Promise<void> {
  const rights = await bot.who.rightsOf(click.user);
  if (!rights.mayOperate) return tellClicker(click, sentence(WORDS.operatorsOnly), bot);
  await muteFeed(click.value, click.user, bot.needs);
  const text = WORDS.doneBy(click.user, escapeMrkdwn(RUN_WORDS.muted(click.value)));
  await tellThread(click, text, bot);
}

async function operating(
  click: Click,
  bot: Bot,
  work: ((id: string, by: string) => Promise<string>) | undefined,
): Promise<void> {
  const rights = await bot.who.rightsOf(click.user);
  if (!rights.mayOperate) return tellClicker(click, sentence(WORDS.operatorsOnly), bot);
  if (!work) return tellClicker(click, sentence(WORDS.switchedOff), bot);
  await tellClicker(click, sentence(WORDS.working), bot);
  const done = await work(click.value, click.user);
  await tellThread(click, WORDS.doneBy(click.user, escapeMrkdwn(done)), bot);
}
