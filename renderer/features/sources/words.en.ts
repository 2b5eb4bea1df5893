export const en = {
  title: 'Sources',
} as const;
