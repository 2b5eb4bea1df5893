export const en = {
  title: 'Endpoints',
} as const;
