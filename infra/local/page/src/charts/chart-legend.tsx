import { colour } from './scales.ts';

export function ChartLegend({ names }: { names: string[] }) {
  return (
    <ul className="legend">
      {names.map((name, index) => (
        <li key={name}>
          <span className="legend-mark" style={{ background: colour(index) }} aria-hidden="true" />
          {name}
        </li>
      ))}
    </ul>
  );
}
