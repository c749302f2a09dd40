import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Dashboard } from '../dashboard/dashboard.ts';
import type { Trend } from '../ports/chart-drawer.ts';
import { type Block, cut } from './block.ts';
import type { Bot } from './bot.ts';

const KIND = 'home-picture';
const Kept = z.object({ file: z.string(), at: z.string() });
const KEPT_MS = 8 * 24 * 60 * 60_000;
const TREND_DAYS = 28;
const MOST_TILES = 6;
/** Slack takes a moment to look at a file before it may stand in a view. */
const LOOKS = 8;
const BETWEEN_LOOKS_MS = 400;

/** The tiles' courses as a file of Slack's that nobody is told of; the same figures have the same file. */
export type HomePicture = { block: Block; forget(): Promise<void> };

/** The picture if it has been drawn before; null otherwise. */
export async function knownPicture(dashboard: Dashboard, bot: Bot): Promise<HomePicture | null> {
  const trends = trendsOf(dashboard);
  if (trends.length === 0 || !bot.needs.charts) return null;
  const found = Kept.safeParse((await bot.needs.smallRecords.find(KIND, keyOf(trends)))?.value).data;
  return found ? pictureOf(found.file, trends, bot) : null;
}

/** Draws it, gives it to Slack and waits until Slack can show it. Null where that does not come about. */
export async function newPicture(dashboard: Dashboard, bot: Bot): Promise<HomePicture | null> {
  const { charts, smallRecords, clock } = bot.needs;
  const trends = trendsOf(dashboard);
  if (trends.length === 0 || !charts) return null;
  const bytes = await charts.drawTrends(trends);
  const file = await bot.slack.keepFile({ name: 'trends.png', bytes, altText: altText(trends) });
  for (let look = 0; !(await bot.slack.canBeShown(file)); look += 1) {
    if (look === LOOKS) return null;
    await sleep(BETWEEN_LOOKS_MS);
  }
  const known = await smallRecords.find(KIND, keyOf(trends));
  const value: z.infer<typeof Kept> = { file, at: clock.now().toISOString() };
  await smallRecords.save(KIND, { id: keyOf(trends), version: known?.version ?? 0, value });
  await removeOld(bot);
  return pictureOf(file, trends, bot);
}

async function removeOld(bot: Bot): Promise<void> {
  const { smallRecords, clock } = bot.needs;
  const before = clock.now().getTime() - KEPT_MS;
  for (const { id, value } of await smallRecords.list(KIND)) {
    const kept = Kept.safeParse(value).data;
    if (kept && Date.parse(kept.at) >= before) continue;
    if (kept) await bot.slack.deleteFile(kept.file);
    await smallRecords.remove(KIND, id);
  }
}

function pictureOf(file: string, trends: Trend[], bot: Bot): HomePicture {
  return {
    block: { type: 'image', block_id: 'trends', slack_file: { id: file }, alt_text: altText(trends) },
    forget: () => bot.needs.smallRecords.remove(KIND, keyOf(trends)),
  };
}

function trendsOf({ tiles }: Dashboard): Trend[] {
  return tiles
    .slice(0, MOST_TILES)
    .map(({ label, value, days }) => ({
      label,
      value,
      values: days.slice(-TREND_DAYS).map((each) => each.value),
    }))
    .filter(({ values }) => values.length > 1);
}

function keyOf(trends: Trend[]): string {
  return createHash('sha256').update(JSON.stringify(trends)).digest('hex').slice(0, 40);
}

function altText(trends: Trend[]): string {
  const lines = trends.map(
    ({ label, value, values }) => `${label}: ${value} after ${values.length - 1} days before`,
  );
  return cut(`The course of each figure. ${lines.join('. ')}.`, 1000);
}
