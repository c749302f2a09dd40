import { colour, exactNumber } from './scales.ts';

type Segment = { label: string; value: number };

const RADIUS = 92;
const HOLE = 52;

/** A ring of shares, with name, figure and share beside it. */
export function PieChart({ title, segments }: { title: string; segments: Segment[] }) {
  const total = segments.reduce((sum, segment) => sum + segment.value, 0) || 1;
  let turned = 0;
  return (
    <div className="pie">
      <svg viewBox="-100 -100 200 200" role="img" aria-label={title}>
        {segments.map((segment, index) => {
          const from = turned;
          turned += segment.value / total;
          return (
            <path
              key={segment.label}
              d={slice(from, turned)}
              fill={colour(index)}
              stroke="#fff"
              strokeWidth={1.5}
            >
              <title>{`${segment.label}: ${exactNumber(segment.value)}`}</title>
            </path>
          );
        })}
      </svg>
      <table className="pie-figures">
        <tbody>
          {segments.map((segment, index) => (
            <tr key={segment.label}>
              <th scope="row">
                <span className="legend-mark" style={{ background: colour(index) }} aria-hidden="true" />
                {segment.label}
              </th>
              <td className="number">{exactNumber(segment.value)}</td>
              <td className="number share">{((segment.value / total) * 100).toFixed(1)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function slice(from: number, to: number): string {
  const whole = to - from > 0.9999;
  const end = whole ? from + 0.9999 : to;
  const large = end - from > 0.5 ? 1 : 0;
  const at = (share: number, radius: number) => {
    const angle = share * 2 * Math.PI - Math.PI / 2;
    return `${(Math.cos(angle) * radius).toFixed(2)} ${(Math.sin(angle) * radius).toFixed(2)}`;
  };
  return `M${at(from, RADIUS)} A${RADIUS} ${RADIUS} 0 ${large} 1 ${at(end, RADIUS)} L${at(end, HOLE)} A${HOLE} ${HOLE} 0 ${large} 0 ${at(from, HOLE)} Z`;
}
