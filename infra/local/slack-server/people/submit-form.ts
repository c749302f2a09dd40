import { isApiError } from '../api-error.ts';
import { checkView } from '../blocks/check-view.ts';
import { MAX_STACK } from '../methods/views.ts';
import type { ServerParts } from '../server-parts.ts';
import { closeViews, openView, replaceView, topView, type ViewValues, wireView } from '../views.ts';
import { wireFile } from '../wire-shapes.ts';
import type { Json, OpenView } from '../workspace-types.ts';
import { interactionBase, NO_ANSWER, type PersonOutcome, personById, refuse } from './interaction.ts';
import { missingInputs } from './missing-inputs.ts';

/** `errors` are sentences by block id, shown beside the inputs. */
export type FormOutcome = PersonOutcome | { ok: false; reason: string; errors: Record<string, string> };

/** A person presses the submit button of the topmost form. */
export async function submitForm(
  parts: ServerParts,
  submitting: { person: string; view: string; values: ViewValues },
): Promise<FormOutcome> {
  const person = personById(parts, submitting.person);
  const open = topView(parts, submitting.person);
  if (!person || open?.id !== submitting.view) return refuse('This form is no longer open.');
  const errors = missingInputs(open.view, submitting.values);
  if (Object.keys(errors).length > 0) return { ok: false, reason: 'Please correct the form.', errors };
  const base = interactionBase(parts, person);
  const result = await parts.app.ask('interactive', {
    type: 'view_submission',
    ...base,
    view: wireView(open, withFiles(parts, submitting.values)),
    response_urls: [],
  });
  if (!result.acknowledged) return NO_ANSWER;
  return afterwards(parts, open, result.response);
}

/** A person closes the topmost form; the app is told when it asked to be. */
export async function closeForm(
  parts: ServerParts,
  closing: { person: string; view: string; all?: boolean },
): Promise<PersonOutcome> {
  const person = personById(parts, closing.person);
  const open = topView(parts, closing.person);
  if (!person || open?.id !== closing.view) return refuse('This form is no longer open.');
  const all = closing.all === true || open.view.clear_on_close === true;
  closeViews(parts, person.id, all);
  if (open.view.notify_on_close !== true) return { ok: true };
  await parts.app.ask('interactive', {
    type: 'view_closed',
    ...interactionBase(parts, person),
    view: wireView(open),
    is_cleared: all,
  });
  return { ok: true };
}

/** What the app wants done with the form: nothing said means close it. */
function afterwards(parts: ServerParts, open: OpenView, response: Json | undefined): FormOutcome {
  const action = response?.response_action;
  if (action === undefined) {
    closeViews(parts, open.person, false);
    return { ok: true };
  }
  if (action === 'clear') {
    closeViews(parts, open.person, true);
    return { ok: true };
  }
  if (action === 'errors') return formErrors(open, response?.errors);
  try {
    const view = checkView(response?.view, 'modal', () => parts.workspace.newId('b'));
    const depth = (parts.workspace.viewStacks.get(open.person) ?? []).length;
    if (action === 'update') replaceView(parts, open, view);
    else if (action === 'push' && depth < MAX_STACK) openView(parts, open.person, view, open);
    else return refuse(`Plumbline answered with an unknown response_action (${JSON.stringify(action)}).`);
    return { ok: true };
  } catch (error) {
    if (!isApiError(error)) throw error;
    return refuse(
      `Plumbline answered with a form that cannot be shown: ${[error.slackError, ...error.messages].join(' ')}`,
    );
  }
}

/** Errors must name input blocks of the form; Slack shows nothing of others. */
function formErrors(open: OpenView, errors: unknown): FormOutcome {
  const inputs = new Set(
    (open.view.blocks as Json[])
      .filter((block) => block.type === 'input')
      .map((block) => String(block.block_id)),
  );
  const given = Object.entries((errors ?? {}) as Record<string, unknown>);
  const unknown = given.find(([blockId]) => !inputs.has(blockId));
  if (given.length === 0 || unknown)
    return refuse(`Plumbline named an input that the form does not have (${unknown?.[0] ?? 'none'}).`);
  return {
    ok: false,
    reason: 'Please correct the form.',
    errors: Object.fromEntries(given.map(([blockId, sentence]) => [blockId, String(sentence)])),
  };
}

/** File inputs hold ids on the page; the app gets whole files. */
function withFiles(parts: ServerParts, values: ViewValues): ViewValues {
  const filled: ViewValues = {};
  for (const [blockId, actions] of Object.entries(values)) {
    filled[blockId] = {};
    for (const [actionId, value] of Object.entries(actions))
      filled[blockId][actionId] =
        value.type === 'file_input' && Array.isArray(value.files)
          ? { ...value, files: value.files.flatMap((file) => wireFiles(parts, file)) }
          : value;
  }
  return filled;
}

function wireFiles(parts: ServerParts, file: unknown): Json[] {
  const id = typeof file === 'string' ? file : String((file as Json).id);
  const stored = parts.workspace.files.get(id);
  if (!stored) return [];
  // With files:read an app may read what it was given in a form, though it is in no channel.
  parts.workspace.putFile({ ...stored, givenToApp: true });
  return [wireFile(parts.baseUrl(), stored)];
}
