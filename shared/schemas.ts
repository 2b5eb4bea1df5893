/**
 * The shapes that travel between the engine and whoever operates it (window, tray, command line), as zod
 * schemas. shared/api.ts puts them together into calls and pushes.
 */
export * from './schemas/bench.ts';
export * from './schemas/deliveries.ts';
export * from './schemas/endpoints.ts';
export * from './schemas/evidence.ts';
export * from './schemas/export-schedules.ts';
export * from './schemas/filters.ts';
export * from './schemas/forget.ts';
export * from './schemas/lock.ts';
export * from './schemas/notices.ts';
export * from './schemas/operation.ts';
export * from './schemas/past.ts';
export * from './schemas/preview.ts';
export * from './schemas/privacy.ts';
export * from './schemas/situation.ts';
export * from './schemas/sources-and-events.ts';
export * from './schemas/values.ts';
export * from './schemas/week.ts';
