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
