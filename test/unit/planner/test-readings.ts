import { describe, expect, test } from 'vitest';
import { ask, inShort } from './planner-world.ts';

type Readings = Record<string, [question: string, plan: string][]>;

/** A test for each question, by group: the plan in short that it is read as. */
export function testReadings(groups: Readings): void {
  for (const [group, cases] of Object.entries(groups))
    describe(`the planner reads ${group}`, () => {
      test.each(cases)('%s', async (question, plan) => {
        expect(inShort(await ask(question))).toBe(plan);
      });
    });
}

/** The same for several wordings of one plan. */
export function testWordings(groups: Record<string, [plan: string, ...questions: string[]][]>): void {
  const readings: Readings = {};
  for (const [group, cases] of Object.entries(groups))
    readings[group] = cases.flatMap(([plan, ...questions]) =>
      questions.map((question): [string, string] => [question, plan]),
    );
  testReadings(readings);
}
