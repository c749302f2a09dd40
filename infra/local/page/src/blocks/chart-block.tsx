import { ChartLegend } from '../charts/chart-legend.tsx';
import { PieChart } from '../charts/pie-chart.tsx';
import { type Axes, exactNumber, type Series } from '../charts/scales.ts';
import { XyChart } from '../charts/xy-chart.tsx';
import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';

type Chart = {
  type: 'pie' | 'bar' | 'line' | 'area';
  segments?: { label: string; value: number }[];
  series?: Series[];
  axis_config?: Axes;
};

/** Slack's own chart block, drawn as SVG with the same figures in a table for screen readers. */
export function ChartBlock({ block }: { block: Json }) {
  const chart = block.chart as Chart;
  const series = chart.series ?? [];
  return (
    <figure className="chart">
      <figcaption>{asText(block.title)}</figcaption>
      {chart.type === 'pie' ? (
        <PieChart title={asText(block.title)} segments={chart.segments ?? []} />
      ) : (
        <>
          <XyChart
            kind={chart.type}
            title={asText(block.title)}
            series={series}
            axes={chart.axis_config ?? { categories: [] }}
          />
          {series.length > 1 && <ChartLegend names={series.map((each) => each.name)} />}
          <FiguresTable series={series} categories={chart.axis_config?.categories ?? []} />
        </>
      )}
    </figure>
  );
}

function FiguresTable({ series, categories }: { series: Series[]; categories: string[] }) {
  return (
    <table className="visually-hidden">
      <thead>
        <tr>
          <th>Label</th>
          {series.map((each) => (
            <th key={each.name}>{each.name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {categories.map((category) => (
          <tr key={category}>
            <th>{category}</th>
            {series.map((each) => (
              <td key={each.name}>{spoken(each.data.find((point) => point.label === category)?.value)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A figure as it is read aloud; nothing where there is none. */
function spoken(value: number | undefined): string {
  return value === undefined ? '' : exactNumber(value);
}
