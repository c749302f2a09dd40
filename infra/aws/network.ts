import { Fn } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Deployment } from './deployment.ts';
import type { Keys } from './keys.ts';
import { logGroup } from './log-group.ts';
import type { Names } from './names.ts';

export type Network = { vpc: Vpc; programs: SecurityGroup; warehouse: SecurityGroup };

/**
 * Programs are in private subnets and go out through one NAT gateway, to Slack and the language model; what they say to
 * AWS goes through endpoints. The warehouse has subnets of its own with no way out. Nothing can be called from
 * outside: the two doors, API Gateway and Slack's socket, are not in this network.
 */
export function addNetwork(scope: Construct, names: Names, keys: Keys, deployment: Deployment): Network {
  const vpc = new Vpc(scope, 'Network', {
    ipAddresses: IpAddresses.cidr('10.40.0.0/16'),
    // A Redshift Serverless workgroup wants three zones. Which ones, the region says when it is deployed.
    availabilityZones: [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs())),
    natGateways: 1,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [
      { name: 'way-out', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
      { name: 'programs', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 22 },
      { name: 'warehouse', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
    ],
    gatewayEndpoints: {
      S3: { service: GatewayVpcEndpointAwsService.S3 },
      DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
    },
    flowLogs: {
      Refused: {
        trafficType: FlowLogTrafficType.REJECT,
        destination: FlowLogDestination.toCloudWatchLogs(logGroup(scope, 'flow', names, keys, deployment)),
      },
    },
  });
  const programs = new SecurityGroup(scope, 'ProgramsGroup', {
    vpc,
    description: 'The bot, the workers and the functions: they call out over HTTPS and are called by nobody',
    allowAllOutbound: false,
  });
  programs.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'AWS, Slack and the language model');
  const warehouse = new SecurityGroup(scope, 'WarehouseGroup', {
    vpc,
    description: 'The warehouse: asked through the Data API only, so no port is open',
    allowAllOutbound: false,
  });
  const endpoints = new SecurityGroup(scope, 'EndpointsGroup', {
    vpc,
    description: 'Endpoints of AWS services inside the network',
    allowAllOutbound: false,
  });
  endpoints.addIngressRule(programs, Port.tcp(443), 'From our own programs');
  const services = {
    RedshiftData: InterfaceVpcEndpointAwsService.REDSHIFT_DATA,
    SecretsManager: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
    StepFunctions: InterfaceVpcEndpointAwsService.STEP_FUNCTIONS,
    Kinesis: InterfaceVpcEndpointAwsService.KINESIS_STREAMS,
    Logs: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS,
    Sns: InterfaceVpcEndpointAwsService.SNS,
  };
  for (const [id, service] of Object.entries(services)) {
    // One zone each: an endpoint costs by zone and hour, and the way out stands in when it fails.
    vpc.addInterfaceEndpoint(id, {
      service,
      securityGroups: [endpoints],
      open: false,
      subnets: { subnets: vpc.privateSubnets.slice(0, 1) },
    });
  }
  acknowledge(endpoints, {
    EC23: 'The only rule is from the group of our own programs; the check cannot follow the reference.',
  });
  return { vpc, programs, warehouse };
}
