import {
  AccessLogField,
  AccessLogFormat,
  ApiKeySourceType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { DataStack } from './data-stack.ts';
import type { Deployment } from './deployment.ts';
import type { Functions } from './functions.ts';
import { logGroup } from './log-group.ts';
import type { Names } from './names.ts';

export type EventsDoor = { api: RestApi; firewall: CfnWebACL };

const STAGE = 'v1';

/** `POST /events`, the one public door: an API key for each sender, a pace for each, and a firewall before it. */
export function addEventsDoor(
  scope: Construct,
  names: Names,
  parts: { data: DataStack; functions: Functions; deployment: Deployment },
): EventsDoor {
  const { data, functions, deployment } = parts;
  const api = new RestApi(scope, 'EventsApi', {
    restApiName: `${names.prefix}-events`,
    description: 'Events of shops and tills',
    endpointTypes: [EndpointType.REGIONAL],
    apiKeySourceType: ApiKeySourceType.HEADER,
    cloudWatchRole: false,
    deployOptions: {
      stageName: STAGE,
      tracingEnabled: true,
      metricsEnabled: true,
      loggingLevel: MethodLoggingLevel.OFF,
      throttlingRateLimit: 500,
      throttlingBurstLimit: 1_000,
      accessLogDestination: new LogGroupLogDestination(
        logGroup(scope, 'events-api', names, data.keys, deployment),
      ),
      accessLogFormat: AccessLogFormat.custom(
        JSON.stringify({
          at: AccessLogField.contextRequestTime(),
          request: AccessLogField.contextRequestId(),
          trace: AccessLogField.contextXrayTraceId(),
          status: AccessLogField.contextStatus(),
          bytes: AccessLogField.contextResponseLength(),
          millis: AccessLogField.contextResponseLatency(),
          from: AccessLogField.contextIdentitySourceIp(),
          key: AccessLogField.contextIdentityApiKeyId(),
        }),
      ),
    },
  });
  const method = api.root
    .addResource('events')
    .addMethod('POST', new LambdaIntegration(functions['events-http']), { apiKeyRequired: true });
  const plan = api.addUsagePlan('Senders', {
    name: `${names.prefix}-senders`,
    throttle: { rateLimit: 200, burstLimit: 400 },
    apiStages: [{ api, stage: api.deploymentStage }],
  });
  plan.addApiKey(api.addApiKey('FirstSender', { apiKeyName: `${names.prefix}-first-sender` }));
  acknowledge(method, {
    APIG4: 'Senders are tills and shops without people: an API key with a usage plan for each.',
    COG4: 'The same: there is no person to sign in.',
  });
  acknowledge(api, {
    APIG2:
      'The function checks each event against its feed and says for each what is wrong, which a schema here would cut off.',
  });
  acknowledge(api.deploymentStage, {
    APIG6: 'Access is logged with status, key and time; logs of executions would hold the events themselves.',
  });
  return { api, firewall: addFirewall(scope, names, api) };
}

function addFirewall(scope: Construct, names: Names, api: RestApi): CfnWebACL {
  const managed = [
    'AWSManagedRulesCommonRuleSet',
    'AWSManagedRulesKnownBadInputsRuleSet',
    'AWSManagedRulesAmazonIpReputationList',
  ];
  const firewall = new CfnWebACL(scope, 'EventsFirewall', {
    name: `${names.prefix}-events`,
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visible(`${names.prefix}-events`),
    rules: [
      {
        name: 'at-most-20000-in-five-minutes-from-one-address',
        priority: 0,
        action: { block: {} },
        statement: { rateBasedStatement: { limit: 20_000, aggregateKeyType: 'IP' } },
        visibilityConfig: visible('too-many'),
      },
      ...managed.map((name, index) => ({
        name,
        priority: index + 1,
        overrideAction: { none: {} },
        statement: {
          managedRuleGroupStatement: {
            vendorName: 'AWS',
            name,
            // Batches of events are larger than the 8 KB that the common rules think usual.
            ...(name === 'AWSManagedRulesCommonRuleSet'
              ? { ruleActionOverrides: [{ name: 'SizeRestrictions_BODY', actionToUse: { count: {} } }] }
              : {}),
          },
        },
        visibilityConfig: visible(name),
      })),
    ],
  });
  new CfnWebACLAssociation(scope, 'EventsFirewallPlace', {
    resourceArn: api.deploymentStage.stageArn,
    webAclArn: firewall.attrArn,
  });
  return firewall;
}

function visible(metricName: string) {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName };
}
