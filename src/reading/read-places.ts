import { placeOf } from '../domain/ordinal.ts';
import type { Reading } from './reading.ts';
import type { Item } from './reading-items.ts';

const PLACE = '(second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|6th)';
const PLACES = new RegExp(
  `\\b${PLACE} (?:and|to|-|&) (?:the )?${PLACE}\\b(?! (?:of|week|month|quarter|half|orders?|time))`,
  'i',
);

/** 'the second and third category by revenue', 'third to fifth best branches': several places, without those before. */
export function readPlaces(items: Item[], reading: Reading): void {
  const match = PLACES.exec(reading.text);
  const [from, to] = [match?.[1], match?.[2]].map(
    (said) => placeOf(said ?? '') ?? Number(said?.replace(/\D+$/, '')),
  );
  if (!match || !from || !to || to <= from) return;
  const end = match.index + match[0].length;
  const said = items.filter((item) => item.start >= match.index && item.end <= end);
  said.forEach((item, at) => {
    item.meaning = at === 0 ? { kind: 'role', role: 'top' } : { kind: 'role', role: 'stop' };
    item.used = true;
  });
  const direction = reading.ranking?.direction ?? 'top';
  reading.ranking = {
    direction,
    limit: to - from + 1,
    word: direction === 'top' ? 'highest' : 'lowest',
    place: from,
  };
}
