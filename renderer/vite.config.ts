/** How the window is built: one folder of static files that app:// and the headless bridge serve alike. */
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The oldest engine that the window must run in. */
const oldestBrowser = 'chrome108';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), tailwindcss()],
  build: {
    outDir: '../dist/window',
    emptyOutDir: true,
    target: oldestBrowser,
    cssTarget: oldestBrowser,
    // Nothing inline: the content security policy allows neither data: addresses nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
