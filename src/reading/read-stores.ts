import type { Reading, UnderstandNeeds } from './reading.ts';
import type { Item } from './reading-items.ts';

/** 'bottom 3 stores', 'which shop': where branches are of several kinds and one is called store, those are meant, and this is told. */
export function readStores(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  const broken = reading.dimensions.some(({ name }) => name === 'branch');
  const said = items.findIndex(
    ({ meaning, tile }, at) =>
      meaning.kind === 'dimension' &&
      meaning.name === 'branch' &&
      /\b(?:stores?|shops?)$/.test(tile.word) &&
      (broken || /\ball$/.test(items[at - 1]?.tile.word ?? '')),
  );
  const kinds = needs.values.valuesOf('branch_kind');
  const store = kinds.find((kind) => kind.toLowerCase() === 'store');
  if (said < 0 || store === undefined || kinds.length < 2 || OTHER_KINDS.test(reading.text)) return;
  const named = reading.filters.some(({ hits }) => hits.some(({ dimension }) => OF_BRANCHES.test(dimension)));
  if (named) return;
  reading.filters.push({
    hits: [{ dimension: 'branch_kind', value: store }],
    negated: false,
    at: said,
    said: items[said]?.tile.text ?? '',
  });
  const word = /shops?$/.test(items[said]?.tile.word ?? '') ? 'shops' : 'stores';
  reading.notes.push(`'${word}' was read as branches of the kind store; say 'branches' for all of them`);
}

const OTHER_KINDS = /\b(?:web|online|e-?commerce|branch|branches)\b/i;
const OF_BRANCHES = /^(?:branch|branch_id|branch_kind|channel)$/;
