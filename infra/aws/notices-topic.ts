import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import type { Keys } from './keys.ts';
import type { Names } from './names.ts';

/** Where alarms go. Slack can be added in AWS Chatbot; the bot itself may be what is broken. */
export function addNoticesTopic(scope: Construct, names: Names, keys: Keys, deployment: Deployment): Topic {
  const topic = new Topic(scope, 'Alarms', {
    topicName: `${names.prefix}-alarms`,
    masterKey: keys.logs,
    enforceSSL: true,
  });
  topic.grantPublish(new ServicePrincipal('budgets.amazonaws.com'));
  if (deployment.alarmEmail) topic.addSubscription(new EmailSubscription(deployment.alarmEmail));
  return topic;
}
