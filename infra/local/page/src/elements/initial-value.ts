import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';

/** What an input holds before anybody touches it, in Slack's shape of a view's state. */
export function initialValue(element: Json): Json {
  const { type } = element;
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
    case 'external_select':
      return { type, selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'checkboxes':
    case 'multi_external_select':
      return { type, selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null };
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] };
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? [] };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type, selected_time: element.initial_time ?? null };
    case 'datetimepicker':
      return { type, selected_date_time: element.initial_date_time ?? null };
    case 'file_input':
      return { type, files: [] };
    case 'rich_text_input':
      return { type, rich_text_value: element.initial_value };
    default:
      return { type, value: element.initial_value ?? null };
  }
}

/** The whole state of blocks: what was changed over what they began with. */
export function stateOf(blocks: readonly Json[], changed: Record<string, Record<string, Json>>) {
  const state: Record<string, Record<string, Json>> = {};
  for (const block of blocks) {
    const elements = [
      ...(Array.isArray(block.elements) ? (block.elements as Json[]) : []),
      block.accessory as Json | undefined,
      block.element as Json | undefined,
    ].filter((each) => each !== undefined);
    for (const element of elements) {
      if (!isInput(element)) continue;
      const blockId = asText(block.block_id);
      const actionId = asText(element.action_id);
      state[blockId] = {
        ...state[blockId],
        [actionId]: changed[blockId]?.[actionId] ?? initialValue(element),
      };
    }
  }
  return state;
}

function isInput(element: Json): boolean {
  return /select$|^radio|^checkboxes|picker$|_input$/.test(asText(element.type));
}
