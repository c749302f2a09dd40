import { apiError } from '../api-error.ts';
import { checkView } from '../blocks/check-view.ts';
import type { ServerParts } from '../server-parts.ts';
import { openView, replaceView, topView, wireView } from '../views.ts';
import type { Json, OpenView } from '../workspace-types.ts';
import { arg, type Method, method } from './method.ts';
import { knownPerson } from './places.ts';

/** Slack shows at most three forms on top of each other. */
export const MAX_STACK = 3;

export const viewMethods: Record<string, Method> = {
  'views.open': method({
    args: { trigger_id: arg.optionalText, interactivity_pointer: arg.optionalText, view: arg.json },
    run(args, parts) {
      const view = checkView(args.view, 'modal', () => parts.workspace.newId('b'));
      const person = parts.triggers.use(args.trigger_id ?? args.interactivity_pointer ?? '');
      // Opening replaces whatever the person had open from this app.
      for (const id of parts.workspace.viewStacks.get(person) ?? []) parts.workspace.views.delete(id);
      parts.workspace.viewStacks.set(person, []);
      return { view: wireView(openView(parts, person, view, null)) };
    },
  }),

  'views.push': method({
    args: { trigger_id: arg.optionalText, interactivity_pointer: arg.optionalText, view: arg.json },
    run(args, parts) {
      const view = checkView(args.view, 'modal', () => parts.workspace.newId('b'));
      const person = parts.triggers.use(args.trigger_id ?? args.interactivity_pointer ?? '');
      const below = topView(parts, person);
      if (!below) throw apiError('no_open_view', ['[ERROR] there is no form to push onto']);
      if ((parts.workspace.viewStacks.get(person) ?? []).length >= MAX_STACK)
        throw apiError('push_limit_reached');
      return { view: wireView(openView(parts, person, view, below)) };
    },
  }),

  'views.update': method({
    args: {
      view_id: arg.optionalText,
      external_id: arg.optionalText,
      hash: arg.optionalText,
      view: arg.json,
    },
    run(args, parts) {
      const open = findView(parts, args.view_id, args.external_id);
      if (args.hash !== undefined && args.hash !== open.hash) throw apiError('hash_conflict');
      const kind = open.view.type === 'home' ? 'home' : 'modal';
      const view = checkView(args.view, kind, () => parts.workspace.newId('b'));
      return { view: wireView(replaceView(parts, open, view)) };
    },
  }),

  'views.publish': method({
    args: { user_id: arg.text, hash: arg.optionalText, view: arg.json },
    run(args, parts) {
      const person = knownPerson(parts, args.user_id);
      const before = parts.workspace.homes.get(person.id);
      if (args.hash !== undefined && before && args.hash !== before.hash) throw apiError('hash_conflict');
      const view = checkView(args.view, 'home', () => parts.workspace.newId('b'));
      checkFiles(parts, view);
      const id = before?.id ?? parts.workspace.newId('V');
      const home: OpenView = {
        id,
        person: person.id,
        view,
        hash: parts.workspace.newId('h'),
        rootId: id,
        previousId: null,
        externalId: null,
      };
      parts.workspace.homes.set(person.id, home);
      parts.workspace.tell({ type: 'home', person: person.id });
      return { view: wireView(home) };
    },
  }),
};

/** A picture must be a file that Slack has. */
function checkFiles(parts: ServerParts, view: Json): void {
  for (const [index, block] of ((view.blocks ?? []) as { slack_file?: { id?: string } }[]).entries())
    if (block.slack_file?.id !== undefined && !parts.workspace.files.has(block.slack_file.id))
      throw apiError('invalid_arguments', [
        `[ERROR] invalid slack file [json-pointer:/view/blocks/${index}/slack_file]`,
      ]);
}

function findView(parts: ServerParts, id: string | undefined, externalId: string | undefined): OpenView {
  const all = [...parts.workspace.views.values(), ...parts.workspace.homes.values()];
  const open = all.find((each) => (id !== undefined ? each.id === id : each.externalId === externalId));
  if (!open || (id === undefined && externalId === undefined)) throw apiError('not_found');
  return open;
}
