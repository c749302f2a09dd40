import { Cron } from 'croner';
import { type SendNeeds, sendDueDigests } from './send-digests.ts';

/**
 * Looks every minute for what is due. In the cloud a schedule of EventBridge calls `sendDueDigests` instead. A round that
 * takes longer than a minute is not overtaken by the next.
 */
export function startDigests(needs: SendNeeds, pattern = '* * * * *'): () => void {
  const job = new Cron(pattern, { protect: true, timezone: needs.clock.timeZone }, async () => {
    await sendDueDigests(needs).catch((thrown: unknown) =>
      needs.log.error({ err: thrown }, 'digests could not be sent; they are tried again'),
    );
  });
  return () => job.stop();
}
