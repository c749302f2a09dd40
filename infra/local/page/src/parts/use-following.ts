import { type RefObject, useEffect, useRef } from 'react';
import type { PageMessage } from '../contract.ts';

/** So many messages back, one's own question is still what one waits for an answer to. */
const RECENT = 6;
const NEAR_PX = 80;

/**
 * Keeps a list of messages at its end as it grows, but never scrolls one's own last question out of sight: a long
 * answer is read from its beginning. Somebody who has scrolled away is left alone.
 */
export function useFollowing(
  me: string,
  messages: PageMessage[],
  inThread: boolean,
): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const own = messages.findLast((message) => message.user === me);
  const isRecent = own !== undefined && messages.length - messages.indexOf(own) <= RECENT;
  const question = useRef<string | null>(null);
  question.current = inThread && isRecent ? own.ts : null;

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const follow = () => {
      if (!following.current) return;
      const end = element.scrollHeight - element.clientHeight;
      const row = question.current && element.querySelector<HTMLElement>(`[data-ts="${question.current}"]`);
      const top = row ? row.offsetTop - element.offsetTop - 8 : end;
      element.scrollTop = Math.min(end, top);
    };
    const watcher = new ResizeObserver(follow);
    watcher.observe(element);
    const rows = new MutationObserver(() => {
      for (const child of element.children) watcher.observe(child);
      follow();
    });
    rows.observe(element, { childList: true });
    for (const child of element.children) watcher.observe(child);
    const look = () => {
      following.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    };
    const byHand = ['wheel', 'touchmove', 'keydown', 'mousedown'] as const;
    const later = () => setTimeout(look, 150);
    for (const kind of byHand) element.addEventListener(kind, later, { passive: true });
    follow();
    return () => {
      watcher.disconnect();
      rows.disconnect();
      for (const kind of byHand) element.removeEventListener(kind, later);
    };
  }, []);

  // One's own new message is always brought into sight.
  useEffect(() => {
    if (own) following.current = true;
  }, [own]);
  return list;
}
