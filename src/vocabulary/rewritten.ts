import { mayMatch } from './may-match.ts';

/** What people say, and what it is said as instead. */
type Rewriting = readonly [said: RegExp, meant: string];

/** A text with all these rewritings made, one after the other: as by `replace`, but what cannot match is not tried. */
export function rewritten(text: string, ...lists: readonly (readonly Rewriting[])[]): string {
  let now = text;
  for (const rewritings of lists)
    for (const [said, meant] of rewritings) if (mayMatch(said, now)) now = now.replace(said, meant);
  return now;
}
