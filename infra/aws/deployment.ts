import type { Node } from 'constructs';
import { z } from 'zod';
import { Settings } from '../../src/settings.ts';

/** What one deployment may choose, as CDK context: `-c stage=prod -c alarmEmail=...`, or in `cdk.json`. */
const Deployment = z.object({
  /** Several may stand beside each other in one account. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,11}$/)
    .default('prod'),
  /** Tag of the image in the repository: the Git commit that was built. */
  imageTag: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,128}$/)
    .default('bootstrap'),
  /** Who gets alarms, beside the topic's other subscribers. */
  alarmEmail: z.email().optional(),
  /** Who gets by e-mail how each run went: for people outside Slack. */
  noticeEmail: z.email().optional(),
  timeZone: z.string().default('UTC'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD'),
  noticeChannel: z.string().default('data-runs'),
  monthlyBudgetUsd: z.coerce.number().positive().default(500),
  /** Redshift Processing Units: 4 is the least; a query gets more of them, up to the most. */
  warehouseBaseRpu: z.coerce.number().int().min(4).max(512).default(8),
  warehouseMaxRpu: z.coerce.number().int().min(4).max(512).default(32),
  /** RPU hours that a day may cost; past them queries are refused until midnight UTC. */
  warehouseRpuHoursPerDay: z.coerce.number().int().positive().default(40),
  logRetentionDays: z.coerce.number().int().default(90),
  /** `owner/repository` on GitHub that may deliver; without it there is no delivery stack. */
  repository: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/)
    .optional(),
  /** A CodeConnections connection to where the repository lies; with it and `repository` CodePipeline can deliver. */
  connectionArn: z.string().startsWith('arn:').optional(),
  branch: z.string().default('main'),
  /** The job for extracts and files beyond one machine (etl/glue); it costs nothing until it runs. */
  glue: z.stringbool().or(z.boolean()).default(false),
  /** Other settings of the programs (`.env.example`), as JSON: `-c settings='{"UPLOAD_WAIT_HOURS":"4"}'`. No secrets. */
  settings: z
    .preprocess(
      (given) => (typeof given === 'string' ? (JSON.parse(given) as unknown) : given),
      z.partialRecord(z.enum(Object.keys(Settings.shape) as [keyof Settings]), z.string()),
    )
    .default({}),
  /** Folder with the bundles of `npm run build:lambda`. */
  lambdaFolder: z.string().default('../../dist-lambda'),
});
export type Deployment = z.infer<typeof Deployment>;

/** Reads the context of the app. Throws with every name that is wrong. */
export function readDeployment(node: Node): Deployment {
  const names = Object.keys(Deployment.shape);
  const given = names.map((name) => [name, node.tryGetContext(name) as unknown] as const);
  return Deployment.parse(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
}
