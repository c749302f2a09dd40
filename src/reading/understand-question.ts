import { readBreakdowns, readTexts } from './read-breakdowns.ts';
import { readChannels } from './read-channels.ts';
import { readConditions } from './read-conditions.ts';
import { readExclusions } from './read-exclusions.ts';
import { readApartNames, readJoints } from './read-joints.ts';
import { readListedGoods } from './read-listed-goods.ts';
import { readMetrics } from './read-metrics.ts';
import { readNamedDays } from './read-named-days.ts';
import { readPerformance } from './read-performance.ts';
import { readPlaces } from './read-places.ts';
import { readPresumed } from './read-presumed.ts';
import { readRankings } from './read-rankings.ts';
import { readRoles } from './read-roles.ts';
import { readSmallNouns } from './read-small-nouns.ts';
import { readStores } from './read-stores.ts';
import { readSubjects } from './read-subjects.ts';
import { readTimes, readWindow } from './read-times.ts';
import { readValues } from './read-values.ts';
import { emptyReading, type Reading, type UnderstandNeeds } from './reading.ts';
import { type Item, is, isStop } from './reading-items.ts';
import { settleMeanings } from './settle-meanings.ts';
import { settleOutside } from './settle-outside.ts';
import { tile } from './understand-tiles.ts';

/** Reads a question whole: what each word does in it, and which words do nothing that is known. */
export function understandQuestion(text: string, needs: UnderstandNeeds): Reading {
  const { written, all, tiles, notes } = tile(text, needs);
  const items: Item[] = tiles.map((one) => ({
    tile: one,
    meaning: one.meanings[0] ?? { kind: 'unknown' },
    used: false,
    start: all[one.start]?.at ?? 0,
    end: all[one.start + one.length - 1]?.end ?? 0,
  }));
  const reading = emptyReading(text, written, notes);
  reading.distinct = /\bdo (?:we|you) (?:sell|carry|offer|stock)\b/i.test(text);
  settleMeanings(items, needs);
  readWindow(items, reading);
  readTimes(items, reading, needs);
  readRankings(items, reading);
  readPlaces(items, reading);
  readNamedDays(items, reading, needs);
  readExclusions(items, reading, needs);
  readTexts(items, reading, text);
  readChannels(items, reading, needs);
  readBreakdowns(items, reading);
  readSubjects(items, reading, needs);
  readConditions(items, reading, needs);
  readMetrics(items, reading, needs);
  if (COUNTED_LAST.test(text)) reading.howMany = true;
  readValues(items, reading, needs);
  readStores(items, reading, needs);
  readListedGoods(items, reading, needs);
  readPresumed(items, reading);
  readRoles(items, reading);
  readJoints(items, reading, needs);
  readApartNames(items, reading);
  readPerformance(items, reading);
  readSmallNouns(items, reading, needs);
  settleOutside(items, reading, needs);
  readLeftovers(items, reading);
  return reading;
}

/** 'refunds above 100 pounds in September, how many', 'refunds by country (count)'. */
const COUNTED_LAST =
  /[,;:–-]\s*(?:the )?(?:number|count) of (?:them|those|these)\s*[?.!]*$|[,;:–-]\s*how many(?: (?:was|were|is|are) (?:it|that|there|they|those))?\s*[?.!]*$|\((?:the |by )?(?:count|number|how many)\b|(?<!\b(?:order|invoice|customer|branch|product|store|item|account|document|the|sales|revenue|turnover|margin|profit|tax|spend|budget|target|cost|costs))[\s,]+(?:counts?|numbers?)\s*[?.!]*$|\bby (?:count|number)\b/i;

function readLeftovers(items: Item[], reading: Reading): void {
  for (const item of items) {
    const place = { text: item.tile.text, start: item.start, end: item.end };
    if (!isStop(item)) reading.contentTiles += 1;
    if (item.meaning.kind === 'outside')
      reading.outside.push({ subject: item.meaning.subject, said: item.tile.text });
    else if (item.meaning.kind === 'unknown') {
      if (!item.used) reading.unknown.push(place);
    } else if (is(item, 'vague')) reading.vague.push(item.tile.text);
    else if (!item.used && !isStop(item)) reading.leftovers.push(place);
  }
}
