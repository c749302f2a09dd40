import type { AlertSettings } from '../alerts/alert-settings.ts';
import type { AlertState } from '../alerts/alert-state.ts';
import type { AlertMark } from '../alerts/send-alerts.ts';
import type { DigestScope } from '../digests/digest.ts';
import type { NewSubscription, Subscription } from '../digests/subscriptions.ts';
import type { Rights } from '../domain/rights.ts';
import type { OfferedRule, WantedRule } from '../rules/offer-rule.ts';
import type { Rule } from '../rules/rule.ts';

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
  /** People's own alerts. */
  rules: {
    offer(wanted: WantedRule, rights: Rights): Promise<OfferedRule>;
    list(owner: string): Promise<{ rule: Rule; sentence: string }[]>;
    find(id: string): Promise<Rule | undefined>;
    /** Undefined when it was stopped before. A rule that is switched on is looked at at once. */
    setStatus(id: string, status: 'on' | 'paused'): Promise<Rule | undefined>;
    remove(id: string): Promise<void>;
    inWords(rule: Rule): Promise<string>;
  };
  alertSettings: { read(): Promise<AlertSettings>; save(settings: AlertSettings): Promise<AlertSettings> };
  markAlert(key: string, mark: { what: AlertMark; by: string }): Promise<AlertState | null>;
};
