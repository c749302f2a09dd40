import type { Day } from '../domain/day.ts';
import type { CalendarUnit, Holiday, Span } from './understand-calendar.ts';

export type TimeContext = {
  today: Day;
  /** First and last day that the warehouse has, where known. */
  dataFrom: Day | null;
  dataTo: Day | null;
  /** 1 to 12. */
  fiscalYearStartMonth: number;
  /** How 03/04/2017 is meant; null asks. */
  dateOrder: 'day-first' | 'month-first' | null;
  /** Whether its summer is in June; false where that is not sure. */
  northern?: boolean;
  /** The company's own named days, besides those that every retailer knows. */
  holidays: Holiday[];
};

/** A period that hangs on another one: 'the week before', 'the same period last year'. */
export type RelativeTime =
  | {
      kind: 'before';
      unit: CalendarUnit | null /** The days meant when nothing else is said. */;
      alone?: Span /** 1 to 7: the last one before. */;
      weekday?: number;
      /** 1 to 12: the latest one before. */
      month?: number;
      /** 'the 4 weeks before': as many, just before. */
      count?: number;
    }
  | { kind: 'after'; unit: CalendarUnit | null }
  /** `year`: 'the same months of 2025'; else the year before. */
  | { kind: 'year-before'; year?: number };

export type TimeMeaning =
  | { kind: 'span'; span: Span }
  | { kind: 'all-time' }
  | { kind: 'relative'; relative: RelativeTime }
  /** `options` are phrases that can stand in the place of what was said. */
  | { kind: 'unclear'; said: string; options: { label: string; phrase: string }[] }
  | { kind: 'weekdays'; days: number[]; label: string }
  /** 'the 1st of each month'. */
  | { kind: 'days-of-month'; days: number[] };

/** The meaning and how many tokens it takes, the small words before it ('in', 'during') included. */
export type TimeFound = { meaning: TimeMeaning; length: number };
