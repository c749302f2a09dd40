import { z } from 'zod';
import type { SlackNeeds } from './needs.ts';

/** What a data owner sets in Slack, instead of who runs the program in its settings. */
export const ChannelSettings = z.object({
  /** Where wrong and unanswered questions go, by name or id; null: nowhere. */
  queueChannel: z.string().min(1).nullable(),
  /** Names or ids of channels in which thread replies are answered only when Plumbline is mentioned. */
  onlyWhenMentioned: z.array(z.string().min(1)).max(200),
  /** Answers of which the planner is less sure (0 to 1) wait for a data owner; left out: as the program was started. */
  holdBelow: z.number().min(0).max(1).optional(),
});
export type ChannelSettings = z.infer<typeof ChannelSettings>;

const [KIND, ID] = ['setting', 'channels'];

/** As set in Slack; as the program was started where nobody has set anything. */
export async function readChannelSettings({
  smallRecords,
  settings,
}: Pick<SlackNeeds, 'smallRecords' | 'settings'>): Promise<ChannelSettings & { holdBelow: number }> {
  const kept = ChannelSettings.safeParse((await smallRecords.find(KIND, ID))?.value);
  const { queueChannel, onlyWhenMentioned, holdBelow } = settings;
  if (kept.success) return { ...kept.data, holdBelow: kept.data.holdBelow ?? holdBelow };
  return { queueChannel, onlyWhenMentioned: [...onlyWhenMentioned], holdBelow };
}

/** Who changed them and when is kept with them. Errors: records.conflict when somebody else did at the same moment. */
export async function saveChannelSettings(
  changed: ChannelSettings,
  by: string,
  { smallRecords, clock }: Pick<SlackNeeds, 'smallRecords' | 'clock'>,
): Promise<void> {
  const found = await smallRecords.find(KIND, ID);
  await smallRecords.save(KIND, {
    id: ID,
    version: found?.version ?? 0,
    value: { ...ChannelSettings.parse(changed), changedBy: by, changedAt: clock.now().toISOString() },
  });
}
