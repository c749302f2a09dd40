import { ALL_RIGHTS } from '../access/rights-for.ts';
import { describeUnusual } from '../alerts/describe-unusual.ts';
import { addScores, evaluateAlerts } from '../alerts/evaluate-alerts.ts';
import { findUnusual } from '../alerts/find-unusual.ts';
import { readWatched } from '../alerts/read-watched.ts';
import { isBad } from '../alerts/unusual.ts';
import { isOdd, lateSentences } from '../digests/freshness.ts';
import { AppError } from '../domain/app-error.ts';
import { isDay } from '../domain/day.ts';
import { dayInWords } from '../domain/period.ts';
import { localeOf } from '../questions/answer-words.ts';
import { alertMessage } from '../slack/alert-blocks.ts';
import type { Plumbline } from '../wiring.ts';
import { printJson, progress, say } from './output.ts';

export type AlertsOptions = {
  date?: string;
  evaluate?: boolean;
  seed: string;
  histories: string;
  json?: boolean;
};

/** What would be told of a day, without telling it and without remembering that it was told. */
export async function alertsCommand(options: AlertsOptions, plumbline: Plumbline): Promise<void> {
  if (options.date !== undefined && !isDay(options.date))
    throw new AppError('usage.wrong', {
      detail: `--date wants a day as YYYY-MM-DD; it is '${options.date}'.`,
    });
  const { questions, clock } = plumbline;
  const facts = await questions.facts();
  const day = options.date ?? facts.days['orders']?.last ?? clock.today();
  const locale = localeOf(facts, questions);
  const watched = await readWatched(day, ALL_RIGHTS, questions);
  const alerts = findUnusual(watched)
    .filter(isBad)
    .map((unusual) => ({ unusual, described: describeUnusual(unusual, locale) }));
  const feeds = (await plumbline.freshness()).filter(isOdd);
  const dataLine = `Data through ${dayInWords(facts.days['orders']?.last ?? day)}.`;
  if (options.json) {
    printJson({
      date: day,
      alerts: alerts.map(({ unusual, described }) => ({
        ...alertMessage({ ...described, id: described.key }, dataLine, locale),
        key: described.key,
        headline: described.headline,
        sentences: described.sentences,
        why: described.why,
        watched: unusual.watched,
        level: unusual.level,
        name: unusual.name,
        from: unusual.from,
        to: unusual.last,
        money: Math.round(unusual.money),
        absorbed: unusual.absorbed,
        evidence: described.evidence,
      })),
      feeds,
      text: textOf(alerts, lateSentences(feeds), day),
    });
    return;
  }
  say(textOf(alerts, lateSentences(feeds), day));
}

type Listed = { described: ReturnType<typeof describeUnusual> }[];

function textOf(alerts: Listed, feeds: string[], day: string): string {
  const lines = alerts.flatMap(({ described }) => [
    `${described.headline}.`,
    ...described.sentences.map((sentence) => `  ${sentence}`),
    `  Ask: ${described.why}?`,
    '',
  ]);
  return [
    alerts.length === 0 ? `Nothing is unusual on ${dayInWords(day)}.` : `Not as usual on ${dayInWords(day)}:`,
    '',
    ...lines,
    ...feeds,
  ]
    .join('\n')
    .trimEnd();
}

/** How well the statistics find planted faults, and how often they cry wolf. */
export async function evaluateAlertsCommand(options: AlertsOptions): Promise<void> {
  const seeds = options.seed.split(',').map((seed) => Number(seed) || 1);
  const scores = seeds.map((seed) => {
    const score = evaluateAlerts(seed, Number(options.histories) || 2);
    progress(`seed ${seed}: recall ${score.recall.toFixed(3)}, precision ${score.precision.toFixed(3)}`);
    return score;
  });
  const result = { seeds, ...addScores(scores), goal: { recall: 0.9, falseAlarmsPerBranchQuarter: 1 } };
  if (options.json) printJson(result);
  else
    say(
      [
        `Planted faults found by the next day: ${result.foundByNextDay} of ${result.planted} (recall ${result.recall.toFixed(3)}).`,
        `Alerts that had a planted cause: ${result.rightAlerts} of ${result.alerts} (precision ${result.precision.toFixed(3)}).`,
        `False alarms per branch and quarter: ${result.falseAlarmsPerBranchQuarter.toFixed(3)}.`,
        ...result.byFault.map(
          (fault) =>
            `  ${fault.kind}: ${fault.found} of ${fault.planted}, after ${fault.medianDays} days in the middle`,
        ),
      ].join('\n'),
    );
}
