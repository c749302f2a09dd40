import type { AlertMark } from '../alerts/send-alerts.ts';
import { DIGEST_KPIS, type DigestKpi } from '../digests/digest.ts';
import type { Subscription } from '../digests/subscriptions.ts';
import { FORMS } from './action-ids.ts';
import { type Block, form, plain, type SlackForm, section, textInput } from './block.ts';
import type { Bot } from './bot.ts';
import { type Click, doneMessage, sentence, tellClicker } from './click.ts';
import { escapeMrkdwn } from './escape.ts';
import type { FormErrors } from './queue-actions.ts';
import type { Submission } from './submission.ts';
import type { Telling } from './telling.ts';
import { ALERT_WORDS, DIGEST_WORDS } from './telling-words.ts';
import { WORDS } from './words.ts';

/** The form for a new digest to here, or for changing one. */
export function digestForm(of: { subscription?: Subscription; to: string; timeZone: string }): SlackForm {
  const { subscription } = of;
  const time = subscription ? clockOf(subscription) : '08:00';
  return form({
    callbackId: FORMS.digest,
    title: DIGEST_WORDS.formTitle,
    submit: DIGEST_WORDS.save,
    close: 'Close',
    carries: JSON.stringify({ id: subscription?.id ?? null, to: subscription?.to ?? of.to }),
    blocks: [
      input('hour', DIGEST_WORDS.hour, { type: 'timepicker', action_id: 'hour', initial_time: time }),
      textInput('zone', DIGEST_WORDS.zone, { initial: subscription?.timeZone ?? of.timeZone, max: 60 }),
      input('days', DIGEST_WORDS.days, {
        type: 'checkboxes',
        action_id: 'days',
        ...chosen(
          DIGEST_WORDS.weekdays.map((name, index) => ({ value: String(index + 1), name })),
          (subscription?.days ?? [1, 2, 3, 4, 5]).map(String),
        ),
      }),
      input('kpis', DIGEST_WORDS.kpis, {
        type: 'checkboxes',
        action_id: 'kpis',
        ...chosen(
          DIGEST_KPIS.map((kpi) => ({ value: kpi, name: kpi.replaceAll('_', ' ') })),
          subscription?.kpis ?? DIGEST_KPIS,
        ),
      }),
      textInput('scope', DIGEST_WORDS.scope, {
        optional: true,
        hint: DIGEST_WORDS.scopeHint,
        ...(subscription && subscription.scope.kind !== 'company'
          ? { initial: scopeName(subscription) }
          : {}),
      }),
    ],
  });
}

export async function checkDigestForm(submission: Submission, bot: Bot): Promise<FormErrors> {
  const errors: FormErrors = {};
  const { telling } = bot.needs;
  const scope = (submission.values['scope'] ?? '').trim();
  if (telling && scope && !(await telling.scopeNamed(scope))) errors['scope'] = DIGEST_WORDS.noScope(scope);
  if (!isZone((submission.values['zone'] ?? '').trim())) errors['zone'] = DIGEST_WORDS.noZone;
  return errors;
}

export async function onDigestForm(submission: Submission, bot: Bot): Promise<void> {
  const { telling } = bot.needs;
  if (!telling) return;
  const scope = (submission.values['scope'] ?? '').trim();
  const [hour = 8, minute = 0] = (submission.values['hour'] ?? '08:00').split(':').map(Number);
  const wanted = {
    hour,
    minute,
    timeZone: (submission.values['zone'] ?? '').trim(),
    days: (submission.values['days'] ?? '').split(',').map(Number),
    kpis: (submission.values['kpis'] ?? '').split(',') as DigestKpi[],
    scope: (scope && (await telling.scopeNamed(scope))) || ({ kind: 'company' } as const),
  };
  const saved = submission.carried['id']
    ? await telling.changeSubscription(submission.carried['id'], wanted)
    : await telling.subscribe({
        ...wanted,
        to: submission.carried['to'] ?? submission.user,
        owner: submission.user,
      });
  const channel = await bot.slack.directMessage(submission.user);
  await bot.slack.post({ channel }, sentence(DIGEST_WORDS.saved(subscriptionLine(saved))));
}

export async function openDigestForm(click: Click, bot: Bot): Promise<void> {
  await withSubscription(click, bot, async (subscription) => {
    await bot.slack.openForm(
      click.trigger,
      digestForm({ subscription, to: subscription.to, timeZone: subscription.timeZone }),
    );
  });
}

export async function pauseDigest(click: Click, bot: Bot): Promise<void> {
  await withSubscription(click, bot, async (subscription, telling) => {
    const changed = await telling.changeSubscription(subscription.id, { paused: !subscription.paused });
    const line = subscriptionLine({ ...changed, paused: false });
    await tellClicker(
      click,
      sentence(changed.paused ? DIGEST_WORDS.paused(line) : DIGEST_WORDS.resumed(line)),
      bot,
    );
  });
}

