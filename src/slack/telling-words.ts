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
} as const;
