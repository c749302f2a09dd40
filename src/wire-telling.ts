import { rightsFor, sharedRights } from './access/rights-for.ts';
import { readAlertSettings, saveAlertSettings } from './alerts/alert-settings.ts';
import { isQuiet } from './alerts/alert-state.ts';
import { markAlert, sendAlerts } from './alerts/send-alerts.ts';
import { tellFindings } from './alerts/tell-findings.ts';
import type { DigestScope } from './digests/digest.ts';
import { makeDigest } from './digests/make-digest.ts';
import { tellRestatements } from './digests/restatements.ts';
import { tellRestatementsDue } from './digests/restatements-due.ts';
import { type SendNeeds, sendDigestNow } from './digests/send-digests.ts';
import { startDigests } from './digests/start-digests.ts';
import {
  changeSubscription,
  findSubscription,
  listSubscriptions,
  stopSubscription,
  subscribe,
} from './digests/subscriptions.ts';
import { tellLateFeeds } from './digests/tell-late-feeds.ts';
import { addDays, type Day } from './domain/day.ts';
import type { Receipt } from './domain/receipt.ts';
import type { Rights } from './domain/rights.ts';
import type { Run } from './domain/run.ts';
import { minuteOfDay } from './domain/time-of-day.ts';
import { localeOf } from './questions/answer-words.ts';
import { rerunReceipt } from './questions/rerun-receipt.ts';
import { changeRule, findRule, listRules, removeRule } from './rules/keep-rules.ts';
import { type OfferNeeds, offerRule, ruleSentence } from './rules/offer-rule.ts';
import type { Rule } from './rules/rule.ts';
import { tellRules } from './rules/tell-rules.ts';
import { endMutes } from './runs/mute-feed.ts';
import type { Teller } from './slack/teller.ts';
import type { Telling } from './slack/telling.ts';
import type { Plumbline } from './wiring.ts';

export type TellingParts = {
  /** For the Slack app's handlers. */
  telling: Telling;
  /** After a load or an undo: restatements and alerts, beside the run and not within it. */
  dataChanged(): void;
  /** Looks for digests that are due, and for alerts that quiet hours held back. Gives the stop. */
  start(): () => Promise<void>;
};

const QUIET_HOURS = { fromHour: 20, toHour: 7 };
const ALERTS_EVERY_MS = 15 * 60_000;

/** Digests, alerts and restatements of a program that is connected to Slack. */
export function wireTelling(plumbline: Plumbline, teller: () => Teller): TellingParts {
  const { questions, conversations, smallRecords, clock, ids, log, receipts } = plumbline;
  const locale = async () => localeOf(await questions.facts(), questions);
  const loadedThrough = async () => (await questions.facts()).days['orders']?.last ?? null;
  const digests: SendNeeds = {
    smallRecords,
    conversations,
    clock,
    log,
    loadedThrough,
    rightsFor: (subscription) => teller().rightsAt(subscription.to),
    make: ({ scope, kpis }, day, rights) => makeDigest({ day, scope, kpis, rights }, questions),
    poster: {
      post: (subscription, digest, key) => teller().digests.post(subscription, digest, key),
      findPosted: (subscription, key) => teller().digests.findPosted(subscription, key),
    },
  };

  const alertSettings = () =>
    readAlertSettings({ channel: plumbline.config.alertChannel, quiet: QUIET_HOURS }, { smallRecords });
  /** The notice channel stands in for one that is not there. */
  const alertChannel = async (name: string) =>
    (await teller().channelNamed(name)) ?? (await teller().channelNamed(plumbline.config.noticeChannel));

  async function tellAlerts(): Promise<void> {
    const { channel: name, quiet } = await alertSettings();
    const channel = await alertChannel(name);
    if (!channel) return;
    await sendAlerts({
      warehouse: questions.warehouse,
      ensureRights: questions.ensureRights,
      smallRecords,
      conversations,
      clock,
      locale,
      loadedThrough: async () => wholeDay(await loadedThrough(), clock.today()),
      rights: () => teller().rightsAt(channel),
      quietHours: quiet,
      poster: teller().alertsIn(channel),
    });
  }

  async function tellLate(): Promise<void> {
    const { channel: name, quiet } = await alertSettings();
    const channel = await alertChannel(name);
    if (!channel) return;
    await tellLateFeeds({
      smallRecords,
      conversations,
      clock,
      freshness: plumbline.freshness,
      quietHours: quiet,
      poster: teller().lateFeedsIn(channel),
    });
  }

  async function tellWrong(): Promise<void> {
    const { channel: name, quiet } = await alertSettings();
    const channel = await alertChannel(name);
    if (!channel || isQuiet(minuteOfDay(clock.timeZone, clock.now()), quiet)) return;
    const { warehouse } = plumbline;
    const poster = teller().findingsIn(channel);
    await tellFindings({ warehouse, smallRecords, conversations, clock, poster });
  }

  async function tellMuted(): Promise<void> {
    const channel = await teller().channelNamed(plumbline.config.noticeChannel);
    if (!channel) return;
    const poster = teller().muteEndsIn(channel);
    await endMutes({ smallRecords, conversations, clock, runLog: plumbline.runLog, poster });
  }

  async function tellOwnRules(): Promise<void> {
    await tellRules({
      smallRecords,
      conversations,
      questions,
      log,
      poster: teller().rules,
      async rightsFor({ owner, to }) {
        const own = await teller().rightsAt(owner);
        return to === owner ? own : sharedRights([own, await teller().rightsAt(to)]);
      },
    });
  }

  async function tellRestated(run: Run): Promise<void> {
    await tellRestatements(run, {
      receipts,
      clock,
      smallRecords,
      conversations,
      log,
      rightsOf: (receipt) => rightsOfReceipt(receipt, plumbline, teller()),
      rerun: (receipt, rights) => rerunReceipt(receipt.id, rights, questions),
      post: (restatement, earlier) => teller().restate(restatement, earlier),
      findPosted: (restatement) => teller().findRestated(restatement),
    });
  }

  const tellDue = () => tellRestatementsDue(tellRestated, plumbline);
  let working: Promise<void> = Promise.resolve();
  const aside = (work: () => Promise<void>, what: string): void => {
    working = working.then(work).catch((thrown: unknown) => log.error({ err: thrown }, what));
  };

  return {
    telling: {
      subscribe: (wanted) => subscribe(wanted, { smallRecords, clock, ids }),
      listSubscriptions: (of) => listSubscriptions({ smallRecords }, of),
      findSubscription: (id) => findSubscription(id, { smallRecords }),
      changeSubscription: (id, change) => changeSubscription(id, change, { smallRecords }),
      stopSubscription: (id) => stopSubscription(id, { smallRecords }),
      sendNow: async (subscription, ask) => {
        await sendDigestNow(subscription, ask, digests);
      },
      scopeNamed: (name) => scopeNamed(name, plumbline),
      markAlert: (key, mark) => markAlert(key, mark, { smallRecords, clock }),
      rules: ownRules({ smallRecords, questions, clock, ids }, () =>
        aside(tellOwnRules, 'own alerts could not be told'),
      ),
      alertSettings: {
        read: alertSettings,
        save: (settings) => saveAlertSettings(settings, { smallRecords }),
      },
    },
    dataChanged() {
      aside(tellDue, 'changed figures could not be told');
      aside(tellAlerts, 'alerts could not be told');
      aside(tellOwnRules, 'own alerts could not be told');
      aside(tellLate, 'late feeds could not be told');
      aside(tellWrong, 'findings could not be told');
    },
    start() {
      const stopDigests = startDigests(digests);
      // What another process changed, or this one before it was stopped.
      aside(tellDue, 'changed figures could not be told');
      const timer = setInterval(() => {
        aside(tellDue, 'changed figures could not be told');
        aside(tellAlerts, 'alerts could not be told');
        aside(tellOwnRules, 'own alerts could not be told');
        aside(tellLate, 'late feeds could not be told');
        aside(tellWrong, 'findings could not be told');
        aside(tellMuted, 'what was muted could not be told');
      }, ALERTS_EVERY_MS);
      timer.unref();
      return async () => {
        stopDigests();
        clearInterval(timer);
        await working;
      };
    },
  };
}

