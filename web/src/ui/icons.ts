const circle = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

const box = (x: number, y: number, width: number, height: number, r: number) =>
  `M${x + r} ${y}h${width - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${height - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${2 * r - width}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - height}a${r} ${r} 0 0 1 ${r} ${-r}z`;

interface Icon {
  /** Drawn as a line. */
  readonly line?: string;
  /** Filled, without a line. */
  readonly fill?: string;
}

/** Shapes on a grid of 24, drawn with a line of 1.75 in the colour of the text. */
const SHAPES = {
  alert: { line: 'M12 4 3 19.5h18zM12 10v4.5M12 17v.3' },
  back: { line: 'M14.5 5 7.5 12l7 7' },
  bot: { line: `${box(5, 8, 14, 11, 2)}M12 8V4.5M9.5 13v1M14.5 13v1` },
  check: { line: 'm5 12.5 4.5 4.5L19 7' },
  clip: {
    line: 'm19.5 11-7.8 7.8a5 5 0 0 1-7-7l8.2-8.3a3.3 3.3 0 0 1 4.7 4.7l-8.1 8.1a1.65 1.65 0 0 1-2.35-2.35L14.5 6.7',
  },
  clock: { line: `${circle(12, 12, 8)}M12 7.5V12l3 2` },
  close: { line: 'M6 6l12 12M18 6 6 18' },
  down: { line: 'm5 9 7 7 7-7' },
  edit: { line: 'M4 20l1-4.5L16 4.5l3.5 3.5-11 11z' },
  file: { line: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6' },
  forward: { line: 'm9.5 5 7 7-7 7' },
  hand: {
    line: 'M7 12V7a1.5 1.5 0 0 1 3 0v4V5a1.5 1.5 0 0 1 3 0v6-5a1.5 1.5 0 0 1 3 0v8c0 4-2 6.5-5.5 6.5-3 0-4.5-1.5-6-4.5l-1.3-2.6a1.4 1.4 0 0 1 2.5-1.3z',
  },
  handOver: { line: 'M4 8.5h14M14 4.5l4 4-4 4M20 15.5H6M10 11.5l-4 4 4 4' },
  image: { line: `${box(3.5, 5, 17, 14, 1.5)}m4 17 5-5.5 4 4 3-2.5 4.5 4${circle(15.5, 9, 1.3)}` },
  inbox: { line: 'M4 13.5 6.5 5h11L20 13.5V19H4zM4 13.5h5a3 3 0 0 0 6 0h5' },
  link: {
    line: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  },
  lock: { line: `${box(5, 10.5, 14, 9.5, 1.5)}M8 10.5V8a4 4 0 0 1 8 0v2.5` },
  mic: { line: `${box(9, 3, 6, 11, 3)}M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3` },
  more: { fill: circle(12, 5.5, 1.9) + circle(12, 12, 1.9) + circle(12, 18.5, 1.9) },
  note: { line: 'M5 4h14v10l-5.5 6H5zM19 14h-5.5v6M8.5 8.5h7M8.5 12h4' },
  offline: {
    line: 'M3 4l18 17M8.5 15.5a5 5 0 0 1 5.5-1M5 12a10 10 0 0 1 4-2.5M15 9.7a10 10 0 0 1 4 2.3M2 8.5a15 15 0 0 1 4-2.5M11 5a15 15 0 0 1 11 3.5',
    fill: circle(12, 19, 1.5),
  },
  people: {
    line: `${circle(9, 8.5, 3.5)}M2.5 19.5c.7-3.5 3.2-5 6.5-5s5.8 1.5 6.5 5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 15c2 .7 3.1 2.2 3.5 4.5`,
  },
  person: { line: `${circle(12, 8, 4)}M4.5 20.5c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5` },
  pin: {
    line: `M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0c0 5 6.5 11 6.5 11z${circle(12, 10, 2.3)}`,
  },
  play: { line: 'M8 5.5v13l10.5-6.5z', fill: 'M8 5.5v13l10.5-6.5z' },
  react: { line: `${circle(12, 12, 8)}M8.5 14c1.8 2.4 5.2 2.4 7 0M9.3 9.7v.6M14.7 9.7v.6` },
  refresh: { line: 'M19.5 8.5A8 8 0 1 0 20 13M20 4v5h-5' },
  release: {
    line: 'M4 4l16 16M10 14a4 4 0 0 0 5 .7M17.5 12.5 19 11a4 4 0 0 0-6-6l-1 1M6.5 11.5 5 13a4 4 0 0 0 6 6l1-1',
  },
  send: { line: 'M4 12h15M13 5.5l6.5 6.5-6.5 6.5' },
  signOut: { line: 'M10 4.5H5v15h5M10 12h10M16 7.5l4.5 4.5-4.5 4.5' },
  template: { line: `${box(4, 4, 16, 16, 1.5)}M8 9h8M8 12.5h8M8 16h4` },
  tick: { line: 'm6 12.5 4.2 4.2L18.5 8' },
  ticks: { line: 'm2 12.5 4.2 4.2L14.5 8M10.5 15.5l1.3 1.3L20.5 8' },
  window: { line: 'M4 20l1.3-4A8 8 0 1 1 8.3 19z' },
} as const satisfies Record<string, Icon>;

/** A name of the set. */
export type IconName = keyof typeof SHAPES;
/** The shapes of the set by their names. */
export const ICONS: Record<IconName, Icon> = SHAPES;
