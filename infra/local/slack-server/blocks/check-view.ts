import { z } from 'zod';
import { apiError } from '../api-error.ts';
import type { Json } from '../workspace-types.ts';
import { checkBlocks } from './check-blocks.ts';
import { plainText } from './text-objects.ts';

const common = {
  callback_id: z.string().max(255).optional(),
  private_metadata: z.string().max(3000).optional(),
  external_id: z.string().max(255).optional(),
  blocks: z.array(z.unknown()),
};

const Modal = z.strictObject({
  type: z.literal('modal'),
  title: plainText(24),
  close: plainText(24).optional(),
  submit: plainText(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
  ...common,
});

const Home = z.strictObject({ type: z.literal('home'), ...common });

/** Slack measures the whole view: 250 KB. */
const MAX_VIEW_JSON = 250_000;

/** Refuses a view as Slack does; gives it with block ids and action ids filled in. */
export function checkView(value: unknown, kind: 'modal' | 'home', newId: () => string): Json {
  const checked = (kind === 'modal' ? Modal : Home).safeParse(value);
  if (!checked.success)
    throw apiError(
      'invalid_arguments',
      checked.error.issues.map(
        (issue) => `[ERROR] ${issue.message} [json-pointer:/view/${issue.path.map(String).join('/')}]`,
      ),
    );
  if (JSON.stringify(value).length > MAX_VIEW_JSON) throw apiError('view_too_large');
  const view = value as Json;
  const blocks = checkBlocks(view.blocks, kind, newId);
  if (kind === 'modal' && blocks.some((block) => block.type === 'input') && view.submit === undefined)
    throw apiError('invalid_arguments', ['[ERROR] missing required field: submit [json-pointer:/view]']);
  return { ...view, blocks };
}
