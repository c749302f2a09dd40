import { readFileSync, writeFileSync } from 'node:fs';
import { isRate, type Measure } from './measure.ts';

const FILE = new URL('./history.json', import.meta.url);
/** A ratio may be this much worse than the kept one. */
const BEARABLE = 1.2;
/** On a machine whose own baseline varies more than this from round to round nothing is judged. */
const MOST_UNREST = 2;

type History = Record<string, number>;

/** The kept ratios of the short bench, by name. */
function readHistory(): History {
  return JSON.parse(readFileSync(FILE, 'utf8')) as History;
}

/** Keeps these ratios as what later runs are compared with; those of benches that were not run stay. */
export function keepHistory(measures: readonly Measure[]): void {
  const kept = Object.fromEntries(
    measures.filter(isComparable).map((one) => [one.name, rounded(ratioOf(one))]),
  );
  writeFileSync(FILE, `${JSON.stringify({ ...readHistory(), ...kept }, null, 2)}\n`);
}

/** Which measures are worse than what was kept, in words. Names that were never kept are new and not judged. */
export function regressions(measures: readonly Measure[]): string[] {
  const history = readHistory();
  return measures.filter(isComparable).flatMap((one) => {
    const kept = history[one.name];
    if (kept === undefined || !isWorse(ratioOf(one), kept, one.unit)) return [];
    if ((one.unrest ?? 1) > MOST_UNREST) return [];
    return [`${one.name}: the ratio was ${kept} and is ${rounded(ratioOf(one))}`];
  });
}

/** Against a goal in milliseconds a ratio says as much about the machine as about the program. */
function isComparable(one: Measure): boolean {
  return !one.name.includes('goal as baseline');
}

function ratioOf(one: Measure): number {
  return one.best ?? one.ratio;
}

function isWorse(now: number, kept: number, unit: string): boolean {
  return isRate(unit) ? now * BEARABLE < kept : now > kept * BEARABLE;
}

function rounded(ratio: number): number {
  return Number(ratio.toPrecision(3));
}
