import { describe, expect, test } from 'vitest';
import { ask, inShort } from './planner-world.ts';

const BARE = 'revenue last month by branch';

const AROUND: Record<string, string[]> = {
  'asking with courtesy': [
    'I should be grateful for *.',
    'Could I trouble you for *?',
    'Kindly furnish *',
    'be a love and get me *',
    'Sorry to bother you but I need *',
    'Has anyone got * to hand?',
    'It would be great to have *',
    'what I need is *',
    'Would it be possible to see *?',
  ],
  'who asks, and what for': [
    'We have a board meeting tomorrow. I need *.',
    "* - it's for the auditors",
    '*. I need it today.',
    'I have been asked to provide *',
    'I am preparing the budget. * please.',
    'Settle an argument: *',
    'Happy Friday! *',
    'Per our chat, *',
  ],
  'what is said behind': [
    '* if you don’t mind',
    '*, what was it?',
    '* would you',
    '* (for the auditors)',
    '*, cheers',
  ],
};

describe('talk around a question is taken off', () => {
  test.each(Object.entries(AROUND))('%s', async (_name, frames) => {
    const meant = inShort(await ask(BARE));
    const got: Record<string, string> = {};
    for (const frame of frames) got[frame] = inShort(await ask(frame.replace('*', BARE)));
    expect(got).toEqual(Object.fromEntries(frames.map((frame) => [frame, meant])));
  });

  test('but no word that could change the number goes with it', async () => {
    const meant = inShort(await ask(BARE));
    for (const other of [
      `${BARE}, top 3 first please`,
      `${BARE}, not London thanks`,
      `${BARE}, by phone please`,
      `only London ${BARE}`,
      'how many orders did we get? For today please',
      `I need ${BARE} for boots`,
    ])
      expect(inShort(await ask(other)), other).not.toBe(meant);
  });

  test('a question for two figures gets both, or is asked about', async () => {
    expect(inShort(await ask('Number of returns in May and what they have cost us'))).toContain(
      'returned_value+returned_units',
    );
    expect(inShort(await ask('how many refunds in May, and what did they come to?'))).toContain(
      'refund_count',
    );
    expect(inShort(await ask('how many orders did we get in May and how much were they worth'))).toContain(
      'revenue',
    );
  });

  test('average sales per day are of days, and not of one order', async () => {
    const daily = inShort(await ask('average revenue per day in May'));
    expect(inShort(await ask('average sales per day in May'))).toBe(daily);
    expect(inShort(await ask('mean sales a day in May'))).toBe(daily);
  });

  test('money, trade and articles are called by many names', async () => {
    expect(inShort(await ask('turnover in pounds last month'))).toBe(
      inShort(await ask('turnover last month')),
    );
    expect(inShort(await ask('German business last month'))).toBe(
      inShort(await ask('revenue Germany last month')),
    );
    expect(inShort(await ask('our biggest export market in May'))).toBe(
      inShort(await ask('which country other than the UK had the highest revenue in May')),
    );
    expect(inShort(await ask('sales of RJ sellers to customers in SP in May'))).toContain(
      'seller_state in [RJ]',
    );
  });

  test('the largest increase of sales is no largest sale, and what was sold is not dropped beside other figures', async () => {
    expect(inShort(await ask('category with the largest sales increase in May against April'))).toBe(
      inShort(await ask('category with the largest increase in sales in May against April')),
    );
    expect(inShort(await ask('weakest category in May on % margin'))).toBe(
      inShort(await ask('worst category by margin rate in May')),
    );
    expect(inShort(await ask('What did each category sell and what gross profit did it make in May?'))).toBe(
      'ask',
    );
    expect(inShort(await ask('who has bought more in May, Germany or France?'))).toBe(
      inShort(await ask('revenue of Germany compared with France in May')),
    );
  });
});
