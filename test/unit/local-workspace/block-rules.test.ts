import { describe, expect, test } from 'vitest';
import { isApiError } from '../../../infra/local/slack-server/api-error.ts';
import { checkBlocks, type Surface } from '../../../infra/local/slack-server/blocks/check-blocks.ts';
import { checkView } from '../../../infra/local/slack-server/blocks/check-view.ts';
import { MESSAGE_BLOCKS } from '../../support/block-gallery.ts';

let made = 0;
const newId = () => `b${(made += 1)}`;
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const number = { type: 'raw_number', value: 1, text: '1' };
const word = { type: 'raw_text', text: 'w' };
const table = (rows: unknown[][], more = {}) => ({ type: 'data_table', caption: 'c', rows, ...more });
const chart = (more = {}) => ({
  type: 'data_visualization',
  title: 'Revenue',
  chart: {
    type: 'bar',
    axis_config: { categories: ['Mon'] },
    series: [{ name: 'a', data: [{ label: 'Mon', value: 1 }] }],
    ...more,
  },
});

function refusal(blocks: unknown, surface: Surface = 'message'): string {
  try {
    checkBlocks(blocks, surface, newId);
    return 'accepted';
  } catch (error) {
    if (!isApiError(error)) throw error;
    return [error.slackError, ...error.messages].join(' ');
  }
}

describe('blocks are refused as Slack refuses them', () => {
  test.each(Object.entries(MESSAGE_BLOCKS))('a good %s is accepted and gets an id', (_name, block) => {
    const [checked] = checkBlocks([block], 'message', newId);
    expect(checked).toEqual({ ...block, block_id: expect.stringMatching(/^b\d+$/) });
  });

  test.each<[string, unknown, string]>([
    ['not a list', { type: 'divider' }, 'invalid_blocks_format'],
    ['an unknown type', [{ type: 'sections' }], 'unsupported type: sections [json-pointer:/blocks/0/type]'],
    ['an unknown field', [{ type: 'divider', colour: 'red' }], 'colour'],
    ['an empty text', [section('')], '[json-pointer:/blocks/0/text'],
    ['a section of 3,001 characters', [section('x'.repeat(3001))], 'invalid_blocks'],
    ['a section with nothing', [{ type: 'section' }], 'must have text or fields'],
    [
      'a header of 151 characters',
      [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
      '150',
    ],
    ['a header in markup', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], 'invalid_blocks'],
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), 'no more than 50 items'],
    [
      'the same block_id twice',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      'already exists',
    ],
    [
      'the same action_id twice',
      [
        {
          type: 'actions',
          elements: [1, 2].map(() => ({
            type: 'button',
            action_id: 'a',
            text: { type: 'plain_text', text: 'x' },
          })),
        },
      ],
      'action_id a already exists',
    ],
    [
      'a button text of 76 characters',
      [
        {
          type: 'actions',
          elements: [{ type: 'button', text: { type: 'plain_text', text: 'x'.repeat(76) } }],
        },
      ],
      '75',
    ],
    [
      'a select without options',
      [{ type: 'actions', elements: [{ type: 'static_select' }] }],
      'options or option_groups',
    ],
    ['an image without an address', [{ type: 'image', alt_text: 'x' }], 'image_url or slack_file'],
    [
      'an address that is not http',
      [{ type: 'image', alt_text: 'x', image_url: 'data:image/png,x' }],
      'http',
    ],
    ['a markdown block of 12,001 characters', [{ type: 'markdown', text: 'x'.repeat(12_001) }], '12000'],
    [
      'more than 13,200 characters of blocks',
      Array.from({ length: 5 }, () => section('x'.repeat(2800))),
      'msg_blocks_too_long',
    ],
    ['a data table without rows', [table([[word]])], 'invalid_blocks'],
    ['a data table of 102 rows', [table(Array.from({ length: 102 }, () => [word]))], 'invalid_blocks'],
    ['a data table of 21 columns', [table([Array(21).fill(word), Array(21).fill(word)])], 'invalid_blocks'],
    ['a data table with uneven rows', [table([[word, word], [word]])], 'same number of cells'],
    [
      'a data table with an empty cell',
      [table([[word], [{ type: 'raw_text', text: '' }]])],
      'invalid_blocks',
    ],
    ['a number cell without text', [table([[word], [{ type: 'raw_number', value: 1 }]])], 'invalid_blocks'],
    [
      'two plain tables',
      [
        { type: 'table', rows: [[word]] },
        { type: 'table', rows: [[word]] },
      ],
      'only_one_table_allowed',
    ],
    [
      'tables of 10,001 characters in all',
      [
        table([[word], [{ type: 'raw_text', text: 'x'.repeat(5000) }]]),
        table([[word], [{ type: 'raw_text', text: 'x'.repeat(5000) }]]),
      ],
      '10000',
    ],
    ['three charts', [chart(), chart(), chart()], 'no more than 2'],
    ['a chart title of 51 characters', [{ ...chart(), title: 'x'.repeat(51) }], '50'],
    [
      'a chart with seven series',
      [
        chart({
          series: Array.from({ length: 7 }, (_, at) => ({
            name: `s${at}`,
            data: [{ label: 'Mon', value: 1 }],
          })),
        }),
      ],
      'invalid_blocks',
    ],
    [
      'a chart label that is no category',
      [chart({ series: [{ name: 'a', data: [{ label: 'Tue', value: 1 }] }] })],
      'categories',
    ],
    [
      'a chart with two series of one name',
      [chart({ series: [1, 2].map(() => ({ name: 'a', data: [{ label: 'Mon', value: 1 }] })) })],
      'unique',
    ],
    [
      'a pie with an empty slice',
      [
        {
          type: 'data_visualization',
          title: 't',
          chart: { type: 'pie', segments: [{ label: 'a', value: 0 }] },
        },
      ],
      'invalid_blocks',
    ],
    [
      'an alert in a message',
      [{ type: 'alert', text: { type: 'plain_text', text: 'x' } }],
      'outside a modal',
    ],
    ['text where a number belongs', [table([[word], [{ ...number, value: '1' }]])], 'invalid_blocks'],
  ])('%s', (_name, blocks, expected) => {
    expect(refusal(blocks)).toContain(expected);
  });

  test('tables, charts and markdown do not belong into a form or the Home tab', () => {
    for (const name of ['table', 'data_table', 'line_chart', 'markdown', 'context_actions'])
      expect(refusal([MESSAGE_BLOCKS[name]], 'home')).toContain('unsupported type in a view');
    expect(refusal([{ type: 'alert', text: { type: 'plain_text', text: 'x' } }], 'modal')).toBe('accepted');
  });

  test('a form needs a short title, and a submit button when it asks for something', () => {
    const form = (more: object) => () =>
      checkView(
        { type: 'modal', title: { type: 'plain_text', text: 'New' }, blocks: [], ...more },
        'modal',
        newId,
      );
    const input = {
      type: 'input',
      label: { type: 'plain_text', text: 'Amount' },
      element: { type: 'number_input', is_decimal_allowed: true },
    };
    expect(form({})).not.toThrow();
    expect(form({ title: { type: 'plain_text', text: 'x'.repeat(25) } })).toThrow('invalid_arguments');
    expect(form({ blocks: [input] })).toThrow('invalid_arguments');
    expect(form({ blocks: [input], submit: { type: 'plain_text', text: 'Save' } })).not.toThrow();
    expect(form({ private_metadata: 'x'.repeat(3001) })).toThrow('invalid_arguments');
  });
});
