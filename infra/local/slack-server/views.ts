import { apiError } from './api-error.ts';
import { elementsOf } from './blocks/check-blocks.ts';
import type { ServerParts } from './server-parts.ts';
import { BOT, TEAM } from './workspace-data.ts';
import type { Json, OpenView } from './workspace-types.ts';

/** Answers by block and action id, in Slack's shape of `view.state.values`. */
export type ViewValues = Record<string, Record<string, Json>>;

export function openView(parts: ServerParts, person: string, view: Json, below: OpenView | null): OpenView {
  const externalId = typeof view.external_id === 'string' ? view.external_id : null;
  if (externalId && [...parts.workspace.views.values()].some((each) => each.externalId === externalId))
    throw apiError('duplicate_external_id');
  const id = parts.workspace.newId('V');
  const open: OpenView = {
    id,
    person,
    view: withActionIds(parts, view),
    hash: parts.workspace.newId('h'),
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
    externalId,
  };
  parts.workspace.views.set(id, open);
  parts.workspace.viewStacks.set(person, [...(parts.workspace.viewStacks.get(person) ?? []), id]);
  parts.workspace.tell({ type: 'views', person });
  return open;
}

export function replaceView(parts: ServerParts, open: OpenView, view: Json): OpenView {
  const replaced: OpenView = { ...open, view: withActionIds(parts, view), hash: parts.workspace.newId('h') };
  if (open.view.type === 'home') {
    parts.workspace.homes.set(open.person, replaced);
    parts.workspace.tell({ type: 'home', person: open.person });
  } else {
    parts.workspace.views.set(open.id, replaced);
    parts.workspace.tell({ type: 'views', person: open.person });
  }
  return replaced;
}

/** Takes the topmost form away, or all of them. */
export function closeViews(parts: ServerParts, person: string, all: boolean): void {
  const stack = parts.workspace.viewStacks.get(person) ?? [];
  const closed = all ? stack : stack.slice(-1);
  for (const id of closed) parts.workspace.views.delete(id);
  parts.workspace.viewStacks.set(person, stack.slice(0, stack.length - closed.length));
  parts.workspace.tell({ type: 'views', person });
}

export function topView(parts: ServerParts, person: string): OpenView | undefined {
  const id = parts.workspace.viewStacks.get(person)?.at(-1);
  return id ? parts.workspace.views.get(id) : undefined;
}

export function wireView(open: OpenView, values: ViewValues = {}): Json {
  const { view } = open;
  return {
    id: open.id,
    team_id: TEAM.id,
    app_id: BOT.appId,
    app_installed_team_id: TEAM.id,
    bot_id: BOT.botId,
    type: view.type,
    title: view.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    close: view.close ?? null,
    submit: view.submit ?? null,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    external_id: open.externalId ?? '',
    state: { values },
    hash: open.hash,
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    root_view_id: open.rootId,
    previous_view_id: open.previousId,
  };
}

function withActionIds(parts: ServerParts, view: Json): Json {
  const blocks = Array.isArray(view.blocks) ? (view.blocks as Json[]) : [];
  return { ...view, blocks: blocks.map((block) => fillActionIds(parts, block)) };
}

/** Slack makes up an id for every interactive element that has none. */
function fillActionIds(parts: ServerParts, block: Json): Json {
  if (elementsOf(block).length === 0) return block;
  const filled = (element: unknown): unknown => {
    if (typeof element !== 'object' || element === null) return element;
    const { type, action_id: id } = element as Json;
    if (id !== undefined || type === 'image' || type === 'plain_text' || type === 'mrkdwn') return element;
    if (String(type).startsWith('rich_text_') && type !== 'rich_text_input') return element;
    return { ...element, action_id: parts.workspace.newId('a') };
  };
  return {
    ...block,
    ...(Array.isArray(block.elements) ? { elements: block.elements.map(filled) } : {}),
    ...(block.accessory ? { accessory: filled(block.accessory) } : {}),
    ...(block.element ? { element: filled(block.element) } : {}),
  };
}
