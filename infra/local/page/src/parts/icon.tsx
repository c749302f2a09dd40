const PATHS = {
  attach:
    'M13.5 6.5 7.8 12.2a2.2 2.2 0 0 0 3.1 3.1l6-6a3.9 3.9 0 0 0-5.5-5.5l-6.2 6.2a5.6 5.6 0 0 0 7.9 7.9l5-5',
  send: 'M3.5 10 17 4l-4 13-3.2-5.2zM9.8 11.8 17 4',
  reply: 'M4 5h12v8H9.5L6 16v-3H4z',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  home: 'M3.5 9.5 10 4l6.5 5.5M5.5 8.5V16h9V8.5',
  dashboard: 'M3.5 16.5h13M5.5 14V9.5M10 14V5M14.5 14v-6.5',
  lock: 'M6 9V7a4 4 0 0 1 8 0v2M5 9h10v7H5z',
  hash: 'M8 4 6.5 16M13.5 4 12 16M4.5 8h12M3.5 12.5h12',
  people:
    'M7.5 9.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM2.5 16c0-2.6 2-4.3 5-4.3s5 1.7 5 4.3M13 4.2a2.6 2.6 0 0 1 0 5M14.5 11.9c1.9.5 3 2 3 4.1',
  right:
    'M6 9.5 9.2 3.5c1.2 0 1.8.9 1.6 2L10.3 8h4.9c1 0 1.6.8 1.4 1.8l-1 5c-.2.8-.7 1.2-1.5 1.2H6zM6 9.5H3.5V16H6',
  wrong:
    'M6 10.5l3.2 6c1.2 0 1.8-.9 1.6-2L10.3 12h4.9c1 0 1.6-.8 1.4-1.8l-1-5C15.4 4.4 14.9 4 14.1 4H6zM6 10.5H3.5V4H6',
  eye: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
} as const;

/** Line drawings; always beside words or a label. */
export function Icon({ name, size = 18 }: { name: keyof typeof PATHS; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={name === 'more' ? 2.4 : 1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
