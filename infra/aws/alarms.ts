import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { DataStack } from './data-stack.ts';
import type { EventsDoor } from './events-door.ts';
import type { FailureQueues } from './failure-queues.ts';
import type { Functions } from './functions.ts';
import { pascal } from './log-group.ts';
import { FUNCTION_NAMES, type Names } from './names.ts';
import type { Pipeline } from './pipeline.ts';
import type { Programs } from './programs.ts';

type Watched = {
  /** Also the heading of its runbook in runbooks.md. */
  name: string;
  description: string;
  metric: IMetric;
  above: number;
  /** Of five minutes each. */
  periods?: number;
  /** Alarm when the value is below instead, and when nothing is told. */
  below?: boolean;
};

/** One alarm for each way in which something can fail, all into one topic; a test holds that each has a runbook. */
export function addAlarms(
  scope: Construct,
  names: Names,
  parts: {
    data: DataStack;
    functions: Functions;
    pipeline: Pipeline;
    programs: Programs;
    door: EventsDoor;
    queues: FailureQueues;
    topic: Topic;
  },
): Alarm[] {
  const watched = [
    ...pipelineAlarms(parts.pipeline),
    ...functionAlarms(parts.functions),
    ...eventAlarms(parts),
    ...programAlarms(parts.programs),
    ...dataAlarms(names, parts.data),
  ];
  return watched.map((each) => addAlarm(scope, names, each, parts.topic));
}

const FIVE_MINUTES = { period: Duration.minutes(5) };
const SUM = { ...FIVE_MINUTES, statistic: 'sum' };

function pipelineAlarms({ machine, activities }: Pipeline): Watched[] {
  return [
    {
      name: 'run-failed',
      description: 'A run of the pipeline failed',
      metric: machine.metricFailed(SUM),
      above: 0,
    },
    {
      name: 'run-stuck',
      description: 'A run took longer than a day and was stopped',
      metric: machine.metricTimedOut(SUM),
      above: 0,
    },
    {
      name: 'run-throttled',
      description: 'Step Functions holds runs back',
      metric: machine.metricThrottled(SUM),
      above: 0,
      periods: 3,
    },
    ...Object.entries(activities).map(([task, activity]) => ({
      name: `no-worker-${task.toLowerCase()}`,
      description: `A task of ${task} waits for a worker for more than ten minutes`,
      metric: activity.metricScheduleTime({ ...FIVE_MINUTES, statistic: 'max' }),
      above: 600_000,
    })),
    ...Object.entries(activities).map(([task, activity]) => ({
      name: `worker-silent-${task.toLowerCase()}`,
      description: `A worker at ${task} gave no sign of life`,
      metric: activity.metricHeartbeatTimedOut(SUM),
      above: 0,
    })),
  ];
}

function functionAlarms(functions: Functions): Watched[] {
  return FUNCTION_NAMES.flatMap((name) => [
    {
      name: `function-errors-${name}`,
      description: `The function ${name} failed`,
      metric: functions[name].metricErrors(SUM),
      above: 0,
      periods: 2,
    },
    {
      name: `function-throttled-${name}`,
      description: `Calls of the function ${name} are held back`,
      metric: functions[name].metricThrottles(SUM),
      above: 0,
      periods: 3,
    },
  ]);
}

function eventAlarms(parts: {
  functions: Functions;
  door: EventsDoor;
  queues: FailureQueues;
  data: DataStack;
}): Watched[] {
  const { functions, door, queues, data } = parts;
  return [
    {
      name: 'events-late',
      description: 'Events wait in the stream for more than ten minutes',
      metric: functions['events-kinesis'].metric('IteratorAge', { ...FIVE_MINUTES, statistic: 'max' }),
      above: 600_000,
    },
    {
      name: 'events-set-aside',
      description: 'Records of the stream could not be stored',
      metric: queues.records.metricApproximateNumberOfMessagesVisible({ ...FIVE_MINUTES, statistic: 'max' }),
      above: 0,
    },
    {
      name: 'calls-failed',
      description: 'A file, the end of a run or the clock could not be acted upon',
      metric: queues.calls.metricApproximateNumberOfMessagesVisible({ ...FIVE_MINUTES, statistic: 'max' }),
      above: 0,
    },
    {
      name: 'events-door-fails',
      description: 'The door for events answers with errors of ours',
      metric: door.api.metricServerError(SUM),
      above: 5,
      periods: 2,
    },
    {
      name: 'events-door-refuses',
      description: 'Many requests of senders are refused',
      metric: door.api.metricClientError(SUM),
      above: 100,
      periods: 3,
    },
    {
      name: 'events-refused-by-stream',
      description: 'The stream takes no more events',
      metric: data.stream.metricPutRecordsThrottledRecords(SUM),
      above: 0,
      periods: 2,
    },
  ];
}

