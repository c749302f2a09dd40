import type { Channel, Person, UserGroup } from './workspace-types.ts';

/** Ids of the local workspace. They look like Slack's and never change, so that a policy file can name them. */
export const TEAM = { id: 'T0LOCAL001', name: 'Plumb & Sons', domain: 'plumb-and-sons' } as const;
export const BOT = {
  userId: 'U0PLUMB001',
  botId: 'B0PLUMB001',
  appId: 'A0PLUMB001',
  name: 'plumbline',
} as const;

export const PEOPLE: readonly Person[] = [
  person('U0MARA0001', 'mara', 'Mara Lindqvist', 'Managing director', '#7a3e9d', 'owner'),
  person('U0BEN00001', 'ben', 'Ben Osei', 'Branch manager, Birmingham', '#c2571a', 'member'),
  person('U0AISHA001', 'aisha', 'Aisha Rahman', 'Accountant', '#0b7a75', 'member'),
  person('U0DANA0001', 'dana', 'Dana Novak', 'Data owner', '#2b59c3', 'member'),
  person('U0GUEST001', 'guest', 'Gil Torres', 'Guest, agency', '#6b7280', 'guest'),
  person(BOT.userId, BOT.name, 'Plumbline', 'Data assistant', '#1f2a44', 'bot'),
];

export const USER_GROUPS: readonly UserGroup[] = [
  { id: 'S0MANAGERS1', handle: 'managers', name: 'Managers', users: ['U0MARA0001'] },
  { id: 'S0BRANCHMG1', handle: 'branch-managers', name: 'Branch managers', users: ['U0BEN00001'] },
  { id: 'S0ACCOUNTS1', handle: 'accountants', name: 'Accountants', users: ['U0AISHA001'] },
  { id: 'S0DATAOWN01', handle: 'data-owners', name: 'Data owners', users: ['U0DANA0001'] },
];

const MARA = 'U0MARA0001';
const BEN = 'U0BEN00001';
const AISHA = 'U0AISHA001';
const DANA = 'U0DANA0001';
const GUEST = 'U0GUEST001';

export const CHANNELS: readonly Channel[] = [
  channel('C0GENERAL1', 'general', 'Company-wide news', [MARA, BEN, AISHA, DANA, GUEST]),
  channel('C0SALES001', 'sales', 'How we sell: branches, web shop, campaigns', [MARA, BEN, AISHA, DANA]),
  channel('C0FINANCE1', 'finance', 'Books, budgets and month end', [MARA, AISHA, DANA], 'private'),
  channel('C0DATARUNS', 'data-runs', 'How each load into the warehouse went', [MARA, BEN, AISHA, DANA]),
  channel('C0DATAOWNR', 'data-owners', 'Questions to vet and answers to correct', [MARA, DANA], 'private'),
];

/** A direct message of several people and Plumbline. */
export const GROUP_MESSAGES: readonly Channel[] = [
  {
    ...channel('C0GROUPDM1', 'mpdm-mara--ben--plumbline-1', '', [MARA, BEN], 'private'),
    kind: 'mpim',
  },
];

/** The direct message between a person and Plumbline: 'U0MARA0001' has 'D0MARA0001'. */
export function directMessageId(personId: string): string {
  return `D${personId.slice(1)}`;
}

function person(
  id: string,
  name: string,
  realName: string,
  title: string,
  colour: string,
  kind: Person['kind'],
): Person {
  return {
    id,
    name,
    realName,
    title,
    colour,
    kind,
    email: `${name}@plumb-and-sons.example`,
    timeZone: 'Europe/London',
  };
}

function channel(
  id: string,
  name: string,
  topic: string,
  members: string[],
  kind: 'public' | 'private' = 'public',
): Channel {
  return {
    id,
    name,
    topic,
    kind,
    members: [...members, BOT.userId],
    shared: false,
    createdAt: 1_735_689_600,
  };
}
