import type { ReactNode } from 'react';

/** Signs that Plumbline's sentences begin with, drawn, since a browser may have no font with pictures. */
const SIGNS: Readonly<Record<string, { colour: string; drawing: ReactNode }>> = {
  '✅': {
    colour: '#0f766e',
    drawing: (
      <>
        <rect x="1" y="1" width="14" height="14" rx="3.5" fill="currentColor" />
        <path d="M4.3 8.3 7 11l4.8-5.6" fill="none" stroke="#fff" strokeWidth="1.9" strokeLinecap="round" />
      </>
    ),
  },
  '❌': {
    colour: '#b3261e',
    drawing: <path d="M3 3 13 13M13 3 3 13" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />,
  },
  '⚠': {
    colour: '#b7791f',
    drawing: (
      <>
        <path d="M8 1.5 15.3 14H.7Z" fill="currentColor" />
        <path d="M8 6v3.6M8 11.9h.01" stroke="#fff" strokeWidth="1.6" strokeLinecap="round" />
      </>
    ),
  },
  '⏳': {
    colour: '#4c5fd5',
    drawing: (
      <path
        d="M4 2h8M4 14h8M4.8 2c0 4 6.4 8 6.4 12M11.2 2c0 4-6.4 8-6.4 12"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    ),
  },
  '♻': { colour: '#5a6577', drawing: round() },
  '🔁': { colour: '#5a6577', drawing: round() },
  '🔔': {
    colour: '#b7791f',
    drawing: (
      <path
        d="M8 1.6c2.6 0 4.2 1.9 4.2 4.4 0 3.4 1.5 4.4 1.5 5H2.3c0-.6 1.5-1.6 1.5-5C3.8 3.5 5.4 1.6 8 1.6ZM6.4 12.6a1.7 1.7 0 0 0 3.2 0Z"
        fill="currentColor"
      />
    ),
  },
  '🕗': {
    colour: '#b7791f',
    drawing: (
      <>
        <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path
          d="M8 4.4V8L5.2 9.6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
        />
      </>
    ),
  },
  '🔒': {
    colour: '#5a6577',
    drawing: (
      <>
        <rect x="3" y="7" width="10" height="7.5" rx="1.6" fill="currentColor" />
        <path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      </>
    ),
  },
  '⚡': { colour: '#b7791f', drawing: <path d="M9.2 1 3 9h4l-.8 6L13 6.6H8.6Z" fill="currentColor" /> },
  '🧩': {
    colour: '#0f766e',
    drawing: <path d="M2 5h3.2a1.7 1.7 0 1 1 3.2 0H12v3.2a1.7 1.7 0 1 1 0 3.2V14.5H2Z" fill="currentColor" />,
  },
  '✏': {
    colour: '#8a3b12',
    drawing: <path d="m2 14 .8-3.4L11 2.4l2.6 2.6-8.2 8.2Z" fill="currentColor" />,
  },
  '💬': {
    colour: '#5a6577',
    drawing: <path d="M2 3h12v8H7.5L4 14v-3H2Z" fill="currentColor" />,
  },
  '✋': {
    colour: '#b3261e',
    drawing: <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5Z" fill="currentColor" />,
  },
};

const PATTERN = new RegExp(`(${Object.keys(SIGNS).join('|')})\\uFE0F?`, 'gu');

/** The text as it is, its signs drawn; what is read aloud or copied stays the same. */
export function Signs({ text }: { text: string }) {
  const nodes: ReactNode[] = [];
  let at = 0;
  for (const match of text.matchAll(PATTERN)) {
    const sign = SIGNS[match[1] ?? ''];
    if (!sign) continue;
    nodes.push(text.slice(at, match.index));
    at = match.index + match[0].length;
    nodes.push(
      <span key={match.index} className="sign" style={{ color: sign.colour }}>
        <svg viewBox="0 0 16 16" width="1em" height="1em" aria-hidden="true">
          {sign.drawing}
        </svg>
        <span className="visually-hidden">{match[0]}</span>
      </span>,
    );
  }
  return at === 0 ? text : [...nodes, text.slice(at)];
}

function round(): ReactNode {
  return (
    <path
      d="M13 8a5 5 0 0 1-9 3M3 8a5 5 0 0 1 9-3M12.4 1.8V5H9.2M3.6 14.2V11h3.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  );
}
