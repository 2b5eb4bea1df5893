export const en = {
  title: 'Today',
} as const;
