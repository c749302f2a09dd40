import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { Resvg } from '@resvg/resvg-js';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import type { ChartSpec } from '../domain/answer.ts';
import type { ResultTable } from '../domain/result-table.ts';
import type { Trend } from '../ports/chart-drawer.ts';
import { trendsSvg } from './trends-svg.ts';
import { vegaChartSpec } from './vega-chart-spec.ts';

export type ChartRequest =
  | { id: number; spec: ChartSpec; table: ResultTable }
  | { id: number; trends: Trend[] };
export type ChartReply = { id: number; png: Uint8Array } | { id: number; error: string };

const FONTS = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');

parentPort?.on('message', (request: ChartRequest) => {
  draw(request).then(
    (png) => parentPort?.postMessage({ id: request.id, png } satisfies ChartReply),
    (thrown: unknown) =>
      parentPort?.postMessage({ id: request.id, error: String(thrown) } satisfies ChartReply),
  );
});

/** Without a TTF all text would vanish without a word, so the fonts are ours and the system's are not read. */
async function draw(request: ChartRequest): Promise<Uint8Array> {
  const svg = 'trends' in request ? trendsSvg(request.trends) : await chartSvg(request.spec, request.table);
  const picture = new Resvg(svg, {
    fitTo: { mode: 'width', value: 1100 },
    font: {
      loadSystemFonts: false,
      fontFiles: [join(FONTS, 'DejaVuSans.ttf'), join(FONTS, 'DejaVuSans-Bold.ttf')],
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return picture.render().asPng();
}

async function chartSvg(spec: ChartSpec, table: ResultTable): Promise<string> {
  const view = new View(parse(compile(vegaChartSpec(spec, table)).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}
