// The portal's own drawings, on a grid of 24. All are decoration: the words beside them carry the meaning.
import type { Classifier, TransportMode } from '../api/types';

function Icon({ children, className = '' }: { children: React.ReactNode; className?: string }) {
  return (
    <svg className={`icon ${className}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

// The mark: a channel between a port-hand can and a starboard-hand cone.
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="logo-water" width="32" height="32" rx="7" />
      <path className="logo-channel" d="M16 28c0-7-7-8-7-13S16 9 16 3" />
      <path className="logo-starboard" d="M21 25l4-9 4 9z" />
      <rect className="logo-port" x="3" y="21" width="6" height="4.5" rx="1" />
    </svg>
  );
}

// Planned is hollow, estimated is half full, actual is full: readable without colour, and in print.
export function ClassifierGlyph({ classifier }: { classifier: Classifier }) {
  return (
    <Icon className={`glyph glyph-${classifier}`}>
      <circle className="glyph-ring" cx="12" cy="12" r="7.5" />
      {classifier === 'estimated' && <path className="glyph-fill" d="M12 4.5a7.5 7.5 0 0 1 0 15z" />}
      {classifier === 'actual' && <circle className="glyph-fill" cx="12" cy="12" r="7.5" />}
    </Icon>
  );
}

const modePaths: Record<TransportMode | 'unknown', string> = {
  vessel: 'M3 15h18l-2.5 5h-13zM5 15V9h5v6M10 15v-4h4v4M14 15V7h5v8',
  barge: 'M2 14h20l-2 5H4zM6 14v-4h9v4M18 14V8',
  rail: 'M4 6h11l5 5v6H4zM4 11h16M8 20l-1-3M17 20l-1-3',
  truck: 'M2 7h12v10H2zM14 10h4l4 4v3h-8M6 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  air: 'M12 3v7l8 5v2l-8-2.5V19l2.5 2h-5L12 19v-4.5L4 17v-2l8-5',
  unknown: 'M4 12h15M14 7l5 5-5 5',
};

export function ModeIcon({ mode }: { mode: TransportMode | '' | undefined }) {
  return (
    <Icon className="icon-line">
      <path d={modePaths[mode || 'unknown']} />
    </Icon>
  );
}

const linePaths = {
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21',
  clear: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  check: 'M4 12.5l5 5L20 6.5',
  chevron: 'M6 9l6 6 6-6',
  warning: 'M12 4l9 16H3zM12 10v5M12 17.5v.5',
  conflict: 'M4 8h13l-4-4M20 16H7l4 4',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  leave: 'M14 4H5v16h9M10 12h11M17 8l4 4-4 4',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  refresh: 'M20 12a8 8 0 1 1-2.5-5.8M20 3v4.5h-4.5',
  flag: 'M5 21V4h13l-3 4.5L18 13H5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6',
  plus: 'M12 5v14M5 12h14',
  download: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
  key: 'M8 18.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM11 11.5L20 3M16.5 6l3 3M13.5 9l2 2',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
} as const;

export function LineIcon({ name }: { name: keyof typeof linePaths }) {
  return (
    <Icon className="icon-line">
      <path d={linePaths[name]} />
    </Icon>
  );
}
