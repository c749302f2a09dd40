import { elementsOf } from '../blocks/check-blocks.ts';
import type { ServerParts } from '../server-parts.ts';
import { topView, type ViewValues, wireView } from '../views.ts';
import type { Json, OpenView } from '../workspace-types.ts';
import {
  channelName,
  channelOf,
  DONE,
  interactionBase,
  messageInteraction,
  NO_ANSWER,
  type PersonOutcome,
  personById,
  refuse,
} from './interaction.ts';

export type Clicking = {
  person: string;
  /** Where: a message, or the view that the person has open. */
  on: { channel: string; ts: string } | { view: string };
  blockId: string;
  actionId: string;
  /** What was chosen: `{ value }`, `{ selected_option }`, `{ selected_date }` ... */
  chosen?: Json;
  /** What the other inputs hold at this moment. */
  values?: ViewValues;
};

/** A person uses an interactive element: sends block_actions, and waits for the acknowledgement. */
export async function click(parts: ServerParts, clicking: Clicking): Promise<PersonOutcome> {
  const person = personById(parts, clicking.person);
  if (!person) return refuse('There is no such person.');
  const place = 'view' in clicking.on ? placeOfView(parts, clicking) : placeOfMessage(parts, clicking);
  if (!place) return refuse('This is no longer there.');
  const block = findBlock(place.blocks, clicking.blockId);
  const element = elementsOf(block).find((each) => each.action_id === clicking.actionId);
  if (!element) return refuse('This button is no longer there.');
  const action = actionOf(element, clicking, parts.workspace.nextTs());
  const payload: Json = {
    type: 'block_actions',
    ...interactionBase(parts, person),
    ...place.about,
    state: { values: clicking.values ?? {} },
    actions: [action],
  };
  const result = await parts.app.ask('interactive', payload);
  return result.acknowledged ? DONE : NO_ANSWER;
}

/** A message shortcut from the menu of a message. */
export async function runMessageShortcut(
  parts: ServerParts,
  running: { person: string; channel: string; ts: string; callbackId: string },
): Promise<PersonOutcome> {
  const person = personById(parts, running.person);
  const channel = channelOf(parts, running.channel, running.person);
  const message = channel && parts.workspace.findMessage(channel.id, running.ts);
  if (!person || !channel || !message) return refuse('This message is gone.');
  const { message: shape, response_url: responseUrl } = messageInteraction(parts, channel, message, person);
  const result = await parts.app.ask('interactive', {
    type: 'message_action',
    callback_id: running.callbackId,
    ...interactionBase(parts, person),
    action_ts: parts.workspace.nextTs(),
    message_ts: message.ts,
    message: shape,
    channel: channelName(channel),
    response_url: responseUrl,
  });
  return result.acknowledged ? DONE : NO_ANSWER;
}

type Place = { blocks: Json[]; about: Json };

function placeOfMessage(parts: ServerParts, clicking: Clicking): Place | undefined {
  if (!('channel' in clicking.on)) return undefined;
  const channel = channelOf(parts, clicking.on.channel, clicking.person);
  const message = channel && parts.workspace.findMessage(channel.id, clicking.on.ts);
  const person = personById(parts, clicking.person);
  if (!channel || !message || !person) return undefined;
  if (message.ephemeralFor && message.ephemeralFor !== clicking.person) return undefined;
  return { blocks: message.blocks ?? [], about: messageInteraction(parts, channel, message, person) };
}

function placeOfView(parts: ServerParts, clicking: Clicking): Place | undefined {
  const open = openViewOf(parts, clicking);
  if (!open) return undefined;
  return {
    blocks: open.view.blocks as Json[],
    about: {
      container: { type: 'view', view_id: open.id },
      view: wireView(open, clicking.values),
    },
  };
}

function openViewOf(parts: ServerParts, clicking: Clicking): OpenView | undefined {
  if (!('view' in clicking.on)) return undefined;
  const home = parts.workspace.homes.get(clicking.person);
  if (home?.id === clicking.on.view) return home;
  const top = topView(parts, clicking.person);
  return top?.id === clicking.on.view ? top : undefined;
}

/** Blocks may stand inside containers and carousels. */
function findBlock(blocks: Json[], blockId: string): Json | undefined {
  for (const block of blocks) {
    if (block.block_id === blockId) return block;
    const inside = [block.child_blocks, block.type === 'carousel' ? block.elements : undefined]
      .filter(Array.isArray)
      .flatMap((list) => list as Json[]);
    const found = inside.length > 0 ? findBlock(inside, blockId) : undefined;
    if (found) return found;
  }
  return undefined;
}

function actionOf(element: Json, clicking: Clicking, ts: string): Json {
  const { type, action_id: actionId, text, value, style, url, placeholder, confirm } = element;
  return {
    type,
    action_id: actionId,
    block_id: clicking.blockId,
    action_ts: ts,
    ...(text === undefined ? {} : { text }),
    ...(value === undefined ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(url === undefined ? {} : { url }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(confirm === undefined ? {} : { confirm }),
    ...clicking.chosen,
  };
}
