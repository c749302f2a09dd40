import { emfMetrics } from '../adapters/emf-metrics.ts';
import { checkEventDays } from '../wire-events-check.ts';
import { openParts } from './open-parts.ts';

/** Every night: raw objects, invoice table and warehouse of the day before, side by side. The bot tells what differs. */
export async function handler(): Promise<{ findings: number }> {
  const { config, log, stores, pipeline } = await openParts();
  const findings = await checkEventDays(stores, pipeline);
  emfMetrics(config.metricsNamespace).put({ EventDifferences: findings });
  log.info({ findings }, 'the events of the day were compared');
  return { findings };
}
