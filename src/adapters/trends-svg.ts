import type { Trend } from '../ports/chart-drawer.ts';

const CELL = { width: 340, height: 150, across: 3 };
const LINE = { left: 20, top: 88, width: 300, height: 46 };
const INK = '#1f2a44';
const QUIET = '#5a6577';
const ACCENT = '#0f766e';

/** Figures three in a row, each with its name and its course; the last point is the figure. */
export function trendsSvg(trends: Trend[]): string {
  const rows = Math.max(1, Math.ceil(trends.length / CELL.across));
  const [width, height] = [
    CELL.width * Math.min(CELL.across, Math.max(1, trends.length)),
    CELL.height * rows,
  ];
  const cells = trends.map((trend, index) => {
    const x = CELL.width * (index % CELL.across);
    const y = CELL.height * Math.floor(index / CELL.across);
    return `<g transform="translate(${x} ${y})">${cell(trend)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans"><rect width="100%" height="100%" fill="#ffffff"/>${cells.join('')}</svg>`;
}

function cell({ label, value, values }: Trend): string {
  return [
    `<text x="${LINE.left}" y="34" font-size="19" fill="${QUIET}">${escaped(label)}</text>`,
    `<text x="${LINE.left}" y="70" font-size="29" font-weight="bold" fill="${INK}">${escaped(value)}</text>`,
    course(values),
  ].join('');
}

function course(values: number[]): string {
  if (values.length < 2) return '';
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const points = values.map((value, index) => {
    const x = LINE.left + (LINE.width * index) / (values.length - 1);
    const y = LINE.top + LINE.height * (1 - (high === low ? 0.5 : (value - low) / (high - low)));
    return [x.toFixed(1), y.toFixed(1)] as const;
  });
  const line = points.map(([x, y]) => `${x},${y}`).join(' ');
  const bottom = LINE.top + LINE.height;
  const [endX, endY] = points.at(-1) ?? ['0', '0'];
  return [
    `<polygon points="${LINE.left},${bottom} ${line} ${LINE.left + LINE.width},${bottom}" fill="${ACCENT}" fill-opacity="0.12"/>`,
    `<polyline points="${line}" fill="none" stroke="${ACCENT}" stroke-width="3" stroke-linejoin="round" stroke-linecap="round"/>`,
    `<circle cx="${endX}" cy="${endY}" r="5" fill="${ACCENT}"/>`,
  ].join('');
}

function escaped(text: string): string {
  return text.slice(0, 40).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
