/** What a person looks for among who did what, and the acts that belong to it: each act is in one of them at least. */
export const activityAreas = {
  secrets: [
    'endpoints.reveal*',
    'endpoints.enterAgain',
    '*otation',
    'endpoints.rotate',
    'sources.replaceToken',
    'lock.*',
  ],
  endpoints: ['endpoints.*'],
  deliveries: ['deliveries.*', 'events.*', 'held.*', 'relay.*', 'jobs.*'],
  sources: ['sources.*', 'refusals.*', 'messages.*'],
  guests: ['forget.*', 'export*', 'schedules.*', 'audit.save', 'support.*'],
  settings: ['settings.*', 'sessions.*', 'backup.*'],
  bench: ['bench.*'],
} as const;
