import { rightsFor, sharedRights } from './access/rights-for.ts';
import type { AlertSettings } from './alerts/alert-settings.ts';
import { readAlertSettings } from './alerts/alert-settings.ts';
import { isQuiet } from './alerts/alert-state.ts';
import { sendAlerts } from './alerts/send-alerts.ts';
import { tellFindings } from './alerts/tell-findings.ts';
import { tellRestatements } from './digests/restatements.ts';
import { tellRestatementsDue } from './digests/restatements-due.ts';
import { tellLateFeeds } from './digests/tell-late-feeds.ts';
import { addDays, type Day } from './domain/day.ts';
import type { Receipt } from './domain/receipt.ts';
import type { Rights } from './domain/rights.ts';
import type { Run } from './domain/run.ts';
import { minuteOfDay } from './domain/time-of-day.ts';
import { localeOf } from './questions/answer-words.ts';
import { rerunReceipt } from './questions/rerun-receipt.ts';
import { tellRules } from './rules/tell-rules.ts';
import { endMutes } from './runs/mute-feed.ts';
import type { Teller } from './slack/teller.ts';
import type { Plumbline } from './wiring.ts';

/** What is told beside a load, an hour or a person's asking; each looks for itself whether there is anything. */
export type Tellers = {
  /** Figures that were quoted and have changed. */
  restatements(): Promise<void>;
  alerts(): Promise<void>;
  ownRules(): Promise<void>;
  lateFeeds(): Promise<void>;
  findings(): Promise<void>;
  muteEnds(): Promise<void>;
};

const QUIET_HOURS = { fromHour: 20, toHour: 7 };

/** The channel and quiet hours that a data owner set; else the settings' own. */
export function readTellingSettings({ config, smallRecords }: Plumbline): Promise<AlertSettings> {
  return readAlertSettings({ channel: config.alertChannel, quiet: QUIET_HOURS }, { smallRecords });
}

/** The last day of which orders are loaded. */
export async function loadedThrough({ questions }: Pick<Plumbline, 'questions'>): Promise<Day | null> {
  return (await questions.facts()).days['orders']?.last ?? null;
}

export function wireTellers(plumbline: Plumbline, teller: () => Teller): Tellers {
  const { questions, conversations, smallRecords, clock, log, runLog, warehouse } = plumbline;
  const { noticeChannel } = plumbline.config;
  /** Where alerts go, if anywhere; the notice channel stands in for one that is not there. */
  const place = async () => {
    const { channel: name, quiet } = await readTellingSettings(plumbline);
    const channel = (await teller().channelNamed(name)) ?? (await teller().channelNamed(noticeChannel));
    return channel ? { channel, quiet } : undefined;
  };
  return {
    restatements: () => tellRestatementsDue((run) => tellRestated(run, plumbline, teller), plumbline),
    async alerts() {
      const to = await place();
      if (!to) return;
      await sendAlerts({
        warehouse: questions.warehouse,
        ensureRights: questions.ensureRights,
        smallRecords,
        conversations,
        clock,
        locale: async () => localeOf(await questions.facts(), questions),
        loadedThrough: async () => wholeDay(await loadedThrough(plumbline), clock.today()),
        rights: () => teller().rightsAt(to.channel),
        quietHours: to.quiet,
        poster: teller().alertsIn(to.channel),
      });
    },
    async ownRules() {
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
    },
    async lateFeeds() {
      const to = await place();
      if (!to) return;
      const { freshness } = plumbline;
      const poster = teller().lateFeedsIn(to.channel);
      await tellLateFeeds({ smallRecords, conversations, clock, freshness, quietHours: to.quiet, poster });
    },
    async findings() {
      const to = await place();
      if (!to || isQuiet(minuteOfDay(clock.timeZone, clock.now()), to.quiet)) return;
      const poster = teller().findingsIn(to.channel);
      await tellFindings({ warehouse, smallRecords, conversations, clock, poster });
    },
    async muteEnds() {
      const channel = await teller().channelNamed(noticeChannel);
      if (!channel) return;
      await endMutes({ smallRecords, conversations, clock, runLog, poster: teller().muteEndsIn(channel) });
    },
  };
}

async function tellRestated(run: Run, plumbline: Plumbline, teller: () => Teller): Promise<void> {
  const { receipts, clock, smallRecords, conversations, log, questions } = plumbline;
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
