import { type FedWarehouse, feedWarehouse } from '../../etl/events/feed-warehouse.ts';
import { openEvents } from './events-parts.ts';

/** What events changed since last time becomes files where files come in. One at a time. */
export async function handler(): Promise<FedWarehouse> {
  return feedWarehouse((await openEvents()).feeder);
}
