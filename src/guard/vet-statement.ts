import { readCall } from './vet-calls.ts';
import { cursorOver, peek, unexpected } from './vet-cursor.ts';
import { startsQuery } from './vet-expressions.ts';
import { readQuery } from './vet-queries.ts';
import { refusal } from './vet-refusal.ts';
import type { Token } from './vet-tokens.ts';
import type { Parsed } from './vet-tree.ts';

/**
 * The strict parser: reads one SELECT of the grammar that analytics needs and nothing else. Every token has
 * to be accounted for, so there is nothing in the text that was not understood.
 */
export function readStatement(tokens: Token[]): Parsed {
  const c = cursorOver(tokens, { query: readQuery, call: readCall });
  if (!startsQuery(c)) {
    const word = peek(c).text.slice(0, 40);
    if (peek(c).kind === 'word' && WRITES.has(word)) {
      throw refusal('writes', `Questions may only read, and '${word.toUpperCase()}' does not.`);
    }
    throw refusal('not-a-select', 'Only one SELECT is allowed.');
  }
  const query = readQuery(c);
  if (peek(c).kind !== 'end') throw unexpected(c, 'the query should end here');
  return { query, ...c.notes };
}

const WRITES = new Set(
  `insert update delete merge upsert replace truncate drop create alter copy unload grant revoke call do execute
   vacuum analyze attach detach install load set reset begin commit rollback lock comment export import pragma`.split(
    /\s+/,
  ),
);
