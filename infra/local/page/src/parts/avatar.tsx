import type { Person } from '../contract.ts';

/** Initials on the person's colour; the plumb line for Plumbline. */
export function Avatar({ person, size = 36 }: { person: Person | undefined; size?: number }) {
  const style = { width: size, height: size, background: person?.colour ?? '#888', fontSize: size * 0.38 };
  if (person?.kind === 'bot')
    return (
      <span className="avatar avatar-bot" style={{ width: size, height: size }} aria-hidden="true">
        <svg viewBox="0 0 32 32">
          <path d="M16 4v13" stroke="#ffd9a0" strokeWidth="2.2" strokeLinecap="round" />
          <path d="M10.5 16h11L16 28z" fill="#ffd9a0" />
        </svg>
      </span>
    );
  const initials = (person?.realName ?? '?')
    .split(' ')
    .map((word) => word[0])
    .slice(0, 2)
    .join('');
  return (
    <span className="avatar" style={style} aria-hidden="true">
      {initials}
    </span>
  );
}
