import { type Axes, colour, compactNumber, exactNumber, niceTicks, type Series } from './scales.ts';
import { useWidth } from './use-width.ts';

const HEIGHT = 236;
const MARGIN = { left: 52, right: 14, top: 12 };

type Props = { kind: 'bar' | 'line' | 'area'; title: string; series: Series[]; axes: Axes };

/** Bars in groups, lines, or areas over the same axes. */
export function XyChart({ kind, title, series, axes }: Props) {
  const { categories } = axes;
  const [box, width] = useWidth(640);
  const pad = { ...MARGIN, bottom: axes.x_label ? 44 : 26, left: axes.y_label ? 60 : 46 };
  const ticks = niceTicks(series.flatMap((each) => each.data.map((point) => point.value)));
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  const plot = { width: width - pad.left - pad.right, height: HEIGHT - pad.top - pad.bottom };
  const band = plot.width / Math.max(categories.length, 1);
  const x = (index: number) => pad.left + band * (index + 0.5);
  const y = (value: number) => pad.top + plot.height * (1 - (value - low) / (high - low || 1));
  const every = Math.ceil((longest(categories) * 6.4 + 10) / band);

  return (
    <div ref={box}>
      <svg className="chart-picture" viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={title}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              x1={pad.left}
              x2={width - pad.right}
              y1={y(tick)}
              y2={y(tick)}
              className={tick === 0 ? 'axis' : 'grid'}
            />
            <text x={pad.left - 8} y={y(tick) + 4} textAnchor="end" className="tick">
              {compactNumber(tick)}
            </text>
          </g>
        ))}
        {categories.map((category, index) =>
          index % every === 0 ? (
            <text
              key={category}
              x={x(index)}
              y={HEIGHT - pad.bottom + 18}
              textAnchor="middle"
              className="tick"
            >
              {category}
            </text>
          ) : null,
        )}
        {axes.x_label && (
          <text x={pad.left + plot.width / 2} y={HEIGHT - 6} textAnchor="middle" className="axis-title">
            {axes.x_label}
          </text>
        )}
        {axes.y_label && (
          <text
            x={12}
            y={pad.top + plot.height / 2}
            textAnchor="middle"
            className="axis-title"
            transform={`rotate(-90 12 ${pad.top + plot.height / 2})`}
          >
            {axes.y_label}
          </text>
        )}
        {series.map((each, index) =>
          kind === 'bar' ? (
            <Bars key={each.name} {...{ each, index, of: series.length, categories, band, x, y }} />
          ) : (
            <Line key={each.name} filled={kind === 'area'} {...{ each, index, categories, x, y }} />
          ),
        )}
      </svg>
    </div>
  );
}

type Scales = {
  each: Series;
  index: number;
  categories: string[];
  x: (index: number) => number;
  y: (value: number) => number;
};

function Bars({ each, index, of, categories, band, x, y }: Scales & { of: number; band: number }) {
  const width = Math.min((band * 0.72) / of, 46);
  return (
    <g fill={colour(index)}>
      {each.data.map((point) => {
        const left = x(categories.indexOf(point.label)) + (index - of / 2) * width;
        const top = Math.min(y(point.value), y(0));
        return (
          <rect
            key={point.label}
            x={left + 1}
            y={top}
            width={Math.max(width - 2, 1)}
            height={Math.max(Math.abs(y(point.value) - y(0)), 1)}
            rx={2}
          >
            <title>{`${each.name}, ${point.label}: ${exactNumber(point.value)}`}</title>
          </rect>
        );
      })}
    </g>
  );
}

function Line({ each, index, categories, x, y, filled }: Scales & { filled: boolean }) {
  const points = each.data.map((point) => [x(categories.indexOf(point.label)), y(point.value)] as const);
  const path = points
    .map(([left, top], at) => `${at === 0 ? 'M' : 'L'}${left.toFixed(1)} ${top.toFixed(1)}`)
    .join(' ');
  const [first, last] = [points[0], points.at(-1)];
  return (
    <g>
      {filled && first && last && (
        <path d={`${path} L${last[0]} ${y(0)} L${first[0]} ${y(0)} Z`} fill={colour(index)} opacity={0.16} />
      )}
      <path
        d={path}
        fill="none"
        stroke={colour(index)}
        strokeWidth={2.25}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {each.data.map((point, at) => (
        <circle
          key={point.label}
          cx={points[at]?.[0]}
          cy={points[at]?.[1]}
          r={3.25}
          fill="#fff"
          stroke={colour(index)}
          strokeWidth={2}
        >
          <title>{`${each.name}, ${point.label}: ${exactNumber(point.value)}`}</title>
        </circle>
      ))}
    </g>
  );
}

function longest(labels: readonly string[]): number {
  return Math.max(1, ...labels.map((label) => label.length));
}
