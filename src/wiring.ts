import { fileURLToPath } from 'node:url';
import type { Announcer, PipelineNeeds } from '../etl/pipeline/pipeline-needs.ts';
import type { Policy } from './access/policy.ts';
import { readPolicy } from './access/policy.ts';
import { ALL_RIGHTS, MANAGER_RIGHTS, type Person, rightsFor } from './access/rights-for.ts';
import { homeMaskSalt } from './adapters/mask-salt.ts';
import type { Config } from './config.ts';
import type { FeedFreshness } from './digests/freshness.ts';
import { sentenceFor } from './domain/app-error.ts';
import type { Rights } from './domain/rights.ts';
import { createLog, type Logger } from './log.ts';
import type { QuestionNeeds } from './questions/needs.ts';
import { migrateWarehouse, readMigrations } from './warehouse/migrate.ts';
import { ensurePolicyViews, type PolicyOptions } from './warehouse/policy-views.ts';
import { ASKING_ROLE } from './warehouse/warehouse-logins.ts';
import { wireFreshness } from './wire-freshness.ts';
import { pipelineOver } from './wire-pipeline.ts';
import { wireQuestions } from './wire-questions.ts';
import { openStores, type Stores } from './wire-stores.ts';

export type PlumblineOptions = {
  /** False leaves the schema as it is, for `warehouse diff`. */
  migrate?: boolean;
  /** False where nothing will be asked: nothing is read of the data for questions, and no process started for them. */
  asks?: boolean;
  log?: Logger;
};

/** Everything that an entry point may need, built once. */
export type Plumbline = Omit<Stores, 'spending'> & {
  config: Config;
  log: Logger;
  policy: Policy;
  questions: QuestionNeeds;
  /** How each feed stands against its rhythm. */
  freshness: () => Promise<FeedFreshness[]>;
  /** The pipelines, over the built-in feeds or those of a file, telling through `announcer`. */
  pipeline(options?: { feedsFile?: string | undefined; announcer?: Announcer }): Promise<PipelineNeeds>;
  rightsFor: (person: Person) => Rights;
  /** Tells the question side that the data has changed. */
  dataChanged: () => Promise<void>;
  sentenceFor(thrown: unknown): string;
};

const DEFAULT_POLICY = fileURLToPath(new URL('./access/policy.yaml', import.meta.url));
const LOCAL_POLICY = fileURLToPath(new URL('../infra/local/policy.yaml', import.meta.url));

/** The warehouse brought up to date, the rights with their views, and the question side, over what `openStores` chose. */
export async function openPlumbline(config: Config, options: PlumblineOptions = {}): Promise<Plumbline> {
  const log = options.log ?? createLog({ level: config.logLevel });
  const policy = policyOf(config);
  const { asks = true } = options;
  const { close, spending, ...stores } = await openStores(config, log, { asks });
  const { clock, warehouse } = stores;
  if (options.migrate !== false) {
    await migrate(config, stores);
    await ensurePolicyViews({ warehouse, ...policyOptionsOf(config) }, [
      ALL_RIGHTS,
      MANAGER_RIGHTS,
      ...standingRights(policy),
    ]);
  }
  const feeds = wireFreshness({ config, clock, runLog: stores.runLog });
  const { questions: answering, dataChanged: factsChanged } = await wireQuestions({
    config,
    policyOptions: policyOptionsOf(config),
    log,
    ...stores,
    spending,
    asks,
  });
  const questions: QuestionNeeds = { ...answering, lateFor: feeds.lateFor };
  const dataChanged = async (): Promise<void> => {
    feeds.forget();
    await factsChanged();
  };
  return {
    config,
    log,
    policy,
    ...stores,
    questions,
    freshness: feeds.freshness,
    async pipeline({ feedsFile, announcer } = {}) {
      return pipelineOver(stores, config, { log, dataChanged, feedsFile, announcer });
    },
    rightsFor: (person) => rightsFor(person, policy),
    dataChanged,
    sentenceFor,
    close,
  };
}

/** The policy file that is set; else the local workspace's people, or the least in a real one. */
export function policyOf(config: Config): Policy {
  return readPolicy(config.policyFile ?? (config.slack.kind === 'local' ? LOCAL_POLICY : DEFAULT_POLICY));
}

/** Where the owner's login is set, as the owner, who also brings the other logins up to date; else as whoever loads. */
async function migrate(config: Config, stores: Pick<Plumbline, 'warehouse' | 'objects'>): Promise<void> {
  if (config.warehouse.kind === 'redshift' && config.warehouse.ownerSecretArn) {
    const { migrateAsOwner } = await import('./wire-migration.ts');
    await migrateAsOwner(config.warehouse, config.warehouse.ownerSecretArn, stores.objects);
  } else {
    await migrateWarehouse({ warehouse: stores.warehouse, migrations: await readMigrations() });
  }
}

/** Every maker of policy views takes the same salt and grants, else each would make the other's anew. */
function policyOptionsOf(config: Config): PolicyOptions {
  const maskSalt = config.maskSalt ?? (config.mode === 'local' ? homeMaskSalt(config.home) : undefined);
  const hasReader = config.warehouse.kind === 'redshift' && config.warehouse.readerSecretArn !== undefined;
  return {
    ...(maskSalt === undefined ? {} : { maskSalt }),
    ...(hasReader ? { grantTo: `role ${ASKING_ROLE}` } : {}),
  };
}

/** The rights of everyone whom the policy names, so that their views stand before the first question. */
function standingRights(policy: Policy): Rights[] {
  const users = [...Object.keys(policy.people), ''].map((user) =>
    rightsFor({ user, groups: [], outsider: false }, policy),
  );
  const groups = Object.keys(policy.groups).map((group) =>
    rightsFor({ user: '', groups: [group], outsider: false }, policy),
  );
  return [...new Map([...users, ...groups].map((rights) => [rights.id, rights])).values()];
}
