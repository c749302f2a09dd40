import { createHash } from 'node:crypto';
import { withMoments } from './moments.ts';

/** One block of Slack's Block Kit, as JSON. Blocks are made by pure functions and checked before they are sent. */
export type Block = { type: string; block_id?: string } & Record<string, unknown>;

/** What is posted: blocks for the eye, text for notifications and screen readers. */
export type SlackMessage = { text: string; blocks: Block[] };

export type SlackForm = {
  type: 'modal';
  callback_id: string;
  title: PlainText;
  submit?: PlainText;
  close: PlainText;
  private_metadata?: string;
  blocks: Block[];
};

export type PlainText = { type: 'plain_text'; text: string; emoji: boolean };

/** Text that Slack shows as it is: no mention, link, format or emoji can come out of it. Never empty. */
export function plain(text: string, max: number): PlainText {
  return { type: 'plain_text', text: cut(text, max), emoji: false };
}

/** At most `max` UTF-16 units, no half characters, never empty. */
export function cut(text: string, max: number): string {
  const clean = withoutTricks(text);
  if (clean.trim() === '') return '–';
  if (clean.length <= max) return clean;
  const shorter = clean.slice(0, max - 1);
  const whole = /[\uD800-\uDBFF]$/.test(shorter) ? shorter.slice(0, -1) : shorter;
  return `${whole}…`;
}

/** Without half characters, control characters and marks that turn the direction of writing. */
function withoutTricks(text: string): string {
  return text
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .replaceAll(/(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, '');
}

export function button(
  actionId: string,
  label: string,
  value: string,
  more: { style?: 'primary' | 'danger'; spoken?: string } = {},
): Block {
  return {
    type: 'button',
    action_id: actionId,
    text: plain(label, 75),
    value: cut(value, 2000),
    ...(more.style ? { style: more.style } : {}),
    ...(more.spoken ? { accessibility_label: cut(more.spoken, 75) } : {}),
  };
}

export function actions(blockId: string, elements: Block[]): Block[] {
  return elements.length > 0 ? [{ type: 'actions', block_id: blockId, elements: elements.slice(0, 25) }] : [];
}

/** A key as a block's id; Slack takes 255 characters. */
export function blockKey(key: string): string {
  if (key.length <= 200) return key;
  return `${key.slice(0, 150)}-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
}

/** Small grey lines. */
export function context(blockId: string, lines: string[]): Block[] {
  const elements = lines.filter((line) => line.trim() !== '').slice(0, 10);
  return elements.length > 0
    ? [{ type: 'context', block_id: blockId, elements: elements.map((line) => plain(line, 2000)) }]
    : [];
}

export function section(blockId: string, text: string): Block {
  return { type: 'section', block_id: blockId, text: plain(text, 3000) };
}

/** Running text with its first sentence in bold, as rich text: nothing in it is read as a mark. */
export function headline(blockId: string, text: string): Block {
  const [first, rest] = firstSentence(cut(text, 2500));
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: [
      {
        type: 'rich_text_section',
        elements: [...withMoments(first, { bold: true }), ...(rest === '' ? [] : withMoments(` ${rest}`))],
      },
    ],
  };
}

/** Running text in which moments stand. */
export function paragraph(blockId: string, text: string): Block {
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: [{ type: 'rich_text_section', elements: withMoments(cut(text, 2500)) }],
  };
}

export function preformatted(blockId: string, text: string, max = 3000): Block {
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: cut(text, max) }] }],
  };
}

export function form(of: {
  callbackId: string;
  title: string;
  blocks: Block[];
  submit?: string;
  close: string;
  carries?: string;
}): SlackForm {
  return {
    type: 'modal',
    callback_id: of.callbackId,
    title: plain(of.title, 24),
    close: plain(of.close, 24),
    ...(of.submit ? { submit: plain(of.submit, 24) } : {}),
    ...(of.carries ? { private_metadata: of.carries.slice(0, 3000) } : {}),
    blocks: of.blocks.slice(0, 100),
  };
}

export function textInput(
  id: string,
  label: string,
  options: { initial?: string; multiline?: boolean; optional?: boolean; hint?: string; max?: number } = {},
): Block {
  return {
    type: 'input',
    block_id: id,
    label: plain(label, 2000),
    ...(options.optional ? { optional: true } : {}),
    ...(options.hint ? { hint: plain(options.hint, 2000) } : {}),
    element: {
      type: 'plain_text_input',
      action_id: id,
      multiline: options.multiline ?? false,
      max_length: options.max ?? 2000,
      ...(options.initial ? { initial_value: cut(options.initial, options.max ?? 2000) } : {}),
    },
  };
}

function firstSentence(text: string): [string, string] {
  const match = /^(.{3,}?[.!?])\s+(?=[\p{Lu}\p{N}'"(])(.*)$/su.exec(text);
  return match?.[1] && match[2] ? [match[1], match[2]] : [text, ''];
}
