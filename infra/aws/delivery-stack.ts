import { type App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { FederatedPrincipal, OpenIdConnectProvider, Role } from 'aws-cdk-lib/aws-iam';
import type { DataStack } from './data-stack.ts';
import { mayDeliver, mayReview } from './delivery-rights.ts';
import type { Names } from './names.ts';

const ISSUER = 'token.actions.githubusercontent.com';

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
  const review = role('review', 'Looks at what a delivery would change');
  mayReview(stack, review);
  const delivery = role('production', 'Delivers a commit');
  mayDeliver(stack, delivery, names, data);
  new CfnOutput(stack, 'ReviewRoleArn', { value: review.roleArn });
  new CfnOutput(stack, 'DeliveryRoleArn', { value: delivery.roleArn });
  return stack;
}
