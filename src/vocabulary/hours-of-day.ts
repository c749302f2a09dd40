const CLOCK = '(\\d{1,2})(?::00)?\\s?([ap])\\.?m\\.?';
const BETWEEN = new RegExp(
  `\\b(?:between|from) ${CLOCK.replace('([ap])', '([ap]?)').replace('m\\.?', 'm?\\.?')}\\s?(?:and|to|until|till|-|–) ?${CLOCK}(?!\\w)`,
  'gi',
);
const AFTER = new RegExp(`\\b(?:after|from|since) ${CLOCK}(?!\\w)(?: onwards| on)?`, 'gi');
const BEFORE = new RegExp(`\\b(?:before|until|till) ${CLOCK}(?!\\w)`, 'gi');
const AT = new RegExp(`\\b(?:at|around) ${CLOCK}(?!\\w)`, 'gi');

/** 'between 6pm and 9pm', 'after 8 pm', 'before 10am': as hours of the day, the last one not begun. */
export function hoursOfDay(question: string): string {
  return question
    .replace(/\bbefore noon\b/gi, 'hour of the day under 12')
    .replace(/\b(?:after noon|since noon)\b/gi, 'hour of the day at least 12')
    .replace(BETWEEN, (_, one: string, half: string, other: string, otherHalf: string) => {
      const to = hour(other, otherHalf);
      return `hour of the day between ${hour(one, half || otherHalf)} and ${to === 0 ? 23 : to - 1}`;
    })
    .replace(AFTER, (_, one: string, half: string) => `hour of the day at least ${hour(one, half)}`)
    .replace(BEFORE, (_, one: string, half: string) => `hour of the day under ${hour(one, half)}`)
    .replace(AT, (_, one: string, half: string) => `hour of the day exactly ${hour(one, half)}`);
}

function hour(said: string, half: string): number {
  return (Number(said) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}
