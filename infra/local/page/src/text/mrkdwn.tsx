import { Fragment, type ReactNode } from 'react';
import { useActions } from '../actions.ts';
import { emoji } from './emoji.ts';
import { SafeLink } from './safe-link.tsx';
import { Signs } from './signs.tsx';
import { dateByFormat } from './times.ts';

/** Slack's own markup as elements; never as HTML. */
export function Mrkdwn({ text }: { text: string }) {
  return <>{blocksOf(text)}</>;
}

function blocksOf(text: string): ReactNode[] {
  const nodes: ReactNode[] = [];
  text.split(/(```[\s\S]*?```)/g).forEach((piece, index) => {
    if (piece.startsWith('```') && piece.endsWith('```') && piece.length >= 6)
      nodes.push(
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move
        <pre key={index} className="code">
          {plain(piece.slice(3, -3).replace(/^\n/, ''))}
        </pre>,
      );
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move
    else if (piece !== '') nodes.push(<Fragment key={index}>{lines(piece)}</Fragment>);
  });
  return nodes;
}

function lines(text: string): ReactNode[] {
  const nodes: ReactNode[] = [];
  let quote: string[] = [];
  const flush = () => {
    if (quote.length > 0) nodes.push(<blockquote key={`q${nodes.length}`}>{withBreaks(quote)}</blockquote>);
    quote = [];
  };
  const rest: string[] = [];
  const flushRest = () => {
    if (rest.length > 0)
      nodes.push(<Fragment key={`t${nodes.length}`}>{withBreaks(rest.splice(0))}</Fragment>);
  };
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quoted) {
      flushRest();
      quote.push(quoted[1] ?? '');
    } else {
      flush();
      rest.push(line);
    }
  }
  flush();
  flushRest();
  return nodes;
}

function withBreaks(list: string[]): ReactNode[] {
  return list.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
    <Fragment key={index}>
      {index > 0 && <br />}
      {inline(line)}
    </Fragment>
  ));
}

const TOKEN =
  /(`[^`\n]+`)|(<[^<>\n]+>)|(?<![\w*])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\w*])|(?<![\w_])_(?!\s)([^_\n]+?)(?<!\s)_(?![\w_])|(?<![\w~])~(?!\s)([^~\n]+?)(?<!\s)~(?![\w~])|:([a-z0-9_+-]+):/g;

function inline(text: string): ReactNode[] {
  const nodes: ReactNode[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) nodes.push(<Signs key={`t${at}`} text={plain(text.slice(at, match.index))} />);
    at = match.index + match[0].length;
    const [, code, angle, bold, italic, strike, name] = match;
    const key = match.index;
    if (code) nodes.push(<code key={key}>{plain(code.slice(1, -1))}</code>);
    else if (angle) nodes.push(<Reference key={key} inside={angle.slice(1, -1)} />);
    else if (bold) nodes.push(<strong key={key}>{inline(bold)}</strong>);
    else if (italic) nodes.push(<em key={key}>{inline(italic)}</em>);
    else if (strike) nodes.push(<s key={key}>{inline(strike)}</s>);
    else if (name) nodes.push(<Signs key={key} text={emoji(name)} />);
  }
  if (at < text.length) nodes.push(<Signs key={`t${at}`} text={plain(text.slice(at))} />);
  return nodes;
}

/** `<@U1>`, `<#C1|name>`, `<!here>`, `<!date^...>`, `<https://...|label>`. */
function Reference({ inside }: { inside: string }) {
  const [target, label] = split(inside);
  if (target.startsWith('@')) return <PersonMark id={target.slice(1)} />;
  if (target.startsWith('#')) return <ChannelMark id={target.slice(1)} label={label} />;
  if (target.startsWith('!date^')) {
    const [, seconds = '', format = ''] = target.split('^');
    return <time>{dateByFormat(Number(seconds), format) || plain(label ?? '')}</time>;
  }
  if (target.startsWith('!subteam^')) return <GroupMark id={target.slice(9)} />;
  if (target.startsWith('!')) return <span className="mark">@{target.slice(1)}</span>;
  return <SafeLink href={plain(target)}>{plain(label ?? target)}</SafeLink>;
}

export function PersonMark({ id }: { id: string }) {
  const { state } = useActions();
  const person = state.people.find((each) => each.id === id);
  return <span className={`mark${id === state.me.id ? ' mark-me' : ''}`}>@{person?.realName ?? id}</span>;
}

export function ChannelMark({ id, label }: { id: string; label?: string | undefined }) {
  const { state } = useActions();
  const name = state.channels.find((channel) => channel.id === id)?.name ?? label ?? id;
  return (
    <a className="mark" href={`#/${id}`}>
      #{name}
    </a>
  );
}

export function GroupMark({ id }: { id: string }) {
  const { state } = useActions();
  return <span className="mark">@{state.userGroups.find((group) => group.id === id)?.handle ?? id}</span>;
}

function split(inside: string): [string, string | undefined] {
  const bar = inside.indexOf('|');
  return bar < 0 ? [inside, undefined] : [inside.slice(0, bar), inside.slice(bar + 1)];
}

function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
