import { z } from 'zod';
import type { VersionedRecords } from '../ports/versioned-records.ts';

/** Where alerts go and when they are held back; a data owner changes them in Slack. */
export const AlertSettings = z.object({
  /** A channel's name or id. */
  channel: z.string().min(1),
  quiet: z
    .object({ fromHour: z.number().int().min(0).max(23), toHour: z.number().int().min(0).max(23) })
    .nullable(),
});
export type AlertSettings = z.infer<typeof AlertSettings>;

const [KIND, ID] = ['setting', 'alerts'];

export async function readAlertSettings(
  byDefault: AlertSettings,
  needs: { smallRecords: VersionedRecords },
): Promise<AlertSettings> {
  const found = await needs.smallRecords.find(KIND, ID);
  const kept = AlertSettings.safeParse(found?.value);
  return kept.success ? kept.data : byDefault;
}

/** Errors: records.conflict when somebody else changed them at the same moment. */
export async function saveAlertSettings(
  settings: AlertSettings,
  needs: { smallRecords: VersionedRecords },
): Promise<AlertSettings> {
  const found = await needs.smallRecords.find(KIND, ID);
  await needs.smallRecords.save(KIND, {
    id: ID,
    version: found?.version ?? 0,
    value: AlertSettings.parse(settings),
  });
  return settings;
}

/** '20-7' or '20:00 to 07:00'; null for 'none'; undefined when it is neither. */
export function readQuietHours(text: string): AlertSettings['quiet'] | undefined {
  const said = text.trim().toLowerCase();
  if (said === '' || /^(none|no|never|off|-)$/.test(said)) return null;
  const match = /^(\d{1,2})(?::00)?\s*(?:-|–|to|until)\s*(\d{1,2})(?::00)?$/.exec(said);
  if (!match) return undefined;
  const [fromHour, toHour] = [Number(match[1]), Number(match[2]) % 24];
  return fromHour > 23 || Number(match[2]) > 24 || fromHour === toHour ? undefined : { fromHour, toHour };
}

/** '20:00 to 7:00', or 'none'. */
export function quietHoursInWords(quiet: AlertSettings['quiet']): string {
  return quiet ? `${quiet.fromHour}:00 to ${quiet.toHour}:00` : 'none';
}
