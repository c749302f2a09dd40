import { sharedRights } from '../access/rights-for.ts';
import { readQuietHours } from '../alerts/alert-settings.ts';
import type { Rights } from '../domain/rights.ts';
import { asksForRule } from '../rules/read-rule.ts';
import type { Rule } from '../rules/rule.ts';
import type { Placed } from './answer-in-place.ts';
import type { SlackMessage } from './block.ts';
import type { Bot } from './bot.ts';
import { type Click, isDirect, sentence, tellClicker } from './click.ts';
import type { Command, Tell } from './commands.ts';
import type { FormErrors } from './queue-actions.ts';
import {
  alertSettingsBlocks,
  alertSettingsForm,
  justSwitchedOn,
  offerMessage,
  ruleForm,
  ruleListBlocks,
} from './rule-blocks.ts';
import type { Submission } from './submission.ts';
import type { Telling } from './telling.ts';
import { DIGEST_WORDS, RULE_WORDS } from './telling-words.ts';
import { WORDS } from './words.ts';

/** 'tell me when ...' at any door where questions come in; null when it is a question after all. */
export async function offerInsteadOfAnswer(asked: Placed, bot: Bot): Promise<SlackMessage | null> {
  if (!bot.needs.telling || !asksForRule(asked.text)) return null;
  return offer(
    { words: asked.text, owner: asked.asker, to: asked.direct ? asked.asker : asked.channel },
    bot.needs.telling,
    bot,
  );
}

/** /plumbline alert ...: the rule in words, or a form for it. */
export async function onAlertCommand(words: string, command: Command, tell: Tell, bot: Bot): Promise<void> {
  const { telling } = bot.needs;
  if (!telling) return tell(sentence(WORDS.switchedOff));
  const here = isDirect(command.channel) ? null : await bot.slack.channel(command.channel);
  const to = here?.isMember ? command.channel : command.user;
  if (words !== '') return tell(await offer({ words, owner: command.user, to }, telling, bot));
  const { timeZone } = await bot.who.person(command.user);
  const { quiet } = await telling.alertSettings.read();
  await bot.slack.openForm(
    command.id,
    ruleForm({ to, timeZone: timeZone ?? bot.needs.clock.timeZone, quiet }),
  );
}

/** /plumbline alerts: my own rules, and where the alerts go. */
export async function onAlertsCommand(command: Command, tell: Tell, bot: Bot): Promise<void> {
  const { telling } = bot.needs;
  if (!telling) return tell(sentence(WORDS.switchedOff));
  const rights = await bot.who.rightsOf(command.user);
  await tell({
    text: RULE_WORDS.listTitle,
    blocks: [
      ...ruleListBlocks(await telling.rules.list(command.user)),
      ...alertSettingsBlocks(await telling.alertSettings.read(), mayChangeSettings(rights)),
    ],
  });
}

export async function confirmRule(click: Click, bot: Bot): Promise<void> {
  await withRule(click, bot, async (rule, telling) => {
    const changed = await telling.rules.setStatus(rule.id, 'on');
    if (!changed) return tellClicker(click, sentence(RULE_WORDS.gone), bot);
    const message = sentence(RULE_WORDS.on(await telling.rules.inWords(changed)));
    if (click.ephemeral || !click.channel || !click.messageTs) return tellClicker(click, message, bot);
    await bot.slack.update(click.channel, click.messageTs, {
      text: message.text,
      blocks: justSwitchedOn(changed, message.text),
    });
  });
}

export async function openRuleForm(click: Click, bot: Bot): Promise<void> {
  await withRule(click, bot, async (rule) => {
    await bot.slack.openForm(
      click.trigger,
      ruleForm({ rule, to: rule.to, timeZone: rule.timeZone, quiet: null }),
    );
  });
}

export async function pauseRule(click: Click, bot: Bot): Promise<void> {
  await withRule(click, bot, async (rule, telling) => {
    const status = rule.status === 'on' ? 'paused' : 'on';
    const changed = await telling.rules.setStatus(rule.id, status);
    const line = changed ? await telling.rules.inWords(changed) : '';
    const said = status === 'paused' ? RULE_WORDS.pausedNow(line) : RULE_WORDS.on(line);
    await tellClicker(click, sentence(changed ? said : RULE_WORDS.gone), bot);
  });
}

/** Also the 'no' to a draft. */
export async function stopRule(click: Click, bot: Bot): Promise<void> {
  await withRule(click, bot, async (rule, telling) => {
    const line = await telling.rules.inWords(rule);
    await telling.rules.remove(rule.id);
    const said = sentence(rule.status === 'draft' ? RULE_WORDS.cancelled : RULE_WORDS.stopped(line));
    if (rule.status === 'draft' && !click.ephemeral && click.channel && click.messageTs)
      await bot.slack.update(click.channel, click.messageTs, said);
    else await tellClicker(click, said, bot);
  });
}

