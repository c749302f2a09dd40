import { type Block, context, cut, type SlackMessage, section } from './block.ts';
import type { Bot } from './bot.ts';
import { escapeMrkdwn } from './escape.ts';
import { handleQuestion } from './handle-question.ts';
import { runLines } from './home.ts';
import { kpiBlocks, latestKpis } from './kpi-blocks.ts';
import { receiptFor } from './receipt-for.ts';
import { receiptBlocks } from './receipt-form.ts';
import { onAlertCommand, onAlertsCommand } from './rule-actions.ts';
import { saidIn } from './said-in.ts';
import { openSettings } from './settings-form.ts';
import { digestForm, subscriptionBlocks } from './telling-actions.ts';
import { uploadLines } from './upload-lines.ts';
import { WORDS } from './words.ts';

/** A slash command, with what of Slack's payload matters. */
export type Command = {
  text: string;
  user: string;
  team: string;
  channel: string;
  /** Unlike any other: once used, never again. */
  id: string;
};

/** Shows something to the person alone. */
export type Tell = (message: SlackMessage) => Promise<void>;

/** /ask: the question is shown in the channel and answered in its thread. */
export async function onAsk(command: Command, tell: Tell, bot: Bot): Promise<void> {
  if (command.text.trim() === '') return tell(lines([WORDS.askWhat]));
  const here = await bot.slack.channel(command.channel);
  const channel = here?.isMember ? command.channel : await bot.slack.directMessage(command.user);
  if (!here?.isMember) await tell(lines([WORDS.answeredInDm]));
  await handleQuestion(
    {
      key: `command/${command.id}`,
      door: 'command',
      text: command.text.trim(),
      asker: command.user,
      team: command.team,
      channel,
      thread: null,
      direct: channel.startsWith('D'),
    },
    bot,
  );
}

/** /kpi: the latest day's figures; /kpi shoes: those of a category; anything else is a question. */
export async function onKpi(command: Command, tell: Tell, bot: Bot): Promise<void> {
  const { needs } = bot;
  const wanted = command.text.trim();
  const category = wanted ? await categoryNamed(wanted, bot) : undefined;
  if (wanted && !category) return onAsk(command, tell, bot);
  const rights = await bot.who.rightsOf(command.user);
  const kpis = await latestKpis(rights, needs.clock.today(), needs.kpis, category);
  if ('why' in kpis) return tell(lines([kpis.why]));
  // A branch goes by its name, which the dashboard knows.
  const of = category ?? (kpis.of ? (await needs.dashboard(command.user, rights)).of : '');
  const blocks = kpiBlocks(kpis.tiles, of, await needs.locale());
  await tell({ text: WORDS.home.kpis, blocks });
}

/** /plumbline: help, catalog, subscriptions, uploads, runs, receipt. */
export async function onPlumbline(command: Command, tell: Tell, bot: Bot): Promise<void> {
  const [word = 'help', ...rest] = command.text.trim().toLowerCase().split(/\s+/);
  switch (word) {
    case 'catalog':
    case 'catalogue':
      return onAsk({ ...command, text: 'What can I ask?' }, tell, bot);
    case 'runs':
      return tellRuns(command, tell, bot);
    case 'uploads':
      return tellUploads(command, tell, bot);
    case 'subscriptions':
      return tellSubscriptions(command, tell, bot);
    case 'digest':
      return openDigest(command, tell, bot);
    case 'alert':
      return onAlertCommand(command.text.trim().slice('alert'.length).trim(), command, tell, bot);
    case 'alerts':
      return onAlertsCommand(command, tell, bot);
    case 'settings':
      return openSettings(command, tell, bot);
    case 'receipt':
      return tellReceipt(command.text.trim().split(/\s+/)[1] ?? rest[0] ?? '', command, tell, bot);
    case '':
    case 'help':
      return tell(lines([...WORDS.help]));
    default:
      return tell(lines([WORDS.unknownCommand(escapeMrkdwn(cut(word, 40))), ...WORDS.help]));
  }
}

async function tellRuns(command: Command, tell: Tell, bot: Bot): Promise<void> {
  const rights = await bot.who.rightsOf(command.user);
  if (rights.tables !== 'all' && !rights.mayOperate) return tell(lines([WORDS.nothingForYou]));
  const [runs, { timeZone }, locale] = await Promise.all([
    bot.needs.runLog.list({ limit: 60 }),
    bot.who.person(command.user),
    bot.needs.locale(),
  ]);
  const zone = timeZone ?? bot.needs.clock.timeZone;
  const blocks = runLines('run', runs.slice(0, 10), saidIn(zone, locale), WORDS.noRuns);
  await tell({ text: WORDS.home.pipelines, blocks });
}

async function tellUploads(command: Command, tell: Tell, bot: Bot): Promise<void> {
  const [{ timeZone }, locale] = await Promise.all([bot.who.person(command.user), bot.needs.locale()]);
  const said = saidIn(timeZone ?? bot.needs.clock.timeZone, locale);
  await tell({ text: WORDS.home.uploads, blocks: await uploadLines(command.user, 10, said, bot) });
}

async function tellSubscriptions(command: Command, tell: Tell, bot: Bot): Promise<void> {
  const { telling } = bot.needs;
  if (!telling) return tell(lines([WORDS.noSubscriptions]));
  const mine = await telling.listSubscriptions(command.user);
  await tell({ text: WORDS.home.subscriptions, blocks: subscriptionBlocks(mine) });
}

/** A form for a digest to this channel, or to the person where Plumbline is not a member. */
async function openDigest(command: Command, tell: Tell, bot: Bot): Promise<void> {
  if (!bot.needs.telling) return tell(lines([WORDS.noSubscriptions]));
  const here = command.channel.startsWith('D') ? null : await bot.slack.channel(command.channel);
  const { timeZone } = await bot.who.person(command.user);
  await bot.slack.openForm(
    command.id,
    digestForm({
      to: here?.isMember ? command.channel : command.user,
      timeZone: timeZone ?? bot.needs.clock.timeZone,
    }),
  );
}

async function tellReceipt(id: string, command: Command, tell: Tell, bot: Bot): Promise<void> {
  if (id === '') return tell(lines([WORDS.receiptWhich]));
  const receipt = await receiptFor({ user: command.user, channel: null }, id, bot);
  await tell({ text: escapeMrkdwn(WORDS.receipt(receipt.id)), blocks: receiptBlocks(receipt) });
}

async function categoryNamed(text: string, bot: Bot): Promise<string | undefined> {
  const categories = await bot.needs.kpis.categories();
  return categories.find((category) => category.toLowerCase() === text.toLowerCase());
}

function lines(text: string[]): SlackMessage {
  const [first = '', ...others] = text;
  const blocks: Block[] = [
    section('first', first),
    ...others.map((line, index) => section(`line-${index}`, line)),
  ];
  return { text: first, blocks: others.length > 0 ? blocks : [...blocks, ...context('none', [])] };
}
