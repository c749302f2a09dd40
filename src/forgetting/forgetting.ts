/** What was found of one person at one place, and what is done with it there. */
export type Found = { where: string; count: number; what: string };

export type ForgetOutcome = {
  /** The number under which the request is kept; null when this was only a look. */
  id: string | null;
  kind: 'customer' | 'person';
  found: Found[];
  /** What stays, and why it may or must. */
  kept: string[];
  /** What a person has to look at. */
  byHand: string[];
};

/** What is kept of a request: that it was carried out, and nothing by which one would know of whom. */
export type ForgettingRecord = Pick<ForgetOutcome, 'kind' | 'found' | 'kept'> & {
  at: string;
  by: string;
  pseudonyms: string[];
};

export const FORGETTING_KIND = 'forgetting';

/** Stands where a question stood that told of the person. */
export const TAKEN_OUT = '[taken out on request]';

export function sumUp(found: readonly Found[]): Found[] {
  return found.filter(({ count }) => count > 0);
}
