import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { RichText } from '../text/rich-text.tsx';
import { SafeLink } from '../text/safe-link.tsx';

const SIGNS: Readonly<Record<string, [sign: string, name: string]>> = {
  pending: ['○', 'Waiting'],
  in_progress: ['◐', 'In progress'],
  complete: ['✓', 'Done'],
  error: ['×', 'Failed'],
};

export function PlanBlock({ block }: { block: Json }) {
  return (
    <section className="plan">
      <strong>{asText(block.title)}</strong>
      {((block.tasks ?? []) as Json[]).map((task) => (
        <TaskCard key={asText(task.task_id ?? task.id)} task={task} />
      ))}
    </section>
  );
}

/** One step of the work, as a block or as it comes in a stream. */
export function TaskCard({ task }: { task: Json }) {
  const [sign, name] = SIGNS[asText(task.status)] ?? ['○', 'Waiting'];
  const sources = (task.sources ?? []) as { url: string; text: string }[];
  return (
    <div className={`task task-${asText(task.status)}`}>
      <span className="task-sign" role="img" aria-label={name}>
        {sign}
      </span>
      <div>
        {asText(task.title)}
        <TaskText value={task.details} />
        <TaskText value={task.output} />
        {sources.map((source) => (
          <SafeLink key={source.url} href={source.url}>
            {source.text}
          </SafeLink>
        ))}
      </div>
    </div>
  );
}

function TaskText({ value }: { value: unknown }) {
  if (typeof value === 'string') return <div className="task-text">{value}</div>;
  return value ? <RichText block={value as Json} /> : null;
}
