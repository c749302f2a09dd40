import type { AlertState } from '../alerts/alert-state.ts';
import type { AlertMark } from '../alerts/send-alerts.ts';
import type { DigestScope } from '../digests/digest.ts';
import type { NewSubscription, Subscription } from '../digests/subscriptions.ts';

/** What people do with digests and alerts in Slack; wired where the program starts. */
export type Telling = {
  subscribe(wanted: NewSubscription): Promise<Subscription>;
  listSubscriptions(of: string): Promise<Subscription[]>;
  findSubscription(id: string): Promise<Subscription | undefined>;
  changeSubscription(
    id: string,
    change: Partial<Omit<Subscription, 'id' | 'owner' | 'createdAt' | 'version'>>,
  ): Promise<Subscription>;
  stopSubscription(id: string): Promise<void>;
  /** `ask` names the click, so that its repeat sends nothing. */
  sendNow(subscription: Subscription, ask: string): Promise<void>;
  /** A branch or category by name or number; undefined when there is none. */
  scopeNamed(name: string): Promise<DigestScope | undefined>;
  markAlert(key: string, mark: { what: AlertMark; by: string }): Promise<AlertState | null>;
};
