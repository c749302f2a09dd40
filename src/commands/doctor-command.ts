import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { ALL_RIGHTS } from '../access/rights-for.ts';
import { makeHome } from '../adapters/make-home.ts';
import { type Config, loadDotEnv, readConfig } from '../config.ts';
import { AppError, sentenceFor } from '../domain/app-error.ts';
import { createLog } from '../log.ts';
import { policySchema } from '../warehouse/policy-views.ts';
import { openPlumbline, type Plumbline } from '../wiring.ts';
import { adviceFor } from './advice.ts';
import { modelAnswers, readerMayOnlyRead, slackAnswers } from './look-outside.ts';
import { printJson, say } from './output.ts';

export type Check = { name: string; ok: boolean; advice: string };

const LEAST_FREE_BYTES = 500 * 1024 ** 2;

/** Looks at settings, parts, rights and space, each by using it; says what to do. */
export async function doctorCommand(
  options: { json?: boolean },
  env: Record<string, string | undefined>,
): Promise<void> {
  const checks = await examine(env);
  if (options.json) printJson({ checks });
  else
    for (const check of checks)
      say(`${check.ok ? 'ok  ' : 'FAIL'}  ${check.name}${check.advice ? `: ${check.advice}` : ''}`);
  if (checks.some((check) => !check.ok)) process.exitCode = 1;
}

/** Every check, in the order in which an operator would look. */
export async function examine(env: Record<string, string | undefined>): Promise<Check[]> {
  const checks: Check[] = [nodeVersion()];
  let config: Config;
  try {
    loadDotEnv(env);
    config = readConfig(env);
    checks.push({ name: 'settings', ok: true, advice: `${config.mode} mode` });
  } catch (thrown) {
    return [...checks, { name: 'settings', ok: false, advice: sentenceFor(thrown) }];
  }
  if (config.mode === 'local') {
    const home = await writable(config.home);
    checks.push(home);
    // Nothing else can be asked without a home.
    if (!home.ok) return checks;
    checks.push(await space(config.home));
  }
  if (config.mode === 'cloud') {
    // Files on their way are put down there.
    checks.push(await space(tmpdir()));
    await examineCloud(config, checks);
    checks.push(...(await Promise.all([modelAnswers(config), slackAnswers(config)])));
    return checks;
  }
  const plumbline = await tried('parts open', () => openPlumbline(config), checks);
  if (!plumbline) return checks;
  try {
    await examineParts(plumbline, checks);
  } finally {
    await plumbline.close();
  }
  checks.push(...(await Promise.all([modelAnswers(config), slackAnswers(config)])));
  return checks;
}

async function examineParts(plumbline: Plumbline, checks: Check[]): Promise<void> {
  await tried(
    'warehouse answers',
    () =>
      plumbline.warehouse.read({
        sql: 'select count(*) as days from retail.dates',
        schema: 'retail',
        maxRows: 1,
        timeoutMs: 30_000,
      }),
    checks,
  );
  await tried(
    'warehouse refuses writes from questions',
    async () => {
      try {
        await plumbline.warehouse.read({
          sql: 'create table doctor_was_here (a integer)',
          schema: 'retail',
          maxRows: 1,
          timeoutMs: 30_000,
        });
      } catch {
        return true;
      }
      throw new AppError('warehouse.write-refused', {
        detail: 'A question could write! Stop, and check the reader of the warehouse.',
      });
    },
    checks,
  );
  await tried('record tables answer', () => plumbline.runLog.list({ limit: 1 }), checks);
  await tried(
    'landing bucket can be written',
    async () => {
      const ref = {
        bucket: plumbline.config.objects.buckets.landing,
        key: `doctor/${plumbline.ids.next('doc')}.txt`,
      };
      await plumbline.objects.put(ref, 'doctor');
      await plumbline.objects.delete(ref);
      return true;
    },
    checks,
  );
}

/** Each part of the cloud by itself, so that one that fails does not hide the others. */
async function examineCloud(config: Config, checks: Check[]): Promise<void> {
  const { openStores } = await import('../wire-stores.ts');
  const stores = await openStores(config, createLog({ level: 'silent' }));
  const { ingestion, landing } = config.objects.buckets;
  const read = (schema: string, sql: string) =>
    stores.warehouse.read({ sql, schema, maxRows: 10_000, timeoutMs: 30_000 });
  // All at once, each into its own place: one that waits long does not hold up the others.
  const places: Check[][] = [];
  const place = (): Check[] => {
    places.push([]);
    return places.at(-1) ?? [];
  };
  try {
    await Promise.all([
      tried('warehouse answers', () => read('retail', 'select count(*) as days from retail.dates'), place()),
      tried(
        'login of questions',
        () => read(policySchema(ALL_RIGHTS), 'select count(*) as days from dates'),
        place(),
      ),
      tried(
        'questions can only read',
        () => readerMayOnlyRead((sql) => read(policySchema(ALL_RIGHTS), sql)),
        place(),
      ),
      tried('record tables answer', () => stores.runLog.list({ limit: 1 }), place()),
      tried(
        'ingestion bucket can be read',
        () => firstOf(stores.objects.list(ingestion, 'incoming/')),
        place(),
      ),
      tried(
        'landing bucket can be written',
        async () => {
          const ref = { bucket: landing, key: `uploads/doctor-${stores.ids.next('doc')}.txt` };
          await stores.objects.put(ref, 'doctor');
          await stores.objects.delete(ref);
        },
        place(),
      ),
    ]);
    checks.push(...places.flat());
  } finally {
    await stores.close();
  }
}

async function firstOf<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item;
  return undefined;
}

async function tried<T>(name: string, work: () => Promise<T>, checks: Check[]): Promise<T | undefined> {
  try {
    const result = await work();
    checks.push({ name, ok: true, advice: typeof result === 'string' ? result : '' });
    return result;
  } catch (thrown) {
    checks.push({ name, ok: false, advice: adviceFor(thrown) });
    return undefined;
  }
}

function nodeVersion(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return {
    name: 'Node.js',
    ok,
    advice: ok ? process.versions.node : `This is ${process.versions.node}; install 20.19 or newer.`,
  };
}

async function writable(home: string): Promise<Check> {
  try {
    makeHome(home);
    await access(home, constants.W_OK);
    return { name: 'home can be written', ok: true, advice: home };
  } catch {
    return {
      name: 'home can be written',
      ok: false,
      advice: `${home} cannot be written. Set PLUMBLINE_HOME to a folder that can.`,
    };
  }
}

async function space(home: string): Promise<Check> {
  try {
    const { bavail, bsize } = await statfs(home);
    const free = bavail * bsize;
    const ok = free > LEAST_FREE_BYTES;
    return {
      name: 'free space',
      ok,
      advice: `${Math.round(free / 1024 ** 2)} MB${ok ? '' : '; at least 500 MB are needed'}`,
    };
  } catch {
    return { name: 'free space', ok: false, advice: `The space of ${home} cannot be read.` };
  }
}
