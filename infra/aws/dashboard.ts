import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  LogQueryWidget,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { DataStack } from './data-stack.ts';
import type { EventsDoor } from './events-door.ts';
import type { Functions } from './functions.ts';
import type { Names } from './names.ts';
import type { Pipeline } from './pipeline.ts';

/** One page: what is wrong, how runs go, how questions go, how events go, what the warehouse works. */
export function addDashboard(
  scope: Construct,
  names: Names,
  parts: { data: DataStack; functions: Functions; pipeline: Pipeline; door: EventsDoor; alarms: Alarm[] },
): Dashboard {
  const { data, functions, pipeline, door, alarms } = parts;
  const dashboard = new Dashboard(scope, 'Dashboard', {
    dashboardName: names.prefix,
    defaultInterval: Duration.days(1),
  });
  const ours = (metricName: string, statistic = 'sum'): IMetric =>
    new Metric({ namespace: names.metrics, metricName, statistic, period: Duration.minutes(5) });
  const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
    new GraphWidget({ title, left, right, width: 12 });
  dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 6 }));
  dashboard.addWidgets(
    graph(
      'Runs',
      [pipeline.machine.metricSucceeded(), pipeline.machine.metricFailed(), pipeline.machine.metricStarted()],
      [pipeline.machine.metricTime()],
    ),
    graph(
      'Questions',
      [ours('Answers'), ours('AnswerFaults')],
      [ours('AnswerMillis', 'p50'), ours('AnswerMillis', 'p95')],
    ),
  );
  dashboard.addWidgets(
    graph(
      'Events',
      [data.stream.metricIncomingRecords(), door.api.metricCount()],
      [functions['events-kinesis'].metric('IteratorAge', { statistic: 'max' })],
    ),
    graph(
      'Warehouse',
      [ours('WarehouseMillis', 'p95')],
      [
        new Metric({
          namespace: 'AWS/Redshift-Serverless',
          metricName: 'ComputeCapacity',
          dimensionsMap: { Workgroup: names.workgroup },
          statistic: 'max',
        }),
      ],
    ),
  );
  dashboard.addWidgets(
    new LogQueryWidget({
      title: 'What went wrong last',
      width: 24,
      logGroupNames: [names.logGroup('bot'), names.logGroup('workers')],
      queryLines: [
        'fields @timestamp, msg, err.code, run, question',
        'filter level >= 50',
        'sort @timestamp desc',
        'limit 20',
      ],
    }),
  );
  return dashboard;
}
