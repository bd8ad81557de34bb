/** Shapes that only media needs, on the grid of the kit's icons: they travel with it. */
export const MEDIA_ICONS = {
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8 5.5v13M16 5.5v13',
  download: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
  share: 'M12 15V4M7.5 8 12 3.5 16.5 8M5 12v8h14v-8',
  zoomIn: 'M12 5v14M5 12h14',
  zoomOut: 'M5 12h14',
  previous: 'M14.5 5 7.5 12l7 7',
  next: 'm9.5 5 7 7-7 7',
  grid: 'M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h5v5h-5z',
  close: 'M6 6l12 12M18 6 6 18',
} as const;
/** A name in {@link MEDIA_ICONS}. */
export type MediaIcon = keyof typeof MEDIA_ICONS;
