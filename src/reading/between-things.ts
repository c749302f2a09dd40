import type { Reading } from './reading.ts';

/** 'the difference between web and store revenue last month' is between the two, and not between two times. */
export function isBetweenThings({ text, filters, dimensions, segments, periods }: Reading): boolean {
  if (!APART.test(text) || CHANGING.test(text) || periods.comparison !== null || periods.relative)
    return false;
  const named = filters.flatMap(({ hits }) => hits.slice(0, 1)).map(({ dimension }) => dimension);
  if (named.length + segments.length > 1 || new Set(named).size < named.length) return true;
  return dimensions.length > 0 && /\bbetween\b|\b(?:vs|versus)\b/i.test(text);
}

const APART = /\b(?:difference|gap|delta)\b/i;
const CHANGING =
  /\b(?:grow\w*|grew|change\w*|increas\w+|decreas\w+|month[- ]on[- ]month|over month|year[- ]on[- ]year|over year|trend)\b/i;
