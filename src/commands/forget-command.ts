import { forgetCustomer } from '../../etl/forgetting/forget-customer.ts';
import { copyRecords } from '../../etl/pipeline/records-copy.ts';
import { AppError } from '../domain/app-error.ts';
import { forgetPerson } from '../forgetting/forget-person.ts';
import type { ForgetOutcome } from '../forgetting/forgetting.ts';
import type { Plumbline } from '../wiring.ts';
import { printJson, say } from './output.ts';

export type ForgetOptions = { yes?: boolean; by?: string; json?: boolean };

/** `forget customer 4711`, `forget person U0123ABCD`: shows what would be done; does it with --yes. */
export async function forgetCommand(
  kind: string,
  who: string,
  options: ForgetOptions,
  plumbline: Plumbline,
): Promise<void> {
  const outcome = await forget(kind, who, options, plumbline);
  if (outcome.id !== null) {
    await plumbline.dataChanged();
    const landingBucket = plumbline.config.objects.buckets.landing;
    await copyRecords({ ...plumbline, landingBucket }, { evenIfFewer: true });
  }
  if (options.json) return printJson({ ...outcome, done: outcome.id !== null });
  const done = outcome.id !== null;
  if (outcome.found.length === 0) say('Nothing is left of them.');
  else say(done ? 'Forgotten:' : 'This would be done:');
  for (const { where, count, what } of outcome.found) say(`  ${where}: ${count}, ${what}`);
  for (const each of outcome.byHand) say(`  look at it yourself: ${each}`);
  say('What stays:');
  for (const each of outcome.kept) say(`  ${each}`);
  say(
    done
      ? `Kept as ${outcome.id}, without the name.`
      : 'Nothing was changed. Run it again with --yes to do it.',
  );
}

async function forget(
  kind: string,
  who: string,
  { yes: carryOut = false, by = 'terminal' }: ForgetOptions,
  plumbline: Plumbline,
): Promise<ForgetOutcome> {
  if (kind === 'person') return forgetPerson({ person: who, carryOut, by }, plumbline);
  if (kind !== 'customer')
    throw new AppError('usage.wrong', {
      detail: `It is 'forget customer NUMBER' (or an e-mail address), or 'forget person U0123ABCD' (an id in Slack).`,
    });
  const pipeline = await plumbline.pipeline();
  const ingestionBucket = plumbline.config.objects.buckets.ingestion;
  return forgetCustomer({ who, carryOut, by }, { ...pipeline, ...plumbline, ingestionBucket });
}
