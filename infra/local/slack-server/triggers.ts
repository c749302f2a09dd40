import { randomBytes } from 'node:crypto';
import { apiError } from './api-error.ts';

/** Short-lived permissions to open a form for the person who has just clicked. */
export type Triggers = {
  issue(person: string): string;
  /** The person it was issued for; each trigger works once. Throws Slack's error names. */
  use(triggerId: string): string;
};

export function createTriggers(options: { lifetimeMs: number; now: () => Date }): Triggers {
  const issued = new Map<string, { person: string; at: number; used: boolean }>();
  return {
    issue(person) {
      const id = `${Date.now()}.${randomBytes(6).toString('hex')}`;
      issued.set(id, { person, at: options.now().getTime(), used: false });
      return id;
    },
    use(triggerId) {
      const trigger = issued.get(triggerId);
      if (!trigger) throw apiError('invalid_trigger_id');
      if (trigger.used) throw apiError('exchanged_trigger_id');
      if (options.now().getTime() - trigger.at > options.lifetimeMs) throw apiError('expired_trigger_id');
      trigger.used = true;
      return trigger.person;
    },
  };
}
