/**
 * A process of its own on a home, to be killed: each argument is a thing to do, in order. `load FOLDER`, `undo`
 * (the newest batch), `sweep`, `wait`, `state` (prints it). Says 'ready' first. PLUMBLINE_FAILPOINT kills it at a named point.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { loadFiles } from '../../etl/pipeline/load-files.ts';
import { sweep, undo } from '../../etl/pipeline/run-care.ts';
import { readConfig } from '../../src/config.ts';
import { AppError } from '../../src/domain/app-error.ts';
import { openPlumbline } from '../../src/wiring.ts';
import { pipelineState } from './pipeline-state.ts';

const [feedsFile = '', ...actions] = process.argv.slice(2);
const plumbline = await openPlumbline(readConfig(process.env));
const needs = await plumbline.pipeline({ feedsFile });
process.send?.({ ready: true });

for (const action of actions) {
  const [name, argument = ''] = action.split(':');
  if (name === 'load') await loadFiles({ paths: [argument], feed: null, startedBy: 'test' }, needs);
  else if (name === 'undo') await undoNewest();
  else if (name === 'sweep') await sweep(needs);
  else if (name === 'wait') await sleep(Number(argument));
  else if (name === 'state') process.send?.({ state: await pipelineState(needs) });
}
await plumbline.close();
process.disconnect?.();

/** The second load's batch; one that was taken back before is no fault here. */
async function undoNewest(): Promise<void> {
  const found = await needs.warehouse.read({
    sql: 'select batch_id from ops.load_batches order by batch_no desc limit 1',
    schema: 'retail',
    maxRows: 1,
    timeoutMs: 30_000,
  });
  await undo(String(found.rows[0]?.[0]), needs).catch((thrown: unknown) => {
    if (!(thrown instanceof AppError) || thrown.code !== 'batch.already-undone') throw thrown;
  });
}
