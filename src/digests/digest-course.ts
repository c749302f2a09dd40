import type { Day } from '../domain/day.ts';
import { dayInWords } from '../domain/period.ts';
import type { Digest } from './digest.ts';
import type { KpiValues } from './read-kpis.ts';

/** Slack's own chart takes twenty points. */
const POINTS = 20;

/** The first KPI's last days against the same weekday a week before. */
export function courseOf(kpis: KpiValues[], day: Day, title: string): Digest['course'] {
  const [kpi] = kpis;
  const days = kpi?.days.slice(-POINTS) ?? [];
  if (!kpi || days.filter((each) => each.value !== null).length < 2) return null;
  const before = new Map(kpi.days.map((each, index) => [kpi.days[index + 7]?.day, each.value]));
  const unitLabel = kpi.unit.kind === 'money' ? (kpi.unit.of ?? 'money') : kpi.label;
  return {
    table: {
      columns: [
        { name: 'day', label: 'Day', type: 'date' },
        { name: 'value', label: kpi.label, type: 'decimal', unit: kpi.unit },
        { name: 'week_before', label: 'A week before', type: 'decimal', unit: kpi.unit },
      ],
      rows: days.map((each) => [each.day, each.value, before.get(each.day) ?? null]),
      truncated: false,
    },
    chart: {
      kind: 'line',
      title: `${kpi.label} per day, ${title}`.slice(0, 50),
      x: 'day',
      y: ['value', 'week_before'],
      series: null,
      unitLabel,
      source: `Plumbline, through ${dayInWords(day)}`,
    },
  };
}
