import { useActions } from '../actions.ts';
import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { plainWords } from '../text/text-object.tsx';

export type Choice = { id: string; label: string; group: string; option: Json };

/** What can be chosen: the app's own options, or people and channels of the workspace. */
export function useChoices(element: Json): Choice[] {
  const { state } = useActions();
  const type = asText(element.type);
  if (type.includes('users')) return state.people.map((person) => choice(person.id, person.realName));
  if (type.includes('channels')) return namedChannels(state.channels);
  if (type.includes('conversations'))
    return [
      ...namedChannels(state.channels),
      ...state.channels.filter((each) => each.kind === 'im').map((each) => choice(each.id, 'Direct message')),
    ];
  const groups = (element.option_groups ?? [{ options: element.options ?? [] }]) as Json[];
  return groups.flatMap((group) =>
    (group.options as Json[]).map((option) => ({
      id: asText(option.value),
      label: plainWords(option.text),
      group: plainWords(group.label),
      option,
    })),
  );
}

/** Where the choice is kept in Slack's shape: `selected_user`, `selected_options` ... */
export function fieldOf(type: string): string {
  const many = type.startsWith('multi_');
  const base = type.replace('multi_', '').replace('_select', '');
  if (base === 'static' || base === 'external') return many ? 'selected_options' : 'selected_option';
  return many ? `selected_${base}` : `selected_${base.replace(/s$/, '')}`;
}

function namedChannels(channels: readonly { id: string; name: string; kind: string }[]): Choice[] {
  return channels.filter((each) => each.kind !== 'im').map((each) => choice(each.id, `#${each.name}`));
}

function choice(id: string, label: string): Choice {
  return { id, label, group: '', option: {} };
}
