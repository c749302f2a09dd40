import { type Audience, audienceOf, type Listeners } from '../access/audience.ts';
import type { Person } from '../access/rights-for.ts';
import type { Rights } from '../domain/rights.ts';
import type { SlackNeeds } from './needs.ts';
import type { SlackClient, SlackPerson } from './slack-client.ts';

/** Who people are, what they may see, and who is listening where. Kept for minutes; changes of membership are told. */
export type WhoListens = {
  rightsOf(user: string): Promise<Rights>;
  person(user: string): Promise<SlackPerson>;
  audienceOf(channel: string): Promise<Audience>;
  /** Somebody joined or left. */
  forget(channel: string): void;
};

const PEOPLE_KEPT_MS = 10 * 60_000;
const GROUPS_KEPT_MS = 5 * 60_000;
const MEMBERS_KEPT_MS = 5 * 60_000;
/** Asking Slack about each of more people would take minutes. */
const MOST_MEMBERS = 500;
const AT_ONCE = 8;

export function whoListens(
  slack: SlackClient,
  needs: Pick<SlackNeeds, 'policy' | 'rightsFor' | 'log'>,
  bot: { userId: string },
  nowMs: () => number,
): WhoListens {
  const people = kept<SlackPerson>(PEOPLE_KEPT_MS, nowMs);
  const groups = kept<string[]>(GROUPS_KEPT_MS, nowMs);
  const audiences = kept<Audience>(MEMBERS_KEPT_MS, nowMs);
  const groupIds = Object.keys(needs.policy.groups);

  const personOf = (id: string) => people.get(id, () => slack.person(id));

  async function asPerson(id: string): Promise<Person> {
    const found = await personOf(id);
    const memberOf: string[] = [];
    for (const group of groupIds)
      if ((await groups.get(group, () => slack.groupMembers(group))).includes(id)) memberOf.push(group);
    return { user: id, groups: memberOf, outsider: found.outsider || found.isBot };
  }

  /** Installed apps of this workspace were let in by its administrators and count only when the policy names them. */
  async function asListener(id: string): Promise<Person | null> {
    const found = await personOf(id);
    if (found.isBot && !found.outsider && !needs.policy.people[id]) return null;
    return asPerson(id);
  }

  async function listeners(channel: string): Promise<Listeners> {
    const about = await slack.channel(channel);
    const { people: ids, more } = await slack.members(channel, MOST_MEMBERS);
    if (more) return { known: false, why: 'too-many' };
    const found: (Person | null)[] = [];
    const others = ids.filter((id) => id !== bot.userId);
    for (let start = 0; start < others.length; start += AT_ONCE)
      found.push(...(await Promise.all(others.slice(start, start + AT_ONCE).map(asListener))));
    return { known: true, people: found.filter((each) => each !== null), shared: about?.shared ?? true };
  }

  return {
    rightsOf: async (user) => needs.rightsFor(await asPerson(user)),
    person: personOf,
    audienceOf: (channel) =>
      audiences.get(channel, async () =>
        audienceOf(
          await listeners(channel).catch((error: unknown): Listeners => {
            needs.log.warn({ err: error, channel }, 'the members of a channel are not known');
            return { known: false, why: 'unknown' };
          }),
          needs.policy,
        ),
      ),
    forget: (channel) => audiences.drop(channel),
  };
}

/** Values kept for a time; two who ask at once wait for one call; failures are not kept. */
function kept<T>(forMs: number, nowMs: () => number) {
  const values = new Map<string, { value: Promise<T>; until: number }>();
  return {
    get(key: string, find: () => Promise<T>): Promise<T> {
      const found = values.get(key);
      if (found && found.until > nowMs()) return found.value;
      const value = find();
      values.set(key, { value, until: nowMs() + forMs });
      value.catch(() => values.delete(key));
      return value;
    },
    drop: (key: string) => void values.delete(key),
  };
}
