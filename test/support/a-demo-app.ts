import { type App, Assistant } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { aBoltApp } from './a-bolt-app.ts';
import type { WorkspaceForTests } from './a-workspace.ts';

type Blocks = KnownBlock[];

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const cell = (text: string) => ({ type: 'raw_text' as const, text });
const figure = (value: number) => ({
  type: 'raw_number' as const,
  value,
  text: value.toLocaleString('en-GB'),
});

/** A small customer's app for tests of the page: answers with every kind of block. */
export async function aDemoApp(workspace: WorkspaceForTests): Promise<App> {
  const app = aBoltApp(workspace);
  app.event('app_mention', async ({ event, client, say }) => {
    await say({ text: 'Revenue was £48,210 last week.', thread_ts: event.ts, blocks: answerBlocks() });
    await client.chat.postEphemeral({
      channel: event.channel,
      user: event.user ?? '',
      thread_ts: event.ts,
      text: `Only for <@${event.user}>: margin was 41.2 %.`,
    });
  });
  app.assistant(
    new Assistant({
      threadStarted: async ({ say, setSuggestedPrompts }) => {
        await say('Good morning. What would you like to know?');
        await setSuggestedPrompts({
          title: 'For example',
          prompts: [
            { title: 'Revenue last week by branch', message: 'Revenue last week by branch' },
            { title: 'Returns over six months', message: 'Returns over six months' },
          ],
        });
      },
      userMessage: async ({ client, message, setStatus, setTitle }) => {
        const {
          channel,
          thread_ts: threadTs,
          text,
        } = message as {
          channel: string;
          thread_ts: string;
          text: string;
        };
        await setTitle(text);
        await setStatus('is looking at orders');
        await new Promise((resolve) => setTimeout(resolve, 150));
        const stream = client.chatStream({ channel, thread_ts: threadTs, buffer_size: 1 });
        await stream.append({
          chunks: [{ type: 'task_update', id: 'read', title: 'Read 1,204 orders', status: 'complete' }],
        });
        await stream.append({ markdown_text: 'Revenue last week was **£48,210**, ' });
        await stream.stop({ markdown_text: 'up 6.1 % on the week before.' });
      },
    }),
  );
  app.event('file_shared', async ({ event, client }) => {
    const { file } = await client.files.info({ file: event.file_id });
    await client.chat.postMessage({
      channel: event.channel_id,
      text: `Got *${file?.name}*, ${file?.size} bytes.`,
    });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: {
        type: 'home',
        blocks: [
          { type: 'header', text: plain('Yesterday') },
          {
            type: 'section',
            fields: [
              { type: 'mrkdwn', text: '*Revenue*\n£7,912' },
              { type: 'mrkdwn', text: '*Orders*\n186' },
            ],
          },
          { type: 'actions', elements: [{ type: 'button', action_id: 'entry', text: plain('New entry') }] },
        ],
      },
    });
  });
  app.action('why', async ({ ack, respond }) => {
    await ack();
    await respond({ text: 'Because of the bad week in Leeds.', replace_original: false });
  });
  app.action('entry', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: entryForm() });
  });
  app.view('entry', async ({ ack, body, client, view }) => {
    const amount = view.state.values.amount?.amount?.value;
    if (Number(amount) > 1000)
      return ack({
        response_action: 'errors',
        errors: { amount: 'Above 1,000 somebody else must approve.' },
      });
    await ack();
    await client.chat.postMessage({
      channel: body.user.id,
      text: `Recorded ${amount} in ${view.state.values.branch?.branch?.selected_option?.value}.`,
    });
  });
  app.action(/.*/, async ({ ack }) => ack());
  app.command('/kpi', async ({ ack, command }) => ack(`KPIs for ${command.text || 'today'}`));
  await app.start();
  return app;
}

