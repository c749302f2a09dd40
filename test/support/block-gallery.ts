import type { Json } from '../../infra/local/slack-server/workspace-types.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const cell = (text: string) => ({ type: 'raw_text', text });
const rich = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text, style: { bold: true } }] }],
});
const button = (id: string) => ({ type: 'button', action_id: id, text: plain(id) });
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'];
const line = (name: string, values: number[]) => ({
  name,
  data: values.map((value, at) => ({ label: months[at] ?? '', value })),
});
const picture = 'https://example.com/shoe.png';

/** One good block of each type that may stand in a message; each is accepted alone. */
export const MESSAGE_BLOCKS: Readonly<Record<string, Json>> = {
  header: { type: 'header', text: plain('Month end') },
  section: {
    type: 'section',
    text: mrkdwn('*Bold*, _italic_, ~gone~, `code` and <https://example.com|a link>'),
    accessory: button('Open'),
  },
  fields: { type: 'section', fields: [mrkdwn('*Revenue*\n£48,210'), mrkdwn('*Orders*\n1,204')] },
  divider: { type: 'divider' },
  context: {
    type: 'context',
    elements: [mrkdwn(':white_check_mark: Reconciled'), mrkdwn('Complete through 16 Nov')],
  },
  actions: {
    type: 'actions',
    elements: [button('One'), { type: 'datepicker', action_id: 'day', initial_date: '2026-11-16' }],
  },
  context_actions: {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'f',
        positive_button: { text: plain('Right'), value: 'right' },
        negative_button: { text: plain('Wrong'), value: 'wrong' },
      },
      { type: 'icon_button', action_id: 'i', icon: 'trash', text: plain('Remove') },
    ],
  },
  markdown: {
    type: 'markdown',
    text: '## What changed\n\n1. **Leeds** fell by 12 %\n2. York rose\n\n| branch | share |\n|---|---|\n| York | 30 % |\n\n```sql\nselect 1\n```',
  },
  rich_text: {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'a point' },
              { type: 'emoji', name: 'fire' },
            ],
          },
        ],
      },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: 'said so' }] },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'select 1' }] },
    ],
  },
  image: { type: 'image', image_url: picture, alt_text: 'A shoe', title: plain('Best seller') },
  video: {
    type: 'video',
    video_url: 'https://example.com/v',
    thumbnail_url: picture,
    alt_text: 'A tour',
    title: plain('A tour'),
  },
  table: {
    type: 'table',
    column_settings: [{ align: 'left' }, { align: 'right', is_wrapped: true }],
    rows: [
      [cell('Account'), cell('Amount')],
      [rich('4000'), { type: 'raw_number', value: 12.5, text: '12.50' }],
    ],
  },
  data_table: {
    type: 'data_table',
    caption: 'By branch',
    row_header_column_index: 0,
    rows: [
      [cell('Branch'), cell('Revenue')],
      [cell('Leeds'), { type: 'raw_number', value: 9120, text: '9,120' }],
    ],
  },
  line_chart: {
    type: 'data_visualization',
    title: 'Revenue per month',
    chart: {
      type: 'line',
      axis_config: { categories: months, x_label: 'Month', y_label: 'Revenue, £' },
      series: [
        line('Shoes', [41_000, 38_500, 46_200, 44_100, 51_300, 49_800]),
        line('Bags', [9000, 9400, 8800, 10_100, 11_900, -1200]),
      ],
    },
  },
  area_chart: {
    type: 'data_visualization',
    title: 'Orders per month',
    chart: {
      type: 'area',
      axis_config: { categories: months },
      series: [line('Orders', [410, 380, 460, 440, 510, 498])],
    },
  },
  pie_chart: {
    type: 'data_visualization',
    title: 'Share by category',
    chart: {
      type: 'pie',
      segments: [
        { label: 'Trainers', value: 48 },
        { label: 'Boots', value: 27 },
        { label: 'Sandals', value: 15 },
        { label: 'Care', value: 10 },
      ],
    },
  },
  card: {
    type: 'card',
    title: mrkdwn('Run 42'),
    subtitle: mrkdwn('orders'),
    body: mrkdwn('1,204 rows loaded'),
    actions: [button('Undo')],
  },
  carousel: {
    type: 'carousel',
    elements: [
      { type: 'card', title: mrkdwn('Leeds'), body: mrkdwn('£9,120') },
      { type: 'card', title: mrkdwn('York'), body: mrkdwn('£14,480') },
    ],
  },
  container: {
    type: 'container',
    title: plain('Details'),
    subtitle: mrkdwn('of the run'),
    is_collapsible: true,
    child_blocks: [{ type: 'section', text: mrkdwn('inside') }],
  },
  plan: {
    type: 'plan',
    title: 'Working',
    tasks: [{ type: 'task_card', task_id: '1', title: 'Read orders', status: 'complete' }],
  },
  task_card: {
    type: 'task_card',
    task_id: '2',
    title: 'Check sums',
    status: 'in_progress',
    output: rich('half done'),
  },
};
