/**
 * What was made of texts, kept from one start to the next. `make` is called when one of the texts is another than before, or
 * the program is; what it throws is thrown, and never kept.
 */
export type KeptReadings = <T>(name: string, texts: readonly string[], make: () => T) => T;

export const nothingKept: KeptReadings = (_name, _texts, make) => make();
