export const en = {
  title: 'Test bench',
} as const;
