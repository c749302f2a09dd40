import { type App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { FederatedPrincipal, OpenIdConnectProvider, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { acknowledge } from './acknowledge.ts';
import type { DataStack } from './data-stack.ts';
import type { Names } from './names.ts';

const ISSUER = 'token.actions.githubusercontent.com';
/** Roles that `cdk bootstrap` makes in an account; they do the deploying, and their names hold its qualifier. */
const BOOTSTRAP = 'cdk-hnb659fds';

/**
 * Lets GitHub Actions deliver with no long-lived key: GitHub's own identity assumes one of two roles. `review` may look at
 * what would change; `production` may also deploy, push the image and run the migration, and trusts that one environment of
 * this one repository alone, which GitHub gives only after an approval.
 */
export function addDeliveryStack(app: App, names: Names, data: DataStack, repository: string): Stack {
  const stack = new Stack(app, 'Delivery', {
    stackName: `${names.prefix}-delivery`,
    description: 'Plumbline: who may deliver it',
  });
  const provider = new OpenIdConnectProvider(stack, 'GitHub', {
    url: `https://${ISSUER}`,
    clientIds: ['sts.amazonaws.com'],
  });
  const role = (environment: string, why: string): Role =>
    new Role(stack, `${environment === 'review' ? 'Review' : 'Delivery'}Role`, {
      description: why,
      maxSessionDuration: Duration.hours(1),
      assumedBy: new FederatedPrincipal(
        provider.openIdConnectProviderArn,
        {
          StringEquals: {
            [`${ISSUER}:aud`]: 'sts.amazonaws.com',
            [`${ISSUER}:sub`]: `repo:${repository}:environment:${environment}`,
          },
        },
        'sts:AssumeRoleWithWebIdentity',
      ),
    });
  const bootstrapRole = (kind: string) =>
    stack.formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: `${BOOTSTRAP}-${kind}-role-${stack.account}-${stack.region}`,
    });
  const review = role('review', 'Looks at what a delivery would change');
  review.addToPolicy(
    new PolicyStatement({
      sid: 'LooksAtWhatIsDeployed',
      actions: ['sts:AssumeRole'],
      resources: [bootstrapRole('lookup')],
    }),
  );
  const delivery = role('production', 'Delivers a commit');
  delivery.addToPolicy(
    new PolicyStatement({
      sid: 'DeploysThroughCdk',
      actions: ['sts:AssumeRole'],
      resources: ['lookup', 'deploy', 'file-publishing'].map(bootstrapRole),
    }),
  );
  data.images.grantPullPush(delivery);
  const ofStage = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, resource, resourceName });
  delivery.addToPolicy(
    new PolicyStatement({
      sid: 'RunsTheMigrationAndLooksAtTasks',
      actions: ['ecs:RunTask', 'ecs:DescribeTasks', 'ecs:DescribeServices'],
      resources: [
        ofStage('ecs', 'task-definition', `${names.prefix}-migrate:*`),
        ofStage('ecs', 'task', `${names.prefix}/*`),
        ofStage('ecs', 'service', `${names.prefix}/${names.prefix}-*`),
      ],
    }),
  );
  delivery.addToPolicy(
    new PolicyStatement({
      sid: 'HandsTheMigrationItsRoles',
      actions: ['iam:PassRole'],
      resources: [
        stack.formatArn({
          service: 'iam',
          region: '',
          resource: 'role',
          resourceName: `${names.prefix}-app-Migrate*`,
        }),
      ],
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    }),
  );
  delivery.addToPolicy(
    new PolicyStatement({
      sid: 'SeesWhetherAlarmsRing',
      actions: ['cloudwatch:DescribeAlarms'],
      resources: ['*'],
    }),
  );
  const own = `arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>`;
  acknowledge(delivery, {
    'IAM5[Resource::*]': 'DescribeAlarms and the login of ECR take no resource.',
    [`IAM5[Resource::${own}:task-definition/${names.prefix}-migrate:*]`]: 'Every revision of the one task.',
    [`IAM5[Resource::${own}:task/${names.prefix}/*]`]: 'Tasks get their names when they start.',
    [`IAM5[Resource::${own}:service/${names.prefix}/${names.prefix}-*]`]: 'The services of this stage.',
    [`IAM5[Resource::arn:<AWS::Partition>:iam::<AWS::AccountId>:role/${names.prefix}-app-Migrate*]`]:
      'CloudFormation ends the names of the two roles of the task.',
  });
  new CfnOutput(stack, 'ReviewRoleArn', { value: review.roleArn });
  new CfnOutput(stack, 'DeliveryRoleArn', { value: delivery.roleArn });
  return stack;
}
