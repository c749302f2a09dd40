/** Sentences and labels of digests and alerts in Slack. */
export const DIGEST_WORDS = {
  standsOut: 'What stands out',
  nothing: 'Nothing stands out.',
  why: 'Why?',
  change: 'Change this digest',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  sendNow: 'Send now',
  formTitle: 'Daily digest',
  save: 'Save',
  to: 'Where it goes',
  hour: 'At',
  days: 'On',
  kpis: 'Figures',
  scope: 'Of',
  scopeHint: 'Empty for the whole company; else a branch or category by its name.',
  zone: 'Time zone',
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  notYours: 'Only who set this digest up can change it.',
  gone: 'This digest was stopped before.',
  noZone: 'I do not know this time zone. Write it like Europe/London.',
  toYou: 'your direct messages',
  noScope: (name: string) => `There is no branch or category “${name}”.`,
  noChannel: 'I am not in this channel. Invite me first, or leave it to your direct messages.',
  none: 'You have no digests yet. Type /plumbline digest to set one up.',
  saved: (line: string) => `Saved: ${line}.`,
  paused: (line: string) => `Paused: ${line}.`,
  resumed: (line: string) => `Running again: ${line}.`,
  stopped: (line: string) => `Stopped: ${line}.`,
  sent: 'Sent.',
  line: (what: string, at: string, days: string, to: string, paused: boolean) =>
    `${what} at ${at} on ${days}, to ${to}${paused ? ' (paused)' : ''}`,
  onWeekday: (change: string) => `${change} on the average of this weekday`,
  onDayBefore: (change: string) => `${change} on the day before`,
} as const;

export const ALERT_WORDS = {
  sign: '🔔',
  overSign: '✅',
  why: 'Why?',
  acknowledge: 'I am on it',
  snooze: 'Snooze for a week',
  notUseful: 'Not useful',
  over: (headline: string) => `This is over: ${headline}. It has been as usual for three days.`,
  acknowledged: (person: string) => `<@${person}> is on it.`,
  snoozed: 'Quiet about this for a week.',
  noted: 'Thank you. This will have to be much clearer before I tell it again.',
  gone: 'This alert is no longer kept.',
} as const;

export const RULE_WORDS = {
  offer: (what: string) => `I will tell you when ${what}.`,
  now: (found: string) => `As it is now. ${found}`,
  how: 'Looked at after each load and every day, for the days up to the last one that is loaded. Told once each time that it begins, and once when it is over.',
  where: (to: string) => (/^[UW]/.test(to) ? 'In your direct messages.' : 'In this channel.'),
  quiet: (hours: string, zone: string) => `Not from ${hours} (${zone}).`,
  confirm: 'Yes, tell me',
  change: 'Change',
  cancel: 'No, thanks',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  save: 'Save',
  next: 'Next',
  on: (what: string) => `On: I tell you when ${what}.`,
  pausedNow: (what: string) => `Paused: ${what}.`,
  stopped: (what: string) => `Stopped: ${what}.`,
  cancelled: 'All right, I will not watch for this.',
  gone: 'This alert was stopped before.',
  notYours: 'Only who set this alert up can change it.',
  none: 'You have no alerts of your own. Write me, for example: tell me when returns of boots go above 8 % in a week.',
  listTitle: 'My alerts',
  line: (what: string, state: string, last: string | null) =>
    `${what.charAt(0).toUpperCase()}${what.slice(1)} (${state})${last ? `\n${last}` : ''}`,
  states: {
    calm: 'not so now',
    crossed: 'so now',
    paused: 'paused',
    forbidden: 'you may no longer see this',
  },
  setUpBy: (name: string, words: string) => `Set up by ${name}: “${words}”`,
  formTitle: 'My own alert',
  wordsLabel: 'Tell me when',
  wordsHint:
    'For example: returns of boots go above 8 % in a week; revenue of Leeds falls by 20 % against the same weekday.',
  quietLabel: 'Quiet hours',
  quietHint: 'Two hours such as 20-7, or none.',
  settingsQuietHint: (zone: string) => `Two hours such as 20-7, or none. In ${zone}.`,
  zone: 'Time zone',
  forbidden: (what: string) => `I no longer watch for this: ${what}.`,
  settings: (channel: string, quiet: string) =>
    `Alerts of the company go to #${channel}. Quiet hours: ${quiet}.`,
  changeSettings: 'Change where and when',
  settingsTitle: 'Alerts of the company',
  settingsSaved: 'Saved.',
  channelLabel: 'Channel',
  noChannel: (name: string) => `There is no channel “${name}” that I am in.`,
} as const;

export const LATE_WORDS = {
  sign: '🕗',
  means: 'Answers that rest on this say so until it has come.',
} as const;

export const FINDING_WORDS = {
  sign: '❌',
  of: (feed: string | null, batch: string | null) =>
    feed === null
      ? 'What came as events does not add up:'
      : `The load of ${feed} does not add up (${batch}):`,
  means:
    'Answers say that the data is off. `plumbline findings` has examples, and the query that shows the rows.',
} as const;

export const DASHBOARD_WORDS = {
  tilesOf: (of: string, day: string, drawn: boolean) =>
    `${of}, ${day}. ${drawn ? 'The picture shows' : 'The bars are'} the days up to it.`,
  branches: 'Branches',
  categories: 'Categories',
  parts: (more: number) =>
    `Revenue of the last seven days against the seven before${more > 0 ? `; ${more} more are not shown` : ''}.`,
  alerts: 'Not as usual',
  alert: (headline: string, since: string, taken: boolean) =>
    `🔔 ${headline}, since ${since}${taken ? ' (somebody is on it)' : ''}`,
  data: 'Loads and freshness',
  onTime: (feeds: number) => (feeds > 0 ? '✅ Nothing is late.' : 'No files have been loaded yet.'),
  noRuns: 'No files have been loaded yet.',
  run: (
    sign: string,
    feed: string,
    outcome: string,
    loaded: string,
    refused: string,
    at: string,
    undone: boolean,
  ) => `${sign} ${feed}: ${outcome}, ${loaded} rows, ${refused} refused, ${at}${undone ? ' (undone)' : ''}`,
  findings: 'What does not add up',
  noFindings: 'All checks of the loads add up.',
  usage: 'Use of Plumbline, the last 30 days',
  ownUsage: 'My use of Plumbline, the last 30 days',
} as const;

export const RESTATED_WORDS = {
  sign: '🔁',
  was: (label: string, was: string, is: string) => `${label}: was ${was}, is ${is}`,
  asked: (question: string) => `To “${question}”:`,
} as const;
