import { z } from 'zod';
import { richTextBlock } from './rich-text.ts';
import {
  actionId,
  confirm,
  dispatchConfig,
  optionGroup,
  overflowOption,
  plainOption,
  plainText,
  richOption,
  slackFile,
  webUrl,
} from './text-objects.ts';

/** Interactive elements of Block Kit with their limits. */
const focus = { focus_on_load: z.boolean().optional() };
const asks = { confirm: confirm.optional() };
const hint = { placeholder: plainText(150).optional() };
const many = { max_selected_items: z.number().int().min(1).optional() };
const dispatches = { dispatch_action_config: dispatchConfig.optional() };
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date as YYYY-MM-DD');
const ids = z.array(z.string());

function element<T extends string, S extends z.ZodRawShape>(type: T, shape: S) {
  return z.strictObject({ type: z.literal(type), action_id: actionId, ...shape });
}

export const button = element('button', {
  text: plainText(75),
  value: z.string().max(2000).optional(),
  url: webUrl.optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(75).optional(),
  ...asks,
});

const filter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .optional();

const options = {
  options: z.array(plainOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};

const responds = { response_url_enabled: z.boolean().optional() };

const staticSelect = element('static_select', {
  ...options,
  initial_option: plainOption.optional(),
  ...asks,
  ...focus,
  ...hint,
});
const multiStaticSelect = element('multi_static_select', {
  ...options,
  initial_options: z.array(plainOption).min(1).optional(),
  ...asks,
  ...focus,
  ...hint,
  ...many,
});
const usersSelect = element('users_select', {
  initial_user: z.string().optional(),
  ...asks,
  ...focus,
  ...hint,
});
const multiUsersSelect = element('multi_users_select', {
  initial_users: ids.optional(),
  ...asks,
  ...focus,
  ...hint,
  ...many,
});
const conversationsSelect = element('conversations_select', {
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  filter,
  ...asks,
  ...focus,
  ...hint,
  ...responds,
});
const multiConversationsSelect = element('multi_conversations_select', {
  initial_conversations: ids.optional(),
  default_to_current_conversation: z.boolean().optional(),
  filter,
  ...asks,
  ...focus,
  ...hint,
  ...many,
});
const channelsSelect = element('channels_select', {
  initial_channel: z.string().optional(),
  ...asks,
  ...focus,
  ...hint,
  ...responds,
});
const multiChannelsSelect = element('multi_channels_select', {
  initial_channels: ids.optional(),
  ...asks,
  ...focus,
  ...hint,
  ...many,
});
const overflow = element('overflow', { options: z.array(overflowOption).min(1).max(5), ...asks });
const datepicker = element('datepicker', { initial_date: day.optional(), ...asks, ...focus, ...hint });
const timepicker = element('timepicker', {
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  timezone: z.string().optional(),
  ...asks,
  ...focus,
  ...hint,
});
const datetimepicker = element('datetimepicker', {
  initial_date_time: z.number().int().optional(),
  ...asks,
  ...focus,
});
const radioButtons = element('radio_buttons', {
  options: z.array(richOption).min(1).max(10),
  initial_option: richOption.optional(),
  ...asks,
  ...focus,
});
const checkboxes = element('checkboxes', {
  options: z.array(richOption).min(1).max(10),
  initial_options: z.array(richOption).min(1).optional(),
  ...asks,
  ...focus,
});
const richTextInput = element('rich_text_input', {
  initial_value: richTextBlock.optional(),
  min_lines: z.number().int().optional(),
  max_lines: z.number().int().optional(),
  ...dispatches,
  ...focus,
  ...hint,
});
const plainTextInput = element('plain_text_input', {
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
  ...dispatches,
  ...focus,
  ...hint,
});
const numberText = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number as text');
const numberInput = element('number_input', {
  is_decimal_allowed: z.boolean(),
  initial_value: numberText.optional(),
  min_value: numberText.optional(),
  max_value: numberText.optional(),
  ...dispatches,
  ...focus,
  ...hint,
});
const emailInput = element('email_text_input', {
  initial_value: z.string().optional(),
  ...dispatches,
  ...focus,
  ...hint,
});
const urlInput = element('url_text_input', {
  initial_value: z.string().optional(),
  ...dispatches,
  ...focus,
  ...hint,
});
const fileInput = element('file_input', {
  filetypes: z.array(z.string().min(1)).optional(),
  max_files: z.number().int().min(1).max(10).optional(),
});
const feedbackButton = z.strictObject({
  text: plainText(75),
  value: z.string().min(1).max(2000),
  accessibility_label: z.string().max(75).optional(),
});
const feedbackButtons = element('feedback_buttons', {
  positive_button: feedbackButton,
  negative_button: feedbackButton,
});
const iconButton = element('icon_button', {
  icon: z.literal('trash'),
  text: plainText(75),
  value: z.string().max(2000).optional(),
  accessibility_label: z.string().max(75).optional(),
  visible_to_user_ids: ids.optional(),
  ...asks,
});

export const imageElement = z
  .strictObject({
    type: z.literal('image'),
    alt_text: z.string().min(1).max(2000),
    image_url: webUrl.optional(),
    slack_file: slackFile.optional(),
  })
  .refine((image) => (image.image_url === undefined) !== (image.slack_file === undefined), {
    message: 'must have either image_url or slack_file',
  });

const choosers = [
  button,
  checkboxes,
  datepicker,
  multiStaticSelect,
  multiUsersSelect,
  multiConversationsSelect,
  multiChannelsSelect,
  overflow,
  radioButtons,
  staticSelect,
  usersSelect,
  conversationsSelect,
  channelsSelect,
  timepicker,
] as const;

export const actionsElement = z.discriminatedUnion('type', [...choosers, datetimepicker, richTextInput]);
export const sectionAccessory = z.union([z.discriminatedUnion('type', [...choosers]), imageElement]);
export const contextAction = z.discriminatedUnion('type', [feedbackButtons, iconButton]);
export const inputElement = z.discriminatedUnion('type', [
  checkboxes,
  datepicker,
  datetimepicker,
  emailInput,
  fileInput,
  multiStaticSelect,
  multiUsersSelect,
  multiConversationsSelect,
  multiChannelsSelect,
  numberInput,
  plainTextInput,
  radioButtons,
  richTextInput,
  staticSelect,
  usersSelect,
  conversationsSelect,
  channelsSelect,
  timepicker,
  urlInput,
]);
