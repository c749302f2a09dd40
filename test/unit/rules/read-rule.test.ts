import { describe, expect, it } from 'vitest';
import { asksForRule, readRule } from '../../../src/rules/read-rule.ts';

describe('an alert in words', () => {
  it.each([
    ['tell me when returns of boots go above 8 % in a week', 'returns of boots', 7, 'above', '8', 'percent'],
    [
      'let me know if revenue of Leeds falls below £5,000 in a day',
      'revenue of Leeds',
      1,
      'below',
      '5000',
      'plain',
    ],
    ['alert us when there are more than 50 refunds in a day', 'number of refunds', 1, 'above', '50', 'plain'],
    [
      'warn me if average order value drops under 40,5',
      'average order value',
      null,
      'below',
      '40.5',
      'plain',
    ],
    ['tell me when revenue exceeds 1.2m in the last 30 days', 'revenue', 30, 'above', '1200000', 'plain'],
    ['tell me when sales per week fall below 8k', 'sales', 7, 'below', '8000', 'plain'],
  ])('%s', (words, subject, days, direction, amount, unit) => {
    expect(readRule(words)).toMatchObject({ subject, days, direction, amount, unit, isChange: false });
    expect(asksForRule(words)).toBe(true);
  });

  it.each([
    [
      'tell me if orders drop by more than 20 % compared with the same weekday',
      'same-weekday',
      'below',
      1,
      'percent',
    ],
    ['tell me if revenue in York falls 15% versus the week before', 'window-before', 'below', 7, 'percent'],
    ['tell me when the margin rate falls by 2 points week on week', 'window-before', 'below', 7, 'points'],
    ['tell me when revenue grows by 10 % against last year', 'last-year', 'above', null, 'percent'],
    ['tell me if returns rise by 30%', 'window-before', 'above', null, 'percent'],
  ])('as a change: %s', (words, against, direction, days, unit) => {
    expect(readRule(words)).toMatchObject({ isChange: true, against, direction, days, unit });
  });

  it.each([
    'tell me when we sold most',
    'tell me when the store in Leeds opens',
    'what was revenue last week?',
    'which branches are above 500 orders in a week?',
    'tell me about returns above 8 %',
  ])('is not seen in: %s', (question) => {
    expect(asksForRule(question)).toBe(false);
  });

  it('takes "at least" to hold the size itself', () => {
    expect(readRule('tell me when orders are at least 100 in a day')).toMatchObject({
      inclusive: true,
      amount: '100',
    });
    expect(readRule('tell me when orders go over 100 in a day')).toMatchObject({ inclusive: false });
  });
});
