import { emfMetrics } from '../adapters/emf-metrics.ts';
import { diffWarehouse } from '../warehouse/diff-warehouse.ts';
import { openParts } from './open-parts.ts';
import { telling } from './telling.ts';

const MOST_LINES = 15;

/** Every night: what differs between the warehouse and Git is told in the notice channel, and counted. */
export async function handler(): Promise<{ differences: number }> {
  const parts = await openParts();
  const differences = await diffWarehouse({ warehouse: parts.stores.warehouse });
  emfMetrics(parts.config.metricsNamespace).put({ WarehouseDifferences: differences.length });
  parts.log.info({ differences: differences.length }, 'the warehouse was compared with Git');
  if (differences.length === 0) return { differences: 0 };
  const { slack } = telling(parts);
  const channel = await slack.channelNamed(parts.config.noticeChannel);
  const lines = differences.slice(0, MOST_LINES).map(({ sentence }) => `• ${sentence}`);
  const rest = differences.length - lines.length;
  const text = [
    `The warehouse is not as Git says (${differences.length}):`,
    ...lines,
    ...(rest > 0 ? [`and ${rest} more`] : []),
    'Run `plumbline warehouse diff` for the SQL.',
  ].join('\n');
  if (channel) await slack.post({ channel }, { text, blocks: [] });
  return { differences: differences.length };
}
