import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { addAppStack } from './app-stack.ts';
import { addDataStack } from './data-stack.ts';
import { addDeliveryStack } from './delivery-stack.ts';
import { readDeployment } from './deployment.ts';
import { namesOf } from './names.ts';
import { addPipelineStack } from './pipeline-stack.ts';

const FLAGS = {
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/aws-s3:createDefaultLoggingPolicy': true,
  '@aws-cdk/aws-kms:aliasNameRef': true,
  '@aws-cdk/customresources:installLatestAwsSdkDefault': false,
};

/** The whole deployment. Needs no account and looks nothing up, so that it can be checked anywhere. */
export function plumblineApp(context: Record<string, unknown> = {}, outdir?: string): App {
  const app = new App({
    context: { ...FLAGS, ...context },
    analyticsReporting: false,
    ...(outdir ? { outdir } : {}),
  });
  const deployment = readDeployment(app.node);
  const names = namesOf(deployment.stage);
  const data = addDataStack(app, names, deployment);
  addAppStack(app, names, data, deployment);
  if (deployment.repository) addDeliveryStack(app, names, data, deployment.repository);
  const { repository, connectionArn } = deployment;
  if (repository && connectionArn)
    addPipelineStack(app, names, data, deployment, { repository, connectionArn });
  Tags.of(app).add('plumbline', names.stage);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  return app;
}
