import type { Run } from '../../src/domain/run.ts';
import { type NoticeOf, runNotice } from '../../src/runs/run-notice.ts';
import type { PipelineNeeds } from './pipeline-needs.ts';

/** Tells how a run went; a run that was told is not told again. A notice that cannot be sent is left to the sweeper. */
export async function announce(run: Run, needs: PipelineNeeds): Promise<Run> {
  if (run.announced || run.outcome === 'running') return run;
  if (run.failure)
    needs.log.warn(
      { run: run.id, feed: run.feed, stage: run.failure.stage, code: run.failure.code },
      'a run failed',
    );
  else needs.log.info({ run: run.id, feed: run.feed, outcome: run.outcome, rows: run.rows }, 'a run ended');
  try {
    const notice = await needs.announcer.announce(runNotice(run, noticeOf(run, needs)));
    await needs.failpoint?.('announced');
    return await needs.runLog.save({ ...run, announced: true, notice: notice ?? run.notice });
  } catch (thrown) {
    needs.log.warn({ err: thrown, run: run.id }, 'a notice could not be sent; the sweeper will try again');
    return run;
  }
}

/** The feed's owner and channel, as declared. */
export function noticeOf(run: Run, { feeds }: Pick<PipelineNeeds, 'feeds'>): NoticeOf {
  const set = feeds.find(({ name }) => name === run.feed);
  const feed = feeds.flatMap((each) => each.feeds).find(({ name }) => name === run.feed);
  return { owner: set?.owner ?? feed?.owner ?? null, channel: set?.channel ?? feed?.channel ?? null };
}
