/** `npx vite build -c tests/ui/support/double-window/vite.config.ts --outDir DIR`: the window over the double, as static files. */
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), tailwindcss()],
  build: { emptyOutDir: true, target: 'chrome108', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
