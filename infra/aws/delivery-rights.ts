import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { acknowledge } from './acknowledge.ts';
import type { DataStack } from './data-stack.ts';
import type { Names } from './names.ts';

/** Roles that `cdk bootstrap` makes in an account; they do the deploying, and their names hold its qualifier. */
const BOOTSTRAP = 'cdk-hnb659fds';

/** Looks at what a delivery would change, and can change nothing. */
export function mayReview(stack: Stack, role: Role): void {
  role.addToPolicy(
    new PolicyStatement({
      sid: 'LooksAtWhatIsDeployed',
      actions: ['sts:AssumeRole'],
      resources: [bootstrapRole(stack, 'lookup')],
    }),
  );
}

/** Deploys through the roles of `cdk bootstrap`, pushes the image, runs the migration, and looks whether all is well. */
export function mayDeliver(stack: Stack, role: Role, names: Names, data: DataStack): void {
  role.addToPolicy(
    new PolicyStatement({
      sid: 'DeploysThroughCdk',
      actions: ['sts:AssumeRole'],
      resources: ['lookup', 'deploy', 'file-publishing'].map((kind) => bootstrapRole(stack, kind)),
    }),
  );
  data.images.grantPullPush(role);
  const ofStage = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, resource, resourceName });
  role.addToPolicy(
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
  role.addToPolicy(
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
  role.addToPolicy(
    new PolicyStatement({
      sid: 'SeesWhetherAlarmsRing',
      actions: ['cloudwatch:DescribeAlarms'],
      resources: ['*'],
    }),
  );
  const own = `arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>`;
  acknowledge(role, {
    'IAM5[Resource::*]': 'DescribeAlarms and the login of ECR take no resource.',
    [`IAM5[Resource::${own}:task-definition/${names.prefix}-migrate:*]`]: 'Every revision of the one task.',
    [`IAM5[Resource::${own}:task/${names.prefix}/*]`]: 'Tasks get their names when they start.',
    [`IAM5[Resource::${own}:service/${names.prefix}/${names.prefix}-*]`]: 'The services of this stage.',
    [`IAM5[Resource::arn:<AWS::Partition>:iam::<AWS::AccountId>:role/${names.prefix}-app-Migrate*]`]:
      'CloudFormation ends the names of the two roles of the task.',
  });
}

function bootstrapRole(stack: Stack, kind: string): string {
  return stack.formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: `${BOOTSTRAP}-${kind}-role-${stack.account}-${stack.region}`,
  });
}
