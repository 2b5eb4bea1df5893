import { defineConfig } from 'vitest/config';

/** Real receivers, as far as they are installed: `npm run test:receivers`. */
export default defineConfig({ test: { include: ['tests/receivers/*.test.ts'], testTimeout: 60_000 } });
