import { readUsage } from '../dashboard/read-usage.ts';
import { usageCsv } from '../dashboard/usage.ts';
import { AppError } from '../domain/app-error.ts';
import { addDays, isDay } from '../domain/day.ts';
import type { Plumbline } from '../wiring.ts';
import { printJson, say } from './output.ts';

export type UsageOptions = { from?: string; to?: string; json?: boolean; csv?: boolean };

const USUAL_DAYS = 30;

/** Query time, accuracy marks, adoption and time saved, by day. */
export async function usageCommand(options: UsageOptions, plumbline: Plumbline): Promise<void> {
  for (const [name, day] of Object.entries({ from: options.from, to: options.to }))
    if (day !== undefined && !isDay(day))
      throw new AppError('usage.wrong', { detail: `--${name} wants a day as YYYY-MM-DD; it is '${day}'.` });
  const to = options.to ?? plumbline.clock.today();
  const from = options.from ?? addDays(to, 1 - USUAL_DAYS);
  const usage = await readUsage(
    { from, to },
    { ...plumbline, minutesPerAnswer: plumbline.config.minutesPerAnswer },
  );
  if (options.json) return printJson(usage);
  if (options.csv) {
    process.stdout.write(usageCsv(usage));
    return;
  }
  const { totals } = usage;
  say(
    [
      `${usage.from} to ${usage.to}`,
      `People: ${totals.people}. Questions: ${totals.questions}, answered ${percent(totals.answeredShare)}, asked back ${totals.askedBack}, refused ${totals.refused}, empty ${totals.empty}.`,
      `Marked right ${totals.right}, wrong ${totals.wrong} (${percent(totals.rightShare)} right).`,
      `Time to answer: half within ${totals.p50Ms ?? '–'} ms, nineteen of twenty within ${totals.p95Ms ?? '–'} ms.`,
      `Language model: ${totals.tokens} tokens, $${totals.costUsd}.`,
      `Time saved: ${(totals.minutesSaved / 60).toFixed(1)} hours. ${usage.assumption}`,
      ...usage.byDoor.map(({ door, questions }) => `  ${door}: ${questions}`),
    ].join('\n'),
  );
}

function percent(share: number | null): string {
  return share === null ? 'none' : `${(share * 100).toFixed(1)}%`;
}
