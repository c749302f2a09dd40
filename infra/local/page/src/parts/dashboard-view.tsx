import { useEffect, useState } from 'react';
import type { Dashboard } from '../../../../../src/dashboard/dashboard.ts';
import { useActions } from '../actions.ts';
import { ChangeWords, Sparkline } from './sparkline.tsx';

/** How the business, the data and Plumbline are doing, as far as this person may see; the same as the Home tab in Slack. */
export function DashboardView() {
  const { state } = useActions();
  const { dashboard, failed, reload } = useDashboard(state.me.id);
  return (
    <main className="main">
      <header className="channel-head">
        <div>
          <h1>Dashboard</h1>
          <p>
            {dashboard?.dayInWords ? `${dashboard.of}, ${dashboard.dayInWords}` : 'Figures, data and use'}
          </p>
        </div>
        <button type="button" className="button" onClick={reload}>
          Refresh
        </button>
      </header>
      <div className="dashboard" aria-busy={!dashboard && !failed}>
        {failed && (
          <div className="empty-list" role="alert">
            <strong>The dashboard could not be read</strong>
            <p>Plumbline may be starting. Press Refresh in a moment.</p>
          </div>
        )}
        {!dashboard && !failed && <div className="empty-list">One moment ...</div>}
        {dashboard && <Panels dashboard={dashboard} />}
      </div>
    </main>
  );
}

function Panels({ dashboard }: { dashboard: Dashboard }) {
  return (
    <>
      <Tiles dashboard={dashboard} />
      {dashboard.alerts.length > 0 && <Alerts dashboard={dashboard} />}
      <div className="dash-columns">
        {dashboard.branches.length > 1 && <Parts title="Branches" parts={dashboard.branches} />}
        {dashboard.categories.length > 1 && <Parts title="Categories" parts={dashboard.categories} />}
      </div>
      {dashboard.pipelines && <Pipelines pipelines={dashboard.pipelines} />}
      <div className="dash-columns">
        {dashboard.findings && <Findings findings={dashboard.findings} />}
        <UsagePanel usage={dashboard.usage} />
      </div>
    </>
  );
}

