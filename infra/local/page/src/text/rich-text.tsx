import type { ReactNode } from 'react';
import type { Json } from '../contract.ts';
import { asText } from './as-text.ts';
import { emoji } from './emoji.ts';
import { ChannelMark, GroupMark, Mrkdwn, PersonMark } from './mrkdwn.tsx';
import { SafeLink } from './safe-link.tsx';
import { Signs } from './signs.tsx';
import { dateByFormat } from './times.ts';

/** A rich_text block. */
export function RichText({ block }: { block: Json }) {
  const elements = (block.elements ?? []) as Json[];
  return (
    <div className="rich-text">
      {elements.map((element, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
        <RichPart key={index} element={element} />
      ))}
    </div>
  );
}

function RichPart({ element }: { element: Json }) {
  const inside = (element.elements ?? []) as Json[];
  if (element.type === 'rich_text_list') {
    const List = element.style === 'ordered' ? 'ol' : 'ul';
    return (
      <List style={{ marginLeft: `${Number(element.indent ?? 0) * 1.25}rem` }}>
        {inside.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
          <li key={index}>{inlines(item.elements as Json[])}</li>
        ))}
      </List>
    );
  }
  if (element.type === 'rich_text_quote') return <blockquote>{inlines(inside)}</blockquote>;
  if (element.type === 'rich_text_preformatted') return <pre className="code">{inlines(inside)}</pre>;
  return <p>{inlines(inside)}</p>;
}

function inlines(elements: Json[]): ReactNode[] {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
  return elements.map((element, index) => <Inline key={index} element={element} />);
}

function Inline({ element }: { element: Json }) {
  const style = (element.style ?? {}) as Record<string, boolean>;
  let node = inlineNode(element);
  if (style.code) node = <code>{node}</code>;
  if (style.bold) node = <strong>{node}</strong>;
  if (style.italic) node = <em>{node}</em>;
  if (style.strike) node = <s>{node}</s>;
  if (style.underline) node = <u>{node}</u>;
  return node;
}

function inlineNode(element: Json): ReactNode {
  switch (element.type) {
    case 'text':
      return <Written text={asText(element.text)} />;
    case 'link':
      return <SafeLink href={asText(element.url)}>{asText(element.text ?? element.url)}</SafeLink>;
    case 'emoji':
      return emoji(asText(element.name));
    case 'user':
      return <PersonMark id={asText(element.user_id)} />;
    case 'channel':
      return <ChannelMark id={asText(element.channel_id)} />;
    case 'usergroup':
      return <GroupMark id={asText(element.usergroup_id)} />;
    case 'broadcast':
      return <span className="mark">@{asText(element.range)}</span>;
    case 'date':
      return <time>{dateByFormat(Number(element.timestamp), asText(element.format))}</time>;
    case 'color':
      return <span className="mark">{asText(element.value)}</span>;
    default:
      return null;
  }
}

/** People's own messages hold marks such as <@U1> in their text. */
function Written({ text }: { text: string }) {
  if (/<[@#!]/.test(text) || text.includes('&')) return <Mrkdwn text={text} />;
  return (
    <span className="written">
      <Signs text={text} />
    </span>
  );
}
