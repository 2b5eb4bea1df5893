/** The property that what Roost Relay says by itself belongs to: that of the source that sent last, else the settings'. */
import type { SettingsStore } from './context.ts';
import type { WriteHandle } from './store/connection.ts';

/** @returns its id; null where none is known */
export function createOwnProperty(writer: WriteHandle, settings: Pick<SettingsStore, 'current'>): () => string | null {
  // The few sources of a property: the one that sends now comes first.
  const ofSources = writer
    .prepare<[], string>(
      `SELECT property_id FROM sources WHERE revoked_at IS NULL AND property_id IS NOT NULL
       ORDER BY last_event_at IS NULL, last_event_at DESC, no LIMIT 1`,
    )
    .pluck();
  return () => ofSources.get() ?? settings.current().propertyId;
}
