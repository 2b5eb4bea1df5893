/** Where on the intake's address a PMS finds what. */
export const intakePaths = {
  /** Events, with a source's token. */
  events: '/v1/events',
  /** Before a source's secret path: events of a PMS that cannot set headers. */
  bySecret: '/v1/in/',
  /** Whether the engine runs and takes events. */
  health: '/v1/health',
  /** What waits, as counts. */
  status: '/v1/status',
  openApi: '/v1/openapi.json',
} as const;
