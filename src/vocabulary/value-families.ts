import { stemPhrase } from './understand-words.ts';
import type { ValueHit } from './value-index.ts';

/**
 * What people call several values together, or one in short: the start that the names of products share
 * ('Ridge Runner' of 'Ridge Runner, blue, EU 38'), and a part that only one branch or account has ('Covent Garden').
 */
export function familiesOf(dimension: string, values: readonly string[]): Map<string, ValueHit> {
  const found = new Map<string, ValueHit>();
  if (dimension === 'product') {
    const heads = new Map<string, { text: string; count: number; alike: boolean }>();
    const count = (text: string): void => {
      const phrase = stemPhrase(text);
      const there = heads.get(phrase);
      if (!there) heads.set(phrase, { text, count: 1, alike: true });
      else {
        there.count += 1;
        there.alike &&= there.text.toLowerCase() === text.toLowerCase();
      }
    };
    for (const value of values) {
      const comma = value.indexOf(',');
      const head = comma > 0 ? value.slice(0, comma) : value;
      if (comma > 0) count(head);
      const words = head.split(' ');
      for (let length = 2; length < Math.min(words.length + (comma > 0 ? 0 : 1), 5); length += 1) {
        const last = words[length - 1] ?? '';
        if (/^\p{L}{3,}$/u.test(words[0] ?? '') && /^\p{L}{3,}$/u.test(last) && !JOINING.test(last))
          count(words.slice(0, length).join(' '));
      }
    }
    for (const [phrase, { text, count: times, alike }] of heads) {
      // Spelt in two ways, one beginning would leave some of them out.
      if (times > 1 && alike) found.set(phrase, { dimension, value: text, family: true });
    }
    return found;
  }
  if (!/^(?:branch|account|category|subcategory)$/.test(dimension) || values.length > 300) return found;
  const owners = new Map<string, Set<string>>();
  for (const value of values) {
    const words = stemPhrase(value).split(' ');
    for (let from = 0; from < words.length; from += 1) {
      for (let to = from + 1; to <= words.length; to += 1) {
        const part = words.slice(from, to).join(' ');
        if (part.length < 4 || GENERIC.test(part)) continue;
        // Of a place any part names it; of a kind of goods only how its name begins.
        if (from > 0 && /category$/.test(dimension)) continue;
        const set = owners.get(part) ?? new Set<string>();
        owners.set(part, set.add(value));
      }
    }
  }
  for (const [part, set] of owners) {
    const [only] = set;
    if (set.size === 1 && only !== undefined) found.set(part, { dimension, value: only });
  }
  return found;
}

/** How a product's name begins, where no other one begins so: 'Raclette-Ofen' of 'Raclette-Ofen 8P'. */
export function beginningsOf(values: readonly string[]): Map<string, string> {
  const owners = new Map<string, string | null>();
  for (const value of values) {
    const words = value.split(' ');
    for (let length = 1; length < Math.min(words.length, 5); length += 1) {
      const phrase = stemPhrase(words.slice(0, length).join(' '));
      const last = (words[length - 1] ?? '').replace(/,$/, '');
      if (!phrase.includes(' ') || !/\p{L}{3,}$/u.test(last) || JOINING.test(last)) continue;
      owners.set(phrase, owners.has(phrase) ? null : value);
    }
  }
  return new Map([...owners].flatMap(([phrase, value]) => (value === null ? [] : [[phrase, value]])));
}

/** Words that a name has and that name nothing by themselves. */
const GENERIC =
  /^(?:good|goods|product|item|shop|store|branch|street|road|sale|cost|other|general|service|account|bank|cash|card|order|supply|fee|office|new|north|south|east|west|central|city|center|income|expense|revenue|sold|damaged|return|refund|stock|people|team|used|with|from|and)$/;

const JOINING = /^(?:and|the|for|with|from|set|pack|box|per|size|kit)$/i;