function answerBlocks(): Blocks {
  return [
    {
      type: 'section',
      text: { type: 'mrkdwn', text: '*Revenue was £48,210 last week*, 6.1 % more than the week before.' },
    },
    {
      type: 'context',
      elements: [
        { type: 'mrkdwn', text: ':shield: *Vetted*' },
        { type: 'mrkdwn', text: 'Revenue, all branches, 10 to 16 Nov 2026' },
      ],
    },
    {
      type: 'data_table',
      caption: 'Revenue by branch',
      page_size: 5,
      rows: [
        [cell('Branch'), cell('Revenue, £'), cell('Orders')],
        [cell('Leeds'), figure(9120), figure(201)],
        [cell('York'), figure(14_480), figure(312)],
        [cell('Bath'), figure(7020), figure(164)],
        [cell('Web shop'), figure(12_310), figure(290)],
        [cell('Derby'), figure(3180), figure(77)],
        [cell('Hull'), figure(2100), figure(51)],
      ],
    },
    {
      type: 'data_visualization',
      title: 'Revenue per day',
      chart: {
        type: 'bar',
        axis_config: { categories: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], y_label: '£' },
        series: [
          { name: 'This week', data: days([5900, 6120, 6400, 6800, 7900, 9100, 5990]) },
          { name: 'Week before', data: days([5600, 5900, 6100, 6500, 7300, 8600, 5430]) },
        ],
      },
    } as unknown as KnownBlock,
    {
      type: 'actions',
      elements: [
        { type: 'button', action_id: 'why', text: plain('Why?'), style: 'primary' },
        { type: 'button', action_id: 'sql', text: plain('Show SQL') },
        {
          type: 'button',
          action_id: 'drop',
          text: plain('Undo'),
          style: 'danger',
          confirm: { title: plain('Undo the load?'), text: plain('184 rows go.'), confirm: plain('Undo') },
        },
        {
          type: 'static_select',
          action_id: 'chart',
          placeholder: plain('Chart type'),
          options: [
            { text: plain('Bars'), value: 'bar' },
            { text: plain('Line'), value: 'line' },
          ],
        },
        { type: 'overflow', action_id: 'more', options: [{ text: plain('CSV'), value: 'csv' }] },
      ],
    },
    {
      type: 'context_actions',
      elements: [
        {
          type: 'feedback_buttons',
          action_id: 'feedback',
          positive_button: { text: plain('Right'), value: 'right' },
          negative_button: { text: plain('Wrong'), value: 'wrong' },
        },
      ],
    },
  ];
}

function days(values: number[]) {
  return ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].map((label, at) => ({
    label,
    value: values[at] ?? 0,
  }));
}

function entryForm() {
  const input = <T>(id: string, label: string, element: T, more = {}) => ({
    type: 'input' as const,
    block_id: id,
    label: plain(label),
    element,
    ...more,
  });
  return {
    type: 'modal' as const,
    callback_id: 'entry',
    title: plain('New entry'),
    submit: plain('Save'),
    blocks: [
      input('kind', 'Kind', {
        type: 'radio_buttons' as const,
        action_id: 'kind',
        options: [
          { text: plain('Expense'), value: 'expense' },
          { text: plain('Income'), value: 'income' },
        ],
      }),
      input('amount', 'Amount', {
        type: 'number_input' as const,
        action_id: 'amount',
        is_decimal_allowed: true,
      }),
      input('day', 'Day', { type: 'datepicker' as const, action_id: 'day', initial_date: '2026-11-16' }),
      input('branch', 'Branch', {
        type: 'static_select' as const,
        action_id: 'branch',
        options: [
          { text: plain('Leeds'), value: 'Leeds' },
          { text: plain('York'), value: 'York' },
        ],
      }),
      input(
        'tags',
        'Tags',
        {
          type: 'multi_static_select' as const,
          action_id: 'tags',
          options: [
            { text: plain('Travel'), value: 'travel' },
            { text: plain('Rent'), value: 'rent' },
          ],
        },
        { optional: true },
      ),
      input(
        'checks',
        'Checks',
        {
          type: 'checkboxes' as const,
          action_id: 'checks',
          options: [{ text: plain('Paid'), value: 'paid' }],
        },
        { optional: true },
      ),
      input('receipt', 'Receipt', { type: 'file_input' as const, action_id: 'receipt' }, { optional: true }),
      input(
        'note',
        'Note',
        { type: 'plain_text_input' as const, action_id: 'note', multiline: true, max_length: 200 },
        { optional: true, hint: plain('Seen by whoever approves it') },
      ),
    ],
  };
}
