import type { Day } from '../domain/day.ts';

/** Passed in everywhere, so that tests and PLUMBLINE_TODAY can set it. */
export type Clock = {
  now(): Date;
  /** The day it is for the company, in its time zone. */
  today(): Day;
  timeZone: string;
};
