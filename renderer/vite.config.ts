/** How the window is built: one folder of static files that app:// and the headless bridge serve alike. */
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The oldest engine that the window must run in. */
const oldestBrowser = 'chrome108';

/** React Aria's own words in thirty languages become those in which the window is: its English, and our Filipino. */
const ariaWords: Plugin = {
  name: 'aria-words',
  enforce: 'pre',
  transform(code, id) {
    if (!/[\\/]react-(aria|stately|aria-components)[\\/].*intlStrings\.mjs$/.test(id)) return null;
    // Where its English stands: `../intl/AREA/en-US.mjs`.
    const [, english, area = 'components'] = /"([^"]*\/intl\/(?:(\w+)\/)?en-US\.mjs)"/.exec(code) ?? [];
    if (english === undefined) return null;
    return [
      `import en from ${JSON.stringify(english)};`,
      `import { aria } from ${JSON.stringify(`${import.meta.dirname}/i18n/aria.fil.ts`)};`,
      `export default { 'en-US': en, 'fil-PH': { ...en, ...aria[${JSON.stringify(area)}] } };`,
    ].join('\n');
  },
};

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [ariaWords, react(), tailwindcss()],
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
