import type { Preferences, Settings } from '../../../shared/schemas.ts';

/** What every section of the settings gets. */
export interface SectionProps {
  readonly settings: Settings;
  readonly preferences: Preferences;
}
