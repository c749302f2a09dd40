import type { Rights } from '../domain/rights.ts';
import type { Policy } from './policy.ts';
import { type Person, rightsFor, sharedRights } from './rights-for.ts';

/** Why an audience sees less than the asker; null when it does not. */
export type AudienceRule = 'guests' | 'too-many' | 'unknown' | 'rows' | 'metrics' | 'personal' | 'other';

/** Who is listening in a channel, as far as it is known. */
export type Listeners =
  | { known: true; people: Person[]; shared: boolean }
  | { known: false; why: 'too-many' | 'unknown' };

export type Audience = { rights: Rights; why: 'known' | 'guests' | 'too-many' | 'unknown' };

const STRANGER: Person = { user: '', groups: [], outsider: true };

/**
 * What everyone who listens may see: the least of all. A channel whose members are not known, and one shared with
 * another company, has a stranger in it.
 */
export function audienceOf(listeners: Listeners, policy: Policy): Audience {
  if (!listeners.known) return { rights: rightsFor(STRANGER, policy), why: listeners.why };
  const people = listeners.shared ? [...listeners.people, STRANGER] : listeners.people;
  const rights = sharedRights(people.map((person) => rightsFor(person, policy)));
  return { rights, why: people.some((person) => person.outsider) ? 'guests' : 'known' };
}

/** The rule to name when `audience` sees less than `asker`. */
export function ruleBetween(audience: Audience, asker: Rights): AudienceRule {
  if (audience.why !== 'known') return audience.why;
  const { rights } = audience;
  if (JSON.stringify(rights.rowFilters) !== JSON.stringify(asker.rowFilters)) return 'rows';
  if (JSON.stringify([rights.tables, rights.metrics]) !== JSON.stringify([asker.tables, asker.metrics]))
    return 'metrics';
  return rights.personalData === asker.personalData ? 'other' : 'personal';
}
