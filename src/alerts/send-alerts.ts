import { AppError, hasCode } from '../domain/app-error.ts';
import type { Day } from '../domain/day.ts';
import type { Rights } from '../domain/rights.ts';
import { minuteOfDay } from '../domain/time-of-day.ts';
import type { Clock } from '../ports/clock.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import type { Locale } from '../questions/format-value.ts';
import { AlertState, decideAlerts, isQuiet, snoozed, strictnessOf } from './alert-state.ts';
import { type Described, describeUnusual } from './describe-unusual.ts';
import { DEFAULT_FIND, findUnusual } from './find-unusual.ts';
import { readWatched, type WatchedNeeds } from './read-watched.ts';
import { tellOnce } from './tell-once.ts';
import type { Unusual } from './unusual.ts';

type Place = { channel: string; ts: string };

export type AlertNeeds = WatchedNeeds & {
  smallRecords: VersionedRecords;
  conversations: Pick<Conversations, 'claim' | 'notePosted' | 'finish'>;
  clock: Clock;
  locale(): Promise<Locale>;
  /** The last day that is loaded. */
  loadedThrough(): Promise<Day | null>;
  /** What everyone in the alerts' channel may see. */
  rights(): Promise<Rights>;
  quietHours: { fromHour: number; toHour: number } | null;
  poster: {
    /** `key` stays in the message, so that it is found again when the sender died right after it. */
    post(alert: Described & { id: string }, day: Day, key: string): Promise<Place>;
    /** In the alert's own thread. */
    postOver(state: AlertState, key: string): Promise<string>;
    /** In the channel of alerts, or in an alert's thread. */
    findPosted(key: string, thread: Place | null): Promise<Place | null>;
  };
};

const KIND = 'alert';

/**
 * Judges the last day that is loaded and tells what is new and what is over. Called after each load and every few
 * minutes: the same day judged again tells nothing twice, also with several instances (conditional claims and versions).
 */
export async function sendAlerts(needs: AlertNeeds): Promise<{ told: string[]; over: string[] }> {
  const outcome = { told: [] as string[], over: [] as string[] };
  const day = await needs.loadedThrough();
  if (!day) return outcome;
  const known = await knownAlerts(needs);
  const watched = await readWatched(day, await needs.rights(), needs);
  const found = findUnusual(watched, { ...DEFAULT_FIND, strictness: strictnessOf(known) });
  const locale = await needs.locale();
  const decision = decideAlerts(found, known, {
    day,
    quiet: isQuiet(minuteOfDay(needs.clock.timeZone, needs.clock.now()), needs.quietHours),
    headlineOf: (unusual) => describeUnusual(unusual, locale).headline,
  });
  const saved = new Map<string, AlertState>();
  for (const state of decision.states) {
    const stored = await saveState(state, needs);
    if (stored) saved.set(state.key, stored);
  }
  for (const { state, unusual } of decision.tell) {
    const stored = saved.get(state.key);
    if (stored && (await tellBeginning(stored, unusual, day, needs))) outcome.told.push(state.key);
  }
  for (const state of decision.over) {
    const stored = saved.get(state.key);
    if (stored && (await tellEnd(stored, needs))) outcome.over.push(state.key);
  }
  return outcome;
}

async function tellBeginning(
  state: AlertState,
  unusual: Unusual,
  day: Day,
  needs: AlertNeeds,
): Promise<boolean> {
  const described = describeUnusual(unusual, await needs.locale());
  return tellOnce(
    {
      key: `alert/${state.key}/${state.firstFound}`,
      async findPosted(key) {
        const place = await needs.poster.findPosted(key, null);
        return place && `${place.channel} ${place.ts}`;
      },
      async post(key) {
        const place = await needs.poster.post({ ...described, id: state.key }, day, key);
        return `${place.channel} ${place.ts}`;
      },
      async after(posted) {
        const [channel = '', ts = ''] = posted.split(' ');
        await changeState(state.key, (now) => ({ ...now, toldOn: day, place: { channel, ts } }), needs);
      },
    },
    needs,
  );
}

async function tellEnd(state: AlertState, needs: AlertNeeds): Promise<boolean> {
  return tellOnce(
    {
      key: `alert-over/${state.key}/${state.firstFound}`,
      findPosted: async (key) => (await needs.poster.findPosted(key, state.place))?.ts ?? null,
      post: (key) => needs.poster.postOver(state, key),
      async after() {
        await changeState(state.key, (now) => ({ ...now, overTold: true }), needs);
      },
    },
    needs,
  );
}

export async function knownAlerts(needs: Pick<AlertNeeds, 'smallRecords'>): Promise<AlertState[]> {
  const records = await needs.smallRecords.list(KIND);
  return records.map((record) => AlertState.parse({ ...(record.value as object), version: record.version }));
}

export type AlertMark = 'acknowledge' | 'snooze' | 'not-useful';

/** A person's word on an alert: 'I am on it', quiet for a week, or not useful, which makes it harder to trigger. */
export async function markAlert(
  key: string,
  mark: { what: AlertMark; by: string },
  needs: Pick<AlertNeeds, 'smallRecords' | 'clock'>,
): Promise<AlertState | null> {
  const today = needs.clock.today();
  return changeState(
    key,
    (state) =>
      mark.what === 'acknowledge'
        ? { ...state, acknowledgedBy: mark.by }
        : mark.what === 'snooze'
          ? snoozed(state, today, 7)
          : { ...snoozed(state, today, 28), notUseful: Math.min(3, state.notUseful + 1) },
    needs,
  );
}

/** Null when another instance was quicker: then it is theirs to tell. */
async function saveState(
  state: AlertState,
  needs: Pick<AlertNeeds, 'smallRecords'>,
): Promise<AlertState | null> {
  const { version, ...value } = state;
  try {
    return { ...state, version: await needs.smallRecords.save(KIND, { id: state.key, version, value }) };
  } catch (thrown) {
    if (hasCode(thrown, 'records.conflict')) return null;
    throw thrown;
  }
}

/** Somebody may have marked it meanwhile: who was second looks again. */
async function changeState(
  key: string,
  change: (state: AlertState) => AlertState,
  needs: Pick<AlertNeeds, 'smallRecords'>,
): Promise<AlertState | null> {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const state = (await knownAlerts(needs)).find((each) => each.key === key);
    if (!state) return null;
    const saved = await saveState(change(state), needs);
    if (saved) return saved;
  }
  throw new AppError('records.conflict', { detail: 'The state of an alert changed again and again.' });
}
