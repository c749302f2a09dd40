import { stemPhrase } from './understand-words.ts';

/** What belongs to a part of the country: 'the Scottish shops', 'northern branches'. Countries have theirs beside their names. */
const ADJECTIVES: Record<string, readonly string[]> = {
  north: ['northern'],
  south: ['southern'],
  east: ['eastern'],
  west: ['western'],
  'north east': ['north eastern', 'northeastern', 'northeast'],
  'north west': ['north western', 'northwestern', 'northwest'],
  'south east': ['south eastern', 'southeastern', 'southeast'],
  'south west': ['south western', 'southwestern', 'southwest'],
  center: ['central'],
  midland: ['midland'],
  scotland: ['scottish', 'scots'],
  wales: ['welsh'],
  england: ['english'],
  ireland: ['irish'],
  'northern ireland': ['northern irish', 'ulster'],
  cornwall: ['cornish'],
  bavaria: ['bavarian'],
  catalonia: ['catalan'],
  brittany: ['breton'],
  flanders: ['flemish'],
  wallonia: ['walloon'],
  andalusia: ['andalusian'],
  sicily: ['sicilian'],
  tuscany: ['tuscan'],
  quebec: ['quebecois'],
  texas: ['texan'],
  california: ['californian'],
};

export function adjectivesOf(place: string): string[] {
  return (ADJECTIVES[stemPhrase(place)] ?? []).map(stemPhrase);
}
