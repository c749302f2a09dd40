import { describe, expect, it } from 'vitest';
import { withPreposition } from '../../../src/composer/say-period.ts';

describe('a period in a sentence', () => {
  it.each([
    ['june', 'in June'],
    ['in march', 'in March'],
    ['ytd', 'this year to date'],
    ['so far this year', 'so far this year'],
    ['the first half of 2018', 'in the first half of 2018'],
    ['last 6 months', 'in the last 6 months'],
    ['q3', 'in Q3'],
    ['black friday', 'on Black Friday'],
    ['monday', 'on Monday'],
    ['yesterday', 'yesterday'],
    ['5 november', 'on 5 November'],
    ['1 may to 3 may', 'from 1 May to 3 May'],
    ['the week before', 'in the week before'],
    ['since 1 may', 'since 1 May'],
    ['2018', 'in 2018'],
    ['week 46', 'in week 46'],
    ['april 5', 'on 5 April'],
    ['sept 2011', 'in September 2011'],
    ["last week's", 'last week'],
    ['last week of march', 'in the last week of March'],
  ])('as typed %s is said %s', (typed, said) => {
    expect(withPreposition(typed)).toBe(said);
  });
});
