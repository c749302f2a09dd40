import { saveAlertSettings } from './alerts/alert-settings.ts';
import { markAlert } from './alerts/send-alerts.ts';
import type { DigestScope } from './digests/digest.ts';
import { makeDigest } from './digests/make-digest.ts';
import { type SendNeeds, sendDigestNow } from './digests/send-digests.ts';
import { startDigests } from './digests/start-digests.ts';
import {
  changeSubscription,
  findSubscription,
  listSubscriptions,
  stopSubscription,
  subscribe,
} from './digests/subscriptions.ts';
import type { Teller } from './slack/teller.ts';
import type { Telling } from './slack/telling.ts';
import { ownRules } from './wire-own-rules.ts';
import { loadedThrough, readTellingSettings, type Tellers, wireTellers } from './wire-tellers.ts';
import type { Plumbline } from './wiring.ts';

export type TellingParts = {
  /** For the Slack app's handlers. */
  telling: Telling;
  /** After a load or an undo: restatements and alerts, beside the run and not within it. */
  dataChanged(): void;
  /** Looks for digests that are due, and for alerts that quiet hours held back. Gives the stop. */
  start(): () => Promise<void>;
};

const ALERTS_EVERY_MS = 15 * 60_000;

/** What it is called in the log when it fails, in the order in which all are told. */
const SAID: readonly [keyof Tellers, string][] = [
  ['restatements', 'changed figures could not be told'],
  ['alerts', 'alerts could not be told'],
  ['ownRules', 'own alerts could not be told'],
  ['lateFeeds', 'late feeds could not be told'],
  ['findings', 'findings could not be told'],
  ['muteEnds', 'what was muted could not be told'],
];

/** Digests, alerts and restatements of a program that is connected to Slack. */
export function wireTelling(plumbline: Plumbline, teller: () => Teller): TellingParts {
  const tellers = wireTellers(plumbline, teller);
  const digests = digestNeeds(plumbline, teller);
  let working: Promise<void> = Promise.resolve();
  const aside = (...wanted: (keyof Tellers)[]): void => {
    for (const [name, failed] of SAID)
      if (wanted.includes(name))
        working = working
          .then(() => tellers[name]())
          .catch((thrown: unknown) => plumbline.log.error({ err: thrown }, failed));
  };
  const dataChanged = () => aside('restatements', 'alerts', 'ownRules', 'lateFeeds', 'findings');
  return {
    telling: tellingOf(plumbline, digests, () => aside('ownRules')),
    dataChanged,
    start() {
      const stopDigests = startDigests(digests);
      // What another process changed, or this one before it was stopped.
      aside('restatements');
      const timer = setInterval(() => {
        dataChanged();
        aside('muteEnds');
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

function digestNeeds(plumbline: Plumbline, teller: () => Teller): SendNeeds {
  const { questions, conversations, smallRecords, clock, log } = plumbline;
  return {
    smallRecords,
    conversations,
    clock,
    log,
    loadedThrough: () => loadedThrough(plumbline),
    rightsFor: (subscription) => teller().rightsAt(subscription.to),
    make: ({ scope, kpis }, day, rights) => makeDigest({ day, scope, kpis, rights }, questions),
    poster: {
      post: (subscription, digest, key) => teller().digests.post(subscription, digest, key),
      findPosted: (subscription, key) => teller().digests.findPosted(subscription, key),
    },
  };
}

/** What Slack's forms and buttons set and show. */
function tellingOf(plumbline: Plumbline, digests: SendNeeds, lookNow: () => void): Telling {
  const { questions, smallRecords, clock, ids } = plumbline;
  return {
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
    rules: ownRules({ smallRecords, questions, clock, ids }, lookNow),
    alertSettings: {
      read: () => readTellingSettings(plumbline),
      save: (settings) => saveAlertSettings(settings, { smallRecords }),
    },
  };
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