/** People's own alerts, as Slack's forms and buttons use them. */
export function ownRules(needs: OfferNeeds, lookNow: () => void): Telling['rules'] {
  const inWords = (rule: Rule): Promise<string> => ruleSentence(rule, needs);
  return {
    offer: (wanted, rights) => offerRule(wanted, rights, needs),
    async list(owner) {
      const rules = await listRules(needs, owner);
      return Promise.all(rules.map(async (rule) => ({ rule, sentence: await inWords(rule) })));
    },
    find: (id) => findRule(id, needs),
    async setStatus(id, status) {
      const changed = await changeRule(id, (rule) => ({ ...rule, status }), needs);
      if (changed && status === 'on') lookNow();
      return changed;
    },
    remove: (id) => removeRule(id, needs),
    inWords,
  };
}

/** Today is not over: half a day would always look like a fall. */
function wholeDay(last: Day | null, today: Day): Day | null {
  const yesterday = addDays(today, -1);
  return last !== null && last > yesterday ? yesterday : last;
}

/** The asker's own rights, or those of everyone in the channel: whichever the answer was read with. */
async function rightsOfReceipt(
  receipt: Receipt,
  plumbline: Plumbline,
  teller: Teller,
): Promise<Rights | null> {
  const own = rightsFor({ user: receipt.asker, groups: [], outsider: false }, plumbline.policy);
  if (own.id === receipt.rightsId) return own;
  for (const to of [receipt.asker, receipt.channel ?? ''].filter((each) => /^[CGDUW]/.test(each))) {
    const rights = await teller.rightsAt(to).catch(() => null);
    if (rights?.id === receipt.rightsId) return rights;
  }
  return null;
}

async function scopeNamed(name: string, plumbline: Plumbline): Promise<DigestScope | undefined> {
  const found = await plumbline.warehouse.read({
    sql: `
select 'branch' as kind, branch_id as id, name from branches where lower(branch_id) = lower(:name) or lower(name) = lower(:name)
union all
select distinct 'category', category, category from products where lower(category) = lower(:name)`,
    params: { name },
    schema: 'retail',
    maxRows: 1,
    timeoutMs: 10_000,
  });
  const [row] = found.rows;
  if (!row) return undefined;
  return row[0] === 'branch'
    ? { kind: 'branch', branch: String(row[1]), name: String(row[2]) }
    : { kind: 'category', category: String(row[1]) };
}
