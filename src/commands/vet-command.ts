import { readFileSync } from 'node:fs';
import { ALL_RIGHTS } from '../access/rights-for.ts';
import type { Config } from '../config.ts';
import { AppError } from '../domain/app-error.ts';
import { CatalogueFile, catalogueFromFile, guardCatalogue } from '../guard/vet-catalogue.ts';
import { createGuard } from '../guard/vet-sql.ts';
import { queryStatements, vetStatements } from '../guard/vet-statements.ts';
import { readCatalogue } from '../warehouse/catalogue.ts';
import { policySchema } from '../warehouse/policy-views.ts';
import { type Plumbline, policyOf } from '../wiring.ts';
import { rightsOf } from './ask-command.ts';
import { printJson } from './output.ts';
import { readLines } from './read-lines.ts';

/** The guard alone; with `--catalog`, against those tables instead of ours and with no one's rights. */
export async function vetCommand(options: { catalog?: string }, config: Config): Promise<void> {
  const catalogue = options.catalog
    ? readCatalogueFile(options.catalog)
    : guardCatalogue(await readCatalogue());
  const guard = createGuard({ catalogue });
  const policy = policyOf(config);
  const rightsFor = (user: string | undefined) => (options.catalog ? undefined : rightsOf(user, policy));
  for await (const reply of vetStatements(readLines('-'), { guard, rightsFor })) printJson(reply);
}

/** Guard, then the locked engine. */
export async function queryCommand(plumbline: Plumbline): Promise<void> {
  const catalogue = await readCatalogue();
  const needs = {
    guard: createGuard({ catalogue: guardCatalogue(catalogue) }),
    warehouse: plumbline.warehouse,
    rightsFor: (user: string | undefined) =>
      user === undefined ? ALL_RIGHTS : rightsOf(user, plumbline.policy),
    async prepare(rights: typeof ALL_RIGHTS): Promise<string> {
      await plumbline.questions.ensureRights(rights);
      return policySchema(rights);
    },
  };
  for await (const reply of queryStatements(readLines('-'), needs)) printJson(reply);
}

function readCatalogueFile(file: string) {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new AppError('usage.wrong', { detail: `${file} cannot be read as JSON.`, cause });
  }
  const parsed = CatalogueFile.safeParse(value);
  if (parsed.success) return catalogueFromFile(parsed.data);
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new AppError('usage.wrong', { detail: `${file}: ${problems.join('; ')}` });
}
