/** The product's version: package.json is the one place where it stands. */
import manifest from '../package.json' with { type: 'json' };

export const version: string = manifest.version;
