export const en = {
  title: 'Export',
} as const;
