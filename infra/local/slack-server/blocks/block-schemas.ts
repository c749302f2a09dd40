import { z } from 'zod';
import { dataTableBlock, dataVisualizationBlock, tableBlock } from './data-blocks.ts';
import {
  actionsElement,
  button,
  contextAction,
  imageElement,
  inputElement,
  sectionAccessory,
} from './elements.ts';
import { richTextBlock } from './rich-text.ts';
import { anyText, blockId, plainText, slackFile, webUrl } from './text-objects.ts';

function block<T extends string, S extends z.ZodRawShape>(type: T, shape: S) {
  return z.strictObject({ type: z.literal(type), block_id: blockId, ...shape });
}

const section = block('section', {
  text: anyText(3000).optional(),
  fields: z.array(anyText(2000)).min(1).max(10).optional(),
  accessory: sectionAccessory.optional(),
  expand: z.boolean().optional(),
}).refine((each) => each.text !== undefined || each.fields !== undefined, {
  message: 'must have text or fields',
});

const header = block('header', { text: plainText(150), level: z.number().int().min(1).max(4).optional() });
const divider = block('divider', {});
const context = block('context', {
  elements: z
    .array(z.union([imageElement, anyText(2000)]))
    .min(1)
    .max(10),
});
const actions = block('actions', { elements: z.array(actionsElement).min(1).max(25) });
const contextActions = block('context_actions', { elements: z.array(contextAction).min(1).max(5) });
const markdown = block('markdown', { text: z.string().min(1).max(12_000) });
const image = block('image', {
  alt_text: z.string().min(1).max(2000),
  title: plainText(2000).optional(),
  image_url: webUrl.optional(),
  slack_file: slackFile.optional(),
}).refine((each) => (each.image_url === undefined) !== (each.slack_file === undefined), {
  message: 'must have either image_url or slack_file',
});
const input = block('input', {
  label: plainText(2000),
  element: inputElement,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});
const file = block('file', { source: z.literal('remote'), external_id: z.string().min(1) });
const video = block('video', {
  video_url: z.string().regex(/^https:\/\//, 'must be a https URL'),
  thumbnail_url: webUrl,
  alt_text: z.string().min(1),
  title: plainText(200),
  title_url: z
    .string()
    .regex(/^https:\/\//)
    .optional(),
  author_name: z.string().max(50).optional(),
  provider_name: z.string().optional(),
  provider_icon_url: webUrl.optional(),
  description: plainText(200).optional(),
});
const alert = block('alert', {
  text: anyText(200),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});
const card = block('card', {
  hero_image: imageElement.optional(),
  icon: imageElement.optional(),
  slack_icon: z.unknown().optional(),
  title: anyText(150).optional(),
  subtitle: anyText(150).optional(),
  body: anyText(200).optional(),
  subtext: anyText(200).optional(),
  actions: z.array(button).min(1).max(5).optional(),
}).refine((each) => each.hero_image ?? each.title ?? each.body ?? each.actions, {
  message: 'must have at least one of hero_image, title, actions and body',
});
const carousel = block('carousel', { elements: z.array(card).min(1).max(10) });
const urlSource = z.strictObject({ type: z.literal('url'), url: webUrl, text: z.string().min(1) });
const taskCard = block('task_card', {
  task_id: z.string().min(1),
  title: z.string().min(1),
  details: richTextBlock.optional(),
  output: richTextBlock.optional(),
  sources: z.array(urlSource).optional(),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
});
const plan = block('plan', { title: z.string().min(1), tasks: z.array(taskCard).optional() });
const container = block('container', {
  title: plainText(150).optional(),
  rich_text_title: richTextBlock.optional(),
  subtitle: anyText(150).optional(),
  icon: imageElement.optional(),
  child_blocks: z
    .array(
      z.union([
        actions,
        context,
        divider,
        file,
        header,
        image,
        input,
        richTextBlock,
        section,
        tableBlock,
        video,
      ]),
    )
    .min(1)
    .max(10),
  width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
  is_collapsible: z.boolean().optional(),
  default_collapsed: z.boolean().optional(),
  has_header_divider: z.boolean().optional(),
})
  .refine((each) => each.title !== undefined || each.rich_text_title !== undefined, {
    message: 'must have title or rich_text_title',
  })
  .refine((each) => !each.default_collapsed || each.is_collapsible === true, {
    message: 'default_collapsed needs is_collapsible',
  });

/** Every block type that the local workspace knows. */
export const BLOCK_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  actions,
  alert,
  card,
  carousel,
  container,
  context,
  context_actions: contextActions,
  data_table: dataTableBlock,
  data_visualization: dataVisualizationBlock,
  divider,
  file,
  header,
  image,
  input,
  markdown,
  plan,
  rich_text: richTextBlock,
  section,
  table: tableBlock,
  task_card: taskCard,
  video,
};
