import type { Channel, Person } from '../contract.ts';

/** The others in it, by their first names: 'Ben, Plumbline'. */
export function groupName(channel: Channel, state: { me: Person; people: Person[] }): string {
  return channel.members
    .filter((id) => id !== state.me.id)
    .map((id) => state.people.find((person) => person.id === id)?.realName.split(' ')[0] ?? id)
    .join(', ');
}
