import { findUnusual } from './find-unusual.ts';
import { type Fault, type FaultKind, type PlantedHistory, plantedHistory } from './planted-history.ts';
import { isBad, type Unusual } from './unusual.ts';

export type AlertScore = {
  planted: number;
  foundByNextDay: number;
  /** Share of faults that were told by the end of the day after they began. */
  recall: number;
  alerts: number;
  rightAlerts: number;
  /** Share of alerts (first of a cause, not its repeats) that had a planted cause. */
  precision: number;
  wrongAlerts: number;
  branchQuarters: number;
  falseAlarmsPerBranchQuarter: number;
  byFault: { kind: FaultKind; planted: number; found: number; medianDays: number | null }[];
};

const KINDS: FaultKind[] = ['branch-closed', 'category-half', 'company-third-less', 'branch-half'];
/** These show only as returns come in and as a week fills: they are counted by themselves, not as found by the next day. */
const SLOW: FaultKind[] = ['returns-doubled', 'margin-lost'];
const FROM_DAY = 541;
const QUARTER_DAYS = 91.25;
/** An alert of a cause that is this many days gone is a new one. */
const SAME_CAUSE_DAYS = 14;

/**
 * Plays generated histories day by day through the same statistics that tell people, and counts what was found and what
 * was told for nothing. Half of each history's faults are sudden falls; a history has some 200 judged days.
 */
export function evaluateAlerts(seed: number, histories: number): AlertScore {
  const plays = Array.from({ length: histories }, (_, index) =>
    play(
      plantedHistory(seed * 1000 + index, { faults: [...KINDS, SLOW[index % SLOW.length] ?? 'margin-lost'] }),
    ),
  );
  const found = plays.flatMap((each) => each.found);
  const sudden = found.filter(({ fault }) => KINDS.includes(fault.kind));
  const alerts = sum(plays.map((each) => each.alerts));
  const wrong = sum(plays.map((each) => each.wrong));
  const branchQuarters = sum(plays.map((each) => (each.branches * each.judgedDays) / QUARTER_DAYS));
  const foundByNextDay = sudden.filter(({ after }) => after !== null && after <= 1).length;
  return {
    planted: sudden.length,
    foundByNextDay,
    recall: sudden.length > 0 ? foundByNextDay / sudden.length : 1,
    alerts,
    rightAlerts: alerts - wrong,
    wrongAlerts: wrong,
    branchQuarters,
    precision: alerts > 0 ? (alerts - wrong) / alerts : 1,
    falseAlarmsPerBranchQuarter: wrong / Math.max(1, branchQuarters),
    byFault: [...KINDS, ...SLOW].map((kind) => {
      const of = found.filter(({ fault }) => fault.kind === kind);
      const delays = of.flatMap(({ after }) => (after === null ? [] : [after])).sort((a, b) => a - b);
      return {
        kind,
        planted: of.length,
        found: delays.length,
        medianDays: delays[Math.floor((delays.length - 1) / 2)] ?? null,
      };
    }),
  };
}

type Played = {
  found: { fault: Fault /** Days from its beginning; 0 is the same day. */; after: number | null }[];
  alerts: number;
  wrong: number;
  branches: number;
  judgedDays: number;
};

function play(history: PlantedHistory): Played {
  const after = new Map<Fault, number>();
  const open = new Map<string, number>();
  let alerts = 0;
  let wrong = 0;
  for (let day = FROM_DAY; day < history.days; day += 1) {
    for (const unusual of findUnusual(history.upTo(day)).filter(isBad)) {
      const cause = history.faults.find((fault) => isCause(fault, unusual, day));
      if (cause && !after.has(cause)) after.set(cause, day - cause.starts);
      const known = open.get(unusual.key);
      open.set(unusual.key, day);
      if (known !== undefined && day - known < SAME_CAUSE_DAYS) continue;
      alerts += 1;
      if (!cause) wrong += 1;
    }
  }
  return {
    found: history.faults.map((fault) => ({ fault, after: after.get(fault) ?? null })),
    alerts,
    wrong,
    branches: history.branches.length,
    judgedDays: history.days - FROM_DAY,
  };
}

/** The window of the finding holds days of the fault, and it is about what the fault touches. */
function isCause(fault: Fault, unusual: Unusual, day: number): boolean {
  const length = (Date.parse(unusual.last) - Date.parse(unusual.from)) / 86_400_000 + 1;
  const overlaps = fault.starts <= day && fault.starts + fault.days + 7 > day - length + 1;
  const kind =
    unusual.watched === 'returns' ? 'returns-doubled' : unusual.watched === 'margin' ? 'margin-lost' : null;
  if (!overlaps) return false;
  if (kind !== null && fault.kind !== kind) return false;
  if (kind === null && fault.kind === 'returns-doubled') return false;
  if (fault.branch === null && fault.category === null) return true;
  if (fault.branch !== null && unusual.slice.branch === fault.branch) return true;
  if (fault.category !== null && unusual.slice.category === fault.category) return true;
  // Something wider is right only when it says itself that most of it is where the fault is.
  const where = fault.branch ?? fault.category;
  return unusual.part?.name === where || unusual.absorbed.includes(where ?? '');
}

/** Several seeds as one. */
export function addScores(scores: AlertScore[]): AlertScore {
  const of = (read: (score: AlertScore) => number): number => sum(scores.map(read));
  const [planted, found, alerts, wrong, quarters] = [
    of((score) => score.planted),
    of((score) => score.foundByNextDay),
    of((score) => score.alerts),
    of((score) => score.wrongAlerts),
    of((score) => score.branchQuarters),
  ];
  return {
    planted,
    foundByNextDay: found,
    recall: planted > 0 ? found / planted : 1,
    alerts,
    rightAlerts: alerts - wrong,
    wrongAlerts: wrong,
    branchQuarters: quarters,
    precision: alerts > 0 ? (alerts - wrong) / alerts : 1,
    falseAlarmsPerBranchQuarter: wrong / Math.max(1, quarters),
    byFault: (scores[0]?.byFault ?? []).map(({ kind }) => {
      const ofKind = scores.flatMap((score) => score.byFault.filter((each) => each.kind === kind));
      const delays = ofKind.flatMap(({ medianDays }) => medianDays ?? []).sort((a, b) => a - b);
      return {
        kind,
        planted: sum(ofKind.map((each) => each.planted)),
        found: sum(ofKind.map((each) => each.found)),
        medianDays: delays[Math.floor((delays.length - 1) / 2)] ?? null,
      };
    }),
  };
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