/** One of the rules that were offered when the words were not clear. */
export async function tryRule(click: Click, bot: Bot): Promise<void> {
  const { telling } = bot.needs;
  if (!telling) return tellClicker(click, sentence(WORDS.switchedOff), bot);
  const to = click.channel && !isDirect(click.channel) ? click.channel : click.user;
  await tellClicker(click, await offer({ words: click.value, owner: click.user, to }, telling, bot), bot);
}

export async function checkRuleForm(submission: Submission, _bot: Bot): Promise<FormErrors> {
  const errors: FormErrors = {};
  if (readQuietHours(submission.values['quiet'] ?? '') === undefined) errors['quiet'] = RULE_WORDS.quietHint;
  if (!isZone(submission.values['zone'] ?? '')) errors['zone'] = DIGEST_WORDS.noZone;
  return errors;
}

/** What was understood is shown in the direct message, to be confirmed there. */
export async function onRuleForm(submission: Submission, bot: Bot): Promise<void> {
  const { telling } = bot.needs;
  if (!telling) return;
  const message = await offer(
    {
      words: submission.values['words'] ?? '',
      owner: submission.user,
      to: submission.carried['to'] ?? submission.user,
      quiet: readQuietHours(submission.values['quiet'] ?? '') ?? null,
      timeZone: (submission.values['zone'] ?? '').trim(),
      ...(submission.carried['id'] ? { id: submission.carried['id'] } : {}),
    },
    telling,
    bot,
  );
  await bot.slack.post({ channel: await bot.slack.directMessage(submission.user) }, message);
}

export async function openAlertSettings(click: Click, bot: Bot): Promise<void> {
  const { telling } = bot.needs;
  if (!telling) return tellClicker(click, sentence(WORDS.switchedOff), bot);
  if (!mayChangeSettings(await bot.who.rightsOf(click.user)))
    return tellClicker(click, sentence(WORDS.ownersOnly), bot);
  await bot.slack.openForm(
    click.trigger,
    alertSettingsForm(await telling.alertSettings.read(), bot.needs.clock.timeZone),
  );
}

export async function checkAlertSettings(submission: Submission, bot: Bot): Promise<FormErrors> {
  const errors: FormErrors = {};
  const channel = (submission.values['channel'] ?? '').trim().replace(/^#/, '');
  if (!(await bot.slack.channelNamed(channel))) errors['channel'] = RULE_WORDS.noChannel(channel);
  if (readQuietHours(submission.values['quiet'] ?? '') === undefined) errors['quiet'] = RULE_WORDS.quietHint;
  return errors;
}

export async function onAlertSettings(submission: Submission, bot: Bot): Promise<void> {
  const { telling } = bot.needs;
  if (!telling || !mayChangeSettings(await bot.who.rightsOf(submission.user))) return;
  const saved = await telling.alertSettings.save({
    channel: (submission.values['channel'] ?? '').trim().replace(/^#/, ''),
    quiet: readQuietHours(submission.values['quiet'] ?? '') ?? null,
  });
  await bot.slack.post(
    { channel: await bot.slack.directMessage(submission.user) },
    { text: RULE_WORDS.settingsSaved, blocks: alertSettingsBlocks(saved, true) },
  );
}

type Wanted = {
  words: string;
  owner: string;
  to: string;
  quiet?: Rule['quiet'];
  timeZone?: string;
  id?: string;
};

async function offer(wanted: Wanted, telling: Telling, bot: Bot): Promise<SlackMessage> {
  const [rights, { timeZone }, { quiet }] = await Promise.all([
    rightsThere(wanted, bot),
    bot.who.person(wanted.owner),
    telling.alertSettings.read(),
  ]);
  const offered = await telling.rules.offer(
    { quiet, timeZone: timeZone ?? bot.needs.clock.timeZone, ...wanted },
    rights,
  );
  return offerMessage(offered);
}

/** What it finds is read by everyone there. */
async function rightsThere({ owner, to }: Wanted, bot: Bot): Promise<Rights> {
  const own = await bot.who.rightsOf(owner);
  return /^[UW]/.test(to) ? own : sharedRights([own, (await bot.who.audienceOf(to)).rights]);
}

/** Only its owner may change it, or stop it somebody who operates. */
async function withRule(
  click: Click,
  bot: Bot,
  work: (rule: Rule, telling: Telling) => Promise<void>,
): Promise<void> {
  const { telling } = bot.needs;
  if (!telling) return tellClicker(click, sentence(WORDS.switchedOff), bot);
  const rule = await telling.rules.find(click.value);
  if (!rule) return tellClicker(click, sentence(RULE_WORDS.gone), bot);
  const rights = await bot.who.rightsOf(click.user);
  const stops = rights.mayOperate && rule.status !== 'draft';
  if (rule.owner !== click.user && !stops) return tellClicker(click, sentence(RULE_WORDS.notYours), bot);
  await work(rule, telling);
}

function mayChangeSettings(rights: Rights): boolean {
  return rights.roles.includes('data-owner');
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name.trim() });
    return name.trim() !== '';
  } catch {
    return false;
  }
}
