import type { TimeContext } from './time-meaning.ts';
import type { Reader } from './time-reader.ts';

/** What was read at a token, kept as long as its question's tokens are: the same place is asked about by many. */
export function keptByPlace<T>(): (reader: Reader, at: number, read: (at: number) => T) => T {
  const kept = new WeakMap<Reader['all'], { context: TimeContext; found: Map<number, T> }>();
  return (reader, at, read) => {
    let places = kept.get(reader.all);
    if (places?.context !== reader.context) {
      places = { context: reader.context, found: new Map() };
      kept.set(reader.all, places);
    }
    const known = places.found.get(at);
    if (known !== undefined || places.found.has(at)) return known as T;
    const found = read(at);
    places.found.set(at, found);
    return found;
  };
}
