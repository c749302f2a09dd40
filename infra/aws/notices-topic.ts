import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import type { Keys } from './keys.ts';
import type { Names } from './names.ts';
import type { Right } from './rights.ts';

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

/** Where the facts of each run go beside Slack, for people and programs outside it. */
export function addFactsTopic(scope: Construct, names: Names, keys: Keys, deployment: Deployment): Topic {
  const topic = new Topic(scope, 'Facts', {
    topicName: names.factsTopic,
    masterKey: keys.logs,
    enforceSSL: true,
  });
  if (deployment.noticeEmail) topic.addSubscription(new EmailSubscription(deployment.noticeEmail));
  return topic;
}

/** What a program needs that tells the facts of runs: the topic is encrypted, so the key as well. */
export function tellsFacts(names: Names, keys: Keys): Right[] {
  return [
    { why: 'TellsThoseOutsideSlack', actions: ['sns:Publish'], resources: [names.factsTopicArn] },
    {
      why: 'UsesTheKeyOfNotices',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [keys.logs.keyArn],
    },
  ];
}
