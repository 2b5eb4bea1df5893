/** What people call a browser and its system. */
import { harmless } from './harmless.ts';

/** The first that fits: most say that they are others, too. */
const browsers = [
  [/\bEdg\w*\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;
const systems = [
  [/\bWindows\b/, 'Windows'],
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const;

/** @param userAgent what it calls itself; shown as it is where nothing of it is known */
export function browserName(userAgent: string): string {
  const known = [browsers, systems].flatMap(
    (names) => names.find(([sign]: readonly [RegExp, string]) => sign.test(userAgent))?.[1] ?? [],
  );
  return known.length === 0 ? harmless(userAgent) : known.join(', ');
}