function programAlarms({ cluster, bot, workers }: Programs): Watched[] {
  return [bot, workers].flatMap((service) => {
    const short = service === bot ? 'bot' : 'workers';
    const dimensionsMap = { ClusterName: cluster.clusterName, ServiceName: service.serviceName };
    return [
      {
        name: `${short}-down`,
        description: `None of the ${short} runs`,
        metric: new Metric({
          namespace: 'ECS/ContainerInsights',
          metricName: 'RunningTaskCount',
          dimensionsMap,
          ...FIVE_MINUTES,
          statistic: 'min',
        }),
        above: 1,
        below: true,
        periods: 2,
      },
      {
        name: `${short}-memory`,
        description: `The ${short} are short of memory`,
        metric: service.metricMemoryUtilization({ ...FIVE_MINUTES, statistic: 'max' }),
        above: 90,
        periods: 3,
      },
    ];
  });
}

function dataAlarms(names: Names, data: DataStack): Watched[] {
  const warehouse = (metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/Redshift-Serverless',
      metricName,
      dimensionsMap: { Workgroup: names.workgroup },
      ...FIVE_MINUTES,
      statistic,
    });
  const ours = (metricName: string, statistic = 'sum') =>
    new Metric({ namespace: names.metrics, metricName, ...FIVE_MINUTES, statistic });
  return [
    {
      name: 'warehouse-queue',
      description: 'Queries wait in the warehouse',
      metric: warehouse('QueriesQueuedPerSecond', 'avg'),
      above: 1,
      periods: 3,
    },
    {
      name: 'warehouse-cost',
      description: 'The warehouse is near the RPU hours that a day may cost; past them it refuses queries',
      metric: warehouse('ComputeSeconds', 'sum'),
      above: 4 * 3_600,
      periods: 3,
    },
    {
      name: 'warehouse-differs',
      description: 'The warehouse is not as Git says',
      metric: ours('WarehouseDifferences', 'max'),
      above: 0,
    },
    {
      name: 'events-differ',
      description: 'What came as events differs between raw objects, invoice table and warehouse',
      metric: ours('EventDifferences', 'max'),
      above: 0,
    },
    {
      name: 'statements-fail',
      description: 'Many statements fail in the warehouse',
      metric: ours('WarehouseErrors'),
      above: 10,
      periods: 2,
    },
    {
      name: 'answers-fail',
      description: 'Questions end in a fault of ours',
      metric: ours('AnswerFaults'),
      above: 3,
      periods: 2,
    },
    ...(['runs', 'events', 'invoices', 'category_kpis'] as const).map((table) => ({
      name: `records-throttled-${table}`,
      description: `The table ${table} holds requests back`,
      metric: new Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'ThrottledRequests',
        dimensionsMap: { TableName: data.tables[table].tableName },
        ...SUM,
      }),
      above: 0,
      periods: 2,
    })),
    {
      name: 'backup-failed',
      description: 'A nightly backup failed',
      metric: new Metric({
        namespace: 'AWS/Backup',
        metricName: 'NumberOfBackupJobsFailed',
        dimensionsMap: { BackupVaultName: `${names.prefix}-vault` },
        period: Duration.hours(1),
        statistic: 'sum',
      }),
      above: 0,
    },
  ];
}

function addAlarm(scope: Construct, names: Names, watched: Watched, topic: Topic): Alarm {
  const { name, description, metric, above, periods = 1, below = false } = watched;
  const alarm = new Alarm(scope, `Alarm${pascal(name)}`, {
    alarmName: `${names.prefix}-${name}`,
    alarmDescription: `${description}. What to do: infra/aws/runbooks.md, ${name}.`,
    metric,
    threshold: above,
    evaluationPeriods: periods,
    comparisonOperator: below
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  alarm.addOkAction(new SnsAction(topic));
  return alarm;
}
