import { z } from 'zod';
import { AppError } from '../domain/app-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { VersionedRecords } from '../ports/versioned-records.ts';
import { DIGEST_KPIS, DigestKpi, DigestScope } from './digest.ts';

const TimeZone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, 'a time zone such as Europe/London');

/** Who gets a digest, when, and of what. */
export const Subscription = z.object({
  id: z.string(),
  /** A channel's id, or a person's for a direct message. */
  to: z.string().min(1),
  owner: z.string(),
  /** Hour of the day and minute, in `timeZone`. */
  hour: z.number().int().min(0).max(23),
  minute: z.number().int().min(0).max(59),
  timeZone: TimeZone,
  /** 1 is Monday. */
  days: z.array(z.number().int().min(1).max(7)).min(1),
  kpis: z.array(DigestKpi).min(1),
  scope: DigestScope,
  /** How long late data is waited for. */
  waitMinutes: z.number().int().min(0).max(720),
  paused: z.boolean(),
  createdAt: z.string(),
  version: z.number().int(),
});
export type Subscription = z.infer<typeof Subscription>;

export type NewSubscription = Pick<Subscription, 'to' | 'owner'> &
  Partial<Pick<Subscription, 'hour' | 'minute' | 'timeZone' | 'days' | 'kpis' | 'scope' | 'waitMinutes'>>;

export type SubscriptionNeeds = { smallRecords: VersionedRecords; clock: Clock; ids: Ids };

const KIND = 'subscription';

/** At eight on weekdays, the whole company, all KPIs, when nothing else is said. */
export async function subscribe(wanted: NewSubscription, needs: SubscriptionNeeds): Promise<Subscription> {
  const subscription = parsed({
    id: needs.ids.next('sub'),
    hour: 8,
    minute: 0,
    timeZone: needs.clock.timeZone,
    days: [1, 2, 3, 4, 5],
    kpis: [...DIGEST_KPIS],
    scope: { kind: 'company' },
    waitMinutes: 120,
    ...wanted,
    paused: false,
    createdAt: needs.clock.now().toISOString(),
    version: 0,
  });
  return saved(subscription, needs);
}

/** All of them, or those of a channel or person (as receiver or owner). */
export async function listSubscriptions(
  needs: Pick<SubscriptionNeeds, 'smallRecords'>,
  of?: string,
): Promise<Subscription[]> {
  const records = await needs.smallRecords.list(KIND);
  const all = records.map((record) => parsed({ ...(record.value as object), version: record.version }));
  return of === undefined ? all : all.filter((each) => each.to === of || each.owner === of);
}

export async function findSubscription(
  id: string,
  needs: Pick<SubscriptionNeeds, 'smallRecords'>,
): Promise<Subscription | undefined> {
  const record = await needs.smallRecords.find(KIND, id);
  return record && parsed({ ...(record.value as object), version: record.version });
}

/** Also pauses and resumes. Errors: usage.wrong when it is not there or the change makes no sense; records.conflict. */
export async function changeSubscription(
  id: string,
  change: Partial<Omit<Subscription, 'id' | 'owner' | 'createdAt' | 'version'>>,
  needs: Pick<SubscriptionNeeds, 'smallRecords'>,
): Promise<Subscription> {
  const found = await findSubscription(id, needs);
  if (!found) throw new AppError('usage.wrong', { detail: 'This digest was stopped before.' });
  return saved(parsed({ ...found, ...change }), needs);
}

export async function stopSubscription(
  id: string,
  needs: Pick<SubscriptionNeeds, 'smallRecords'>,
): Promise<void> {
  await needs.smallRecords.remove(KIND, id);
}

async function saved(
  subscription: Subscription,
  needs: Pick<SubscriptionNeeds, 'smallRecords'>,
): Promise<Subscription> {
  const { version, ...value } = subscription;
  return {
    ...subscription,
    version: await needs.smallRecords.save(KIND, { id: subscription.id, version, value }),
  };
}

function parsed(value: unknown): Subscription {
  const result = Subscription.safeParse(value);
  if (!result.success)
    throw new AppError('usage.wrong', {
      detail: result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    });
  return result.data;
}