function Tiles({ dashboard }: { dashboard: Dashboard }) {
  if (dashboard.why) return <p className="dash-note">{dashboard.why}</p>;
  return (
    <section aria-labelledby="dash-tiles">
      <h2 id="dash-tiles" className="visually-hidden">
        Figures of {dashboard.dayInWords}
      </h2>
      <ul className="dash-tiles">
        {dashboard.tiles.map((tile) => (
          <li key={tile.label} className="dash-tile">
            <h3>{tile.label}</h3>
            <p className="dash-figure">{tile.value}</p>
            <Sparkline
              values={tile.days.map(({ value }) => value)}
              label={`${tile.label}, the last ${tile.days.length} days: ${tile.days[0]?.shown} to ${tile.days.at(-1)?.shown}`}
            />
            {tile.changes.map((change) => (
              <ChangeWords key={change.against} change={change} />
            ))}
            {tile.note && <p className="dash-small">{tile.note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Parts({ title, parts }: { title: string; parts: Dashboard['branches'] }) {
  const [all, setAll] = useState(false);
  const most = Math.max(...parts.map(({ value }) => value), 1);
  const shown = all ? parts : parts.slice(0, 8);
  return (
    <section className="dash-panel" aria-label={title}>
      <h2>{title}</h2>
      <p className="dash-small">Revenue of the last seven days, against the seven before</p>
      <table className="dash-parts">
        <thead className="visually-hidden">
          <tr>
            <th>Name</th>
            <th>Revenue</th>
            <th>Course</th>
            <th>Change</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((part) => (
            <tr key={part.name}>
              <th scope="row">
                <span>{part.name}</span>
                <span className="dash-bar" aria-hidden="true">
                  <span style={{ width: `${(100 * part.value) / most}%` }} />
                </span>
              </th>
              <td className="dash-number">{part.shown}</td>
              <td className="dash-course">
                <Sparkline values={part.course} label={`${part.name}, the last 28 days`} small />
              </td>
              <td className="dash-number">
                {part.change ? <ChangeWords change={part.change} brief /> : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {parts.length > 8 && (
        <button type="button" className="dash-more" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${parts.length}`}
        </button>
      )}
    </section>
  );
}

const STATES = {
  'on-time': ['good', 'On time'],
  unknown: ['plain', 'Loaded'],
  running: ['busy', 'Loading'],
  late: ['warn', 'Late'],
  missing: ['bad', 'Missing'],
  failing: ['bad', 'Failing'],
  smaller: ['warn', 'Few rows'],
  larger: ['warn', 'Many rows'],
} as const;

const OUTCOMES = {
  loaded: ['good', 'Loaded'],
  'partly-refused': ['warn', 'Loaded in part'],
  failed: ['bad', 'Failed'],
  duplicate: ['plain', 'Loaded before'],
  running: ['busy', 'Going on'],
} as const;

function Pipelines({ pipelines }: { pipelines: NonNullable<Dashboard['pipelines']> }) {
  return (
    <section className="dash-panel" aria-labelledby="dash-pipelines">
      <h2 id="dash-pipelines">Data</h2>
      {pipelines.lateSentences.length > 0 && (
        <ul className="dash-late">
          {pipelines.lateSentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <ul className="dash-feeds">
        {pipelines.feeds.map(({ feed, state, saying }) => (
          <li key={feed} className={`dash-feed dash-${STATES[state][0]}`}>
            <strong>{feed.replaceAll('_', ' ')}</strong>
            <span className="dash-state">
              <Dot kind={STATES[state][0]} /> {STATES[state][1]}
            </span>
            <small>{saying}</small>
          </li>
        ))}
      </ul>
      {pipelines.feeds.length === 0 && <p className="dash-note">No files have been loaded yet.</p>}
      {pipelines.runs.length > 0 && (
        <div className="dash-scroll">
          <table className="dash-runs">
            <caption>The last runs</caption>
            <thead>
              <tr>
                <th>When</th>
                <th>Feed</th>
                <th>How it went</th>
                <th className="dash-number">Rows</th>
                <th className="dash-number">Refused</th>
                <th className="dash-number">Took</th>
              </tr>
            </thead>
            <tbody>
              {pipelines.runs.map((run) => (
                <tr key={run.id}>
                  <td>
                    <time dateTime={run.at}>{moment(run.at)}</time>
                  </td>
                  <th scope="row">{run.feed}</th>
                  <td>
                    <span className="dash-state">
                      <Dot kind={OUTCOMES[run.outcome][0]} /> {OUTCOMES[run.outcome][1]}
                      {run.outcome === 'failed' || run.outcome === 'running'
                        ? ` at ${run.stage.replaceAll('-', ' ')}`
                        : ''}
                      {run.undone ? ', taken back' : ''}
                    </span>
                  </td>
                  <td className="dash-number">{count(run.loaded)}</td>
                  <td className="dash-number">{count(run.refused)}</td>
                  <td className="dash-number">{run.seconds.toFixed(1)} s</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Alerts({ dashboard }: { dashboard: Dashboard }) {
  const { state } = useActions();
  const nameOf = (id: string) => state.people.find((person) => person.id === id)?.realName ?? id;
  return (
    <section className="dash-panel dash-alerts" aria-labelledby="dash-alerts">
      <h2 id="dash-alerts">Not as usual</h2>
      <ul>
        {dashboard.alerts.map(({ headline, since, acknowledgedBy }) => (
          <li key={`${headline} ${since}`}>
            <Dot kind="warn" /> <strong>{headline}</strong>
            <span className="dash-small">
              since {since}
              {acknowledgedBy ? `, ${nameOf(acknowledgedBy)} is on it` : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Findings({ findings }: { findings: NonNullable<Dashboard['findings']> }) {
  return (
    <section className="dash-panel" aria-labelledby="dash-findings">
      <h2 id="dash-findings">Findings</h2>
      <p className="dash-small">What does not add up in what is loaded</p>
      {findings.length === 0 ? (
        <p className="dash-note">All checks of the loads add up.</p>
      ) : (
        <ul className="dash-findings">
          {findings.map(({ severity, sentence }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may say the same
            <li key={index}>
              <Dot kind={severity === 'error' ? 'bad' : 'warn'} />
              <span>
                <span className="visually-hidden">{severity}: </span>
                {sentence}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function UsagePanel({ usage: { whose, usage } }: { usage: Dashboard['usage'] }) {
  const { totals } = usage;
  const facts: [string, string][] = [
    ...(whose === 'company' ? [['People', count(totals.people)] as [string, string]] : []),
    ['Questions', count(totals.questions)],
    ['Answered', totals.answeredShare === null ? '–' : percent(totals.answeredShare)],
    ['Marked right, wrong', `${count(totals.right)}, ${count(totals.wrong)}`],
    ['Usual time', totals.p50Ms === null ? '–' : `${count(totals.p50Ms)} ms`],
    ['Slowest of 20', totals.p95Ms === null ? '–' : `${count(totals.p95Ms)} ms`],
    ['Time saved, estimated', `${(totals.minutesSaved / 60).toFixed(1)} h`],
  ];
  return (
    <section className="dash-panel" aria-labelledby="dash-usage">
      <h2 id="dash-usage">{whose === 'company' ? 'Use of Plumbline' : 'My use of Plumbline'}</h2>
      <p className="dash-small">The last 30 days</p>
      <dl className="dash-usage">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {usage.byDay.length > 1 && (
        <Sparkline values={usage.byDay.map(({ questions }) => questions)} label="Questions a day" />
      )}
      <p className="dash-small">{usage.assumption}</p>
    </section>
  );
}

/** A sign with a shape of its own, so that colour is not all. */
function Dot({ kind }: { kind: 'good' | 'warn' | 'bad' | 'busy' | 'plain' }) {
  const shapes = {
    good: (
      <path
        d="M3.5 8.5 6.5 11.5 12.5 4.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    ),
    warn: <path d="M8 2 14.5 13.5H1.5Z" fill="currentColor" />,
    bad: <path d="M4 4 12 12M12 4 4 12" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />,
    busy: (
      <path
        d="M8 2.5a5.5 5.5 0 1 1-5.2 3.7"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    ),
    plain: <circle cx="8" cy="8" r="4" fill="currentColor" />,
  };
  return (
    <svg
      className={`dash-dot dash-ink-${kind}`}
      viewBox="0 0 16 16"
      width="14"
      height="14"
      aria-hidden="true"
    >
      {shapes[kind]}
    </svg>
  );
}

function useDashboard(person: string) {
  const [dashboard, setDashboard] = useState<Dashboard | null>(null);
  const [failed, setFailed] = useState(false);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let isGone = false;
    fetch(`/page/dashboard?as=${encodeURIComponent(person)}&n=${asked}`)
      .then((response) => (response.ok ? (response.json() as Promise<Dashboard>) : Promise.reject(response)))
      .then((found) => {
        if (isGone) return;
        setDashboard(found);
        setFailed(false);
      })
      .catch(() => !isGone && setFailed(true));
    return () => {
      isGone = true;
    };
  }, [person, asked]);
  return { dashboard, failed, reload: () => setAsked((now) => now + 1) };
}

function count(value: number): string {
  return value.toLocaleString('en-GB');
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)}%`;
}

function moment(instant: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(instant),
  );
}
