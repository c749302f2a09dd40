import type { ViewValues } from '../views.ts';
import type { Json } from '../workspace-types.ts';

/** What Slack's own client checks before it sends a form: sentences by block id. */
export function missingInputs(view: Json, values: ViewValues): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of view.blocks as Json[]) {
    if (block.type !== 'input') continue;
    const blockId = String(block.block_id);
    const element = block.element as Json;
    const value = values[blockId]?.[String(element.action_id)];
    if (isEmpty(value)) {
      if (block.optional !== true) errors[blockId] = 'This is needed.';
      continue;
    }
    const problem = problemOf(element, value as Json);
    if (problem) errors[blockId] = problem;
  }
  return errors;
}

function isEmpty(value: Json | undefined): boolean {
  if (!value) return true;
  const { type: _, ...held } = value;
  return Object.values(held).every(
    (each) =>
      each === null || each === undefined || each === '' || (Array.isArray(each) && each.length === 0),
  );
}

function problemOf(element: Json, value: Json): string | undefined {
  const text = typeof value.value === 'string' ? value.value : '';
  if (element.type === 'plain_text_input') {
    if (typeof element.min_length === 'number' && text.length < element.min_length)
      return `Write at least ${element.min_length} characters.`;
    if (text.length > Number(element.max_length ?? 3000))
      return `Write at most ${Number(element.max_length ?? 3000)} characters.`;
  }
  if (element.type === 'number_input') return numberProblem(element, text);
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(text))
    return 'This is not an e-mail address.';
  if (element.type === 'url_text_input' && !/^https?:\/\/\S+$/.test(text))
    return 'This is not a web address.';
  return undefined;
}

function numberProblem(element: Json, text: string): string | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return 'This is not a number.';
  if (element.is_decimal_allowed !== true && text.includes('.')) return 'Only whole numbers, please.';
  if (element.min_value !== undefined && Number(text) < Number(element.min_value))
    return `At least ${Number(element.min_value)}, please.`;
  if (element.max_value !== undefined && Number(text) > Number(element.max_value))
    return `At most ${Number(element.max_value)}, please.`;
  return undefined;
}
