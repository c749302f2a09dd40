import type { Json } from '../contract.ts';
import { asText } from './as-text.ts';
import { emoji } from './emoji.ts';
import { Mrkdwn } from './mrkdwn.tsx';
import { Signs } from './signs.tsx';

/** A text of Block Kit, plain or marked up. */
export function TextObject({ text }: { text: unknown }) {
  const { type, text: words } = (text ?? {}) as { type?: string; text?: string };
  if (words === undefined) return null;
  return type === 'mrkdwn' ? (
    <Mrkdwn text={words} />
  ) : (
    <span className="written">
      <Signs text={plainWords(text)} />
    </span>
  );
}

export function plainWords(text: unknown): string {
  const words = asText((text as Json | undefined)?.text ?? '');
  return words.replaceAll(/:([a-z0-9_+-]+):/g, (whole, name: string) => {
    const found = emoji(name);
    return found === whole ? whole : found;
  });
}
