import { useActions } from '../actions.ts';
import { Avatar } from './avatar.tsx';

export function TopBar({
  lost,
  onSwitch,
  assistantOpen,
  onAssistant,
}: {
  lost: boolean;
  onSwitch: (person: string | null) => void;
  assistantOpen: boolean;
  onAssistant: () => void;
}) {
  const { state } = useActions();
  const people = state.people.filter((person) => person.kind !== 'bot');
  const trouble = lost
    ? 'Plumbline is not running'
    : state.bot.connected
      ? null
      : 'Plumbline is starting or not connected';
  return (
    <header className="top-bar">
      <strong className="team-name">{state.team.name}</strong>
      {trouble && (
        <span className="trouble" role="status">
          {trouble}
        </span>
      )}
      <span className="spacer" />
      <button type="button" className="assistant-button" aria-pressed={assistantOpen} onClick={onAssistant}>
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M16 4v13" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
          <path d="M10.5 16h11L16 28z" fill="currentColor" />
        </svg>
        Ask Plumbline
      </button>
      <label className="person-picker">
        <Avatar person={state.me} size={26} />
        <span className="visually-hidden">Signed in as</span>
        <select value={state.me.id} onChange={(event) => onSwitch(event.target.value)}>
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.realName} · {person.title}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
}
