import type { Dashboard, DashboardChange, DashboardPart } from '../dashboard/dashboard.ts';
import { type Block, context, cut, plain, section } from './block.ts';
import { escapeMrkdwn } from './escape.ts';
import { sparkline } from './kpi-blocks.ts';
import { RUN_SIGNS } from './run-words.ts';
import type { Said } from './said-in.ts';
import { DASHBOARD_WORDS } from './telling-words.ts';

const MOST_PARTS = 5;

/** Tiles with their course, the parts of the business, what is not as usual, and how the data is doing, for the Home tab. */
export function dashboardBlocks(dashboard: Dashboard, said: Said, picture: Block | null = null): Block[] {
  return [
    ...tileBlocks(dashboard, picture),
    ...partBlocks('branch', DASHBOARD_WORDS.branches, dashboard.branches),
    ...partBlocks('category', DASHBOARD_WORDS.categories, dashboard.categories),
    ...alertBlocks(dashboard),
    ...dataBlocks(dashboard, said),
    ...findingBlocks(dashboard),
    ...usageBlocks(dashboard),
  ];
}

/** With the courses in a picture, or as bars of text. */
function tileBlocks(dashboard: Dashboard, picture: Block | null): Block[] {
  if (dashboard.why) return [section('no-kpis', dashboard.why)];
  const fields = dashboard.tiles
    .slice(0, 10)
    .map((tile) =>
      field(tile.label, [
        tile.value,
        ...(picture ? [] : [sparkline(tile.days.slice(-14).map(({ value }) => String(value)))]),
        ...tile.changes.map(changeInWords),
        ...(tile.note ? [tile.note] : []),
      ]),
    );
  return [
    ...(fields.length > 0 ? [{ type: 'section', block_id: 'kpis', fields }] : []),
    ...(picture ? [picture] : []),
    ...context('kpi-day', [DASHBOARD_WORDS.tilesOf(dashboard.of, dashboard.dayInWords, picture !== null)]),
  ];
}

function partBlocks(id: string, title: string, parts: DashboardPart[]): Block[] {
  if (parts.length < 2) return [];
  const fields = parts
    .slice(0, MOST_PARTS)
    .map((part) =>
      field(part.name, [
        `${part.shown}  ${sparkline(part.course.slice(-14).map(String))}`,
        ...(part.change ? [changeInWords(part.change)] : []),
      ]),
    );
  const more = parts.length - fields.length;
  return [
    header(`${id}-title`, title),
    { type: 'section', block_id: `${id}-parts`, fields },
    ...context(`${id}-more`, [DASHBOARD_WORDS.parts(more)]),
  ];
}

function alertBlocks({ alerts }: Dashboard): Block[] {
  if (alerts.length === 0) return [];
  const lines = alerts.map(({ headline, since, acknowledgedBy }) =>
    DASHBOARD_WORDS.alert(headline, since, acknowledgedBy !== null),
  );
  return [header('alerts-title', DASHBOARD_WORDS.alerts), section('alerts', lines.join('\n'))];
}

function dataBlocks({ pipelines }: Dashboard, said: Said): Block[] {
  if (!pipelines) return [];
  const runs = pipelines.runs
    .slice(0, 5)
    .map((run) =>
      DASHBOARD_WORDS.run(
        RUN_SIGNS[run.outcome],
        run.feed,
        run.outcome.replaceAll('-', ' '),
        said.count(run.loaded),
        said.count(run.refused),
        said.at(run.at),
        run.undone,
      ),
    );
  return [
    { type: 'divider' },
    header('run-title', DASHBOARD_WORDS.data),
    section(
      'freshness',
      pipelines.lateSentences.length > 0
        ? pipelines.lateSentences.map((each) => `🕗 ${each}`).join('\n')
        : DASHBOARD_WORDS.onTime(pipelines.feeds.length),
    ),
    section('runs', runs.length > 0 ? runs.join('\n') : DASHBOARD_WORDS.noRuns),
  ];
}

function findingBlocks({ findings }: Dashboard): Block[] {
  if (!findings) return [];
  if (findings.length === 0) return context('findings', [DASHBOARD_WORDS.noFindings]);
  return [
    header('findings-title', DASHBOARD_WORDS.findings),
    section(
      'findings',
      findings.map(({ severity, sentence }) => `${severity === 'error' ? '❌' : '⚠️'} ${sentence}`).join('\n'),
    ),
  ];
}

function usageBlocks({ usage: { whose, usage } }: Dashboard): Block[] {
  const { totals } = usage;
  if (totals.questions === 0) return [];
  return [
    { type: 'divider' },
    header('usage-title', whose === 'company' ? DASHBOARD_WORDS.usage : DASHBOARD_WORDS.ownUsage),
    {
      type: 'section',
      block_id: 'usage',
      fields: [
        ...(whose === 'company' ? [field('People', [String(totals.people)])] : []),
        field('Questions', [String(totals.questions)]),
        field('Answered', [
          totals.answeredShare === null ? '–' : `${(totals.answeredShare * 100).toFixed(1)}%`,
        ]),
        field('Marked right, wrong', [`${totals.right}, ${totals.wrong}`]),
        field('Usual time', [totals.p50Ms === null ? '–' : `${totals.p50Ms} ms`]),
        field('Time saved, estimated', [`${(totals.minutesSaved / 60).toFixed(1)} h`]),
      ],
    },
    ...context('usage-note', [usage.assumption]),
  ];
}

function changeInWords({ direction, size, against }: DashboardChange): string {
  const signs = { up: '▲ up', down: '▼ down', level: '■ level' } as const;
  return `${signs[direction]}${direction === 'level' ? '' : ` ${size}`} ${against}`;
}

function header(id: string, text: string): Block {
  return { type: 'header', block_id: id, text: plain(text, 150) };
}

function field(name: string, lines: string[]): Record<string, unknown> {
  const text = [`*${escapeMrkdwn(name)}*`, ...lines.map(escapeMrkdwn)].join('\n');
  return { type: 'mrkdwn', verbatim: true, text: cut(text, 2000) };
}
