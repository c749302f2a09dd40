import type { DashboardChange } from '../../../../../src/dashboard/dashboard.ts';

const WIDTH = 200;
const PAD = 4;

/** The course of a figure; the last point is the value beside it. */
export function Sparkline({
  values,
  label,
  small = false,
}: {
  values: number[];
  label: string;
  small?: boolean;
}) {
  if (values.length < 2) return null;
  const height = small ? 28 : 48;
  const low = Math.min(...values);
  const high = Math.max(...values);
  const x = (index: number) => PAD + ((WIDTH - 2 * PAD) * index) / (values.length - 1);
  const y = (value: number) => height - PAD - ((height - 2 * PAD) * (value - low)) / (high - low || 1);
  const line = values
    .map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
    .join(' ');
  const last = values.length - 1;
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${WIDTH} ${height}`}
      style={{ height }}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path d={`${line} L${x(last)} ${height} L${x(0)} ${height} Z`} className="sparkline-area" />
      <path d={line} className="sparkline-line" vectorEffect="non-scaling-stroke" />
      <path
        d={`M${x(last)} ${y(values[last] ?? 0)} h0.01`}
        className="sparkline-end"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

const SIGNS = { up: '▲', down: '▼', level: '■' } as const;

/** 'up 12.0% on the day before'; brief leaves out against what, where the table's head says it. */
export function ChangeWords({ change, brief = false }: { change: DashboardChange; brief?: boolean }) {
  const { direction, size, against } = change;
  return (
    <p className={`dash-change dash-${direction}`}>
      <span aria-hidden="true">{SIGNS[direction]}</span>{' '}
      {direction === 'level' ? 'level' : `${brief ? '' : direction} ${size}`}
      {brief ? <span className="visually-hidden"> {direction}</span> : <small> {against}</small>}
    </p>
  );
}
