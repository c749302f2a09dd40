import type { PageSnapshot } from '../contract.ts';

/** Slash commands that fit what has been typed so far. */
export function CommandList({
  text,
  commands,
  onChoose,
}: {
  text: string;
  commands: PageSnapshot['commands'];
  onChoose: (command: string) => void;
}) {
  if (!/^\/\S*$/.test(text)) return null;
  const fitting = commands.filter((each) => each.command.startsWith(text));
  if (fitting.length === 0) return null;
  return (
    <ul className="command-list">
      {fitting.map((each) => (
        <li key={each.command}>
          <button type="button" onClick={() => onChoose(each.command)}>
            <strong>{each.command}</strong> <span className="usage">{each.usage}</span>
            <small>{each.description}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}
