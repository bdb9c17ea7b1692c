/** Drawn on a 16 grid with one stroke, so that they sit on the text line like a letter. */
const paths = {
  regression: 'M2 4.5h4l4 7h4M11.5 8.5l2.5 3-3.6 1',
  improvement: 'M2 11.5h4l4-7h4M10.4 3.5l3.6 1-2.5 3',
  noChange: 'M2.5 6h11M2.5 10h11',
  inconclusive: 'M5.6 6a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.9-1.1 1.7M8 12.4v.1',
  provisional: 'M8 4.5V8l2.4 1.6M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z',
  sun: 'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M3 13l1.2-1.2M11.8 4.2 13 3',
  moon: 'M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7z',
  contrast: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 2v12M8 5.5h4.9M8 8h6M8 10.5h4.9',
  folder: 'M1.8 12.6V3.4h4.4l1.5 1.8h6.5v7.4z',
  file: 'M3.5 1.8h6l3 3v9.4h-9zM9.3 2v3h3',
  table: 'M2 3h12v10H2zM2 6.3h12M2 9.6h12M6.2 6.3V13',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.4 10.4 14 14',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  download: 'M8 2v8.2M4.6 7l3.4 3.4L11.4 7M2.5 13.5h11',
  upload: 'M8 10.4V2.2M4.6 5.6 8 2.2l3.4 3.4M2.5 13.5h11',
  chevronRight: 'M6 3.5 10.5 8 6 12.5',
  chevronDown: 'M3.5 6 8 10.5 12.5 6',
  arrowUp: 'M8 13V3.2M4 7l4-3.8L12 7',
  arrowRight: 'M3 8h9.6M9 4l3.8 4L9 12',
  cross: 'M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4',
  check: 'M2.8 8.6 6.3 12l7-8',
  warning: 'M8 2.2 14.6 13.6H1.4zM8 6.4v3.4M8 11.8v.1',
  inspect: 'M6 4 2.5 8 6 12M10 4l3.5 4-3.5 4',
  keyboard: 'M1.5 4h13v8h-13zM4 6.6h.1M6.6 6.6h.1M9.2 6.6h.1M11.8 6.6h.1M5 9.4h6',
  model:
    'M8 2.4a5.6 5.6 0 1 1 0 11.2A5.6 5.6 0 0 1 8 2.4zM8 5.6a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8zM8 .8v3.2M8 12v3.2M.8 8H4M12 8h3.2',
  machine:
    'M3.5 3.5h9v9h-9zM6.2 6.2h3.6v3.6H6.2zM6 1.5v2M10 1.5v2M6 12.5v2M10 12.5v2M1.5 6h2M1.5 10h2M12.5 6h2M12.5 10h2',
} as const;

export type IconName = keyof typeof paths;
export const iconNames = Object.keys(paths) as IconName[];

export const Icon = ({ name, size = 14 }: { name: IconName; size?: number }) => (
  <svg
    className="db-icon"
    width={size}
    height={size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth={size > 20 ? 1.1 : 1.5}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d={paths[name]} />
  </svg>
);
