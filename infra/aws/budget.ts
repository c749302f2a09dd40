import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import type { Names } from './names.ts';

/** Told at half, at four fifths, and when the month is foreseen to cost more than it may. */
export function addBudget(scope: Construct, names: Names, deployment: Deployment, topic: Topic): CfnBudget {
  const subscribers = [{ subscriptionType: 'SNS', address: topic.topicArn }];
  const notice = (threshold: number, notificationType: 'ACTUAL' | 'FORECASTED') => ({
    notification: {
      comparisonOperator: 'GREATER_THAN',
      notificationType,
      threshold,
      thresholdType: 'PERCENTAGE',
    },
    subscribers,
  });
  return new CfnBudget(scope, 'Budget', {
    budget: {
      budgetName: names.prefix,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: deployment.monthlyBudgetUsd, unit: 'USD' },
      costFilters: { TagKeyValue: [`user:plumbline$${names.stage}`] },
    },
    notificationsWithSubscribers: [notice(50, 'ACTUAL'), notice(80, 'ACTUAL'), notice(100, 'FORECASTED')],
  });
}
