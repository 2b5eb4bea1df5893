export const en = {
  title: 'Events',
} as const;