export async function stopDigest(click: Click, bot: Bot): Promise<void> {
  await withSubscription(click, bot, async (subscription, telling) => {
    await telling.stopSubscription(subscription.id);
    await tellClicker(
      click,
      sentence(DIGEST_WORDS.stopped(subscriptionLine({ ...subscription, paused: false }))),
      bot,
    );
  });
}

export async function sendDigestNow(click: Click, bot: Bot): Promise<void> {
  await withSubscription(click, bot, async (subscription, telling) => {
    await telling.sendNow(subscription, click.at);
    await tellClicker(click, sentence(DIGEST_WORDS.sent), bot);
  });
}

export const acknowledgeAlert = marking('acknowledge');
export const snoozeAlert = marking('snooze');
export const notUsefulAlert = marking('not-useful');

function marking(what: AlertMark): (click: Click, bot: Bot) => Promise<void> {
  return async (click, bot) => {
    const { telling } = bot.needs;
    if (!telling) return tellClicker(click, sentence(WORDS.switchedOff), bot);
    const state = await telling.markAlert(click.value, { what, by: click.user });
    if (!state) return tellClicker(click, sentence(ALERT_WORDS.gone), bot);
    if (what !== 'acknowledge')
      return tellClicker(click, sentence(what === 'snooze' ? ALERT_WORDS.snoozed : ALERT_WORDS.noted), bot);
    if (click.channel && click.messageTs)
      await bot.slack.post(
        { channel: click.channel, thread: click.messageTs },
        doneMessage(ALERT_WORDS.acknowledged(click.user)),
      );
  };
}

/** Only who set it up may change it, or somebody who operates. */
async function withSubscription(
  click: Click,
  bot: Bot,
  work: (subscription: Subscription, telling: Telling) => Promise<void>,
): Promise<void> {
  const { telling } = bot.needs;
  if (!telling) return tellClicker(click, sentence(WORDS.switchedOff), bot);
  const subscription = await telling.findSubscription(click.value);
  if (!subscription) return tellClicker(click, sentence(DIGEST_WORDS.gone), bot);
  const rights = await bot.who.rightsOf(click.user);
  if (subscription.owner !== click.user && !rights.mayOperate)
    return tellClicker(click, sentence(DIGEST_WORDS.notYours), bot);
  await work(subscription, telling);
}

/** A person's digests with what can be done with each; also for Home. */
export function subscriptionBlocks(subscriptions: Subscription[]): Block[] {
  if (subscriptions.length === 0) return [section('no-digests', DIGEST_WORDS.none)];
  return subscriptions.slice(0, 10).flatMap((subscription, index) => [
    {
      type: 'section',
      block_id: `digest-${index}`,
      text: { type: 'mrkdwn', text: subscriptionLine(subscription), verbatim: true },
    },
    {
      type: 'actions',
      block_id: `digest-tools-${index}`,
      elements: [
        digestButton('digest.change', DIGEST_WORDS.change, subscription.id),
        digestButton(
          'digest.pause',
          subscription.paused ? DIGEST_WORDS.resume : DIGEST_WORDS.pause,
          subscription.id,
        ),
        digestButton('digest.send', DIGEST_WORDS.sendNow, subscription.id),
        digestButton('digest.stop', DIGEST_WORDS.stop, subscription.id),
      ],
    },
  ]);
}

/** 'Boots at 08:00 on Mon, Tue, to #sales', with the channel as a mark of Slack's. */
export function subscriptionLine(subscription: Subscription): string {
  const days = subscription.days.map((day) => (DIGEST_WORDS.weekdays[day - 1] ?? '').slice(0, 3)).join(', ');
  const to = /^[UW]/.test(subscription.to) ? DIGEST_WORDS.toYou : `<#${subscription.to}>`;
  const what =
    subscription.scope.kind === 'company' ? 'The whole company' : escapeMrkdwn(scopeName(subscription));
  return DIGEST_WORDS.line(
    what,
    `${clockOf(subscription)} ${escapeMrkdwn(subscription.timeZone)}`,
    days,
    to,
    subscription.paused,
  );
}

function digestButton(id: string, label: string, value: string): Block {
  return { type: 'button', action_id: id, text: plain(label, 75), value };
}

function clockOf({ hour, minute }: Subscription): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function scopeName({ scope }: Subscription): string {
  return scope.kind === 'branch' ? scope.name : scope.kind === 'category' ? scope.category : '';
}

function input(id: string, label: string, element: Block): Block {
  return { type: 'input', block_id: id, label: plain(label, 2000), element };
}

function chosen(all: { value: string; name: string }[], initial: readonly string[]): Record<string, unknown> {
  const options = all.map(({ value, name }) => ({ text: plain(name, 75), value }));
  return { options, initial_options: options.filter((option) => initial.includes(option.value)) };
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name !== '';
  } catch {
    return false;
  }
}
