/** Monday's page as HTML of its own: to be printed, or handed on. Nothing in it is fetched from anywhere. */
import type { WeekReport } from './schemas.ts';

/** Its words; the window, the command line and the page say the same. */
export interface WeekWords {
  readonly lang: string;
  readonly title: string;
  readonly span: string;
  readonly sections: readonly {
    readonly title: string;
    readonly note?: string;
    readonly rows: readonly (readonly [name: string, value: string])[];
  }[];
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export function weekHtml({ lang, title, span, sections }: WeekWords): string {
  const body = sections.map(
    (section) =>
      `<section><h2>${escaped(section.title)}</h2>${
        section.note === undefined ? '' : `<p>${escaped(section.note)}</p>`
      }${
        section.rows.length === 0
          ? ''
          : `<table>${section.rows
              .map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`)
              .join('')}</table>`
      }</section>`,
  );
  return `<!doctype html>
<html lang="${escaped(lang)}"><head><meta charset="utf-8"><title>${escaped(`${title} · ${span}`)}</title><style>
@page { size: A4; margin: 18mm; }
body { font: 12pt/1.4 system-ui, sans-serif; color: #1c1c1c; max-width: 42em; margin: 2em auto; }
h1 { font-size: 20pt; margin: 0; } h2 { font-size: 12pt; margin: 1.4em 0 .3em; color: #155e45; }
table { border-collapse: collapse; width: 100%; } tr { break-inside: avoid; }
th, td { text-align: left; font-weight: normal; padding: .2em 0; border-bottom: 1px solid #ddd; vertical-align: top; }
td { text-align: right; font-variant-numeric: tabular-nums; padding-left: 1em; }
@media print { body { margin: 0; } }
</style></head><body><h1>${escaped(title)}</h1><p>${escaped(span)}</p>${body.join('')}</body></html>
`;
}

/** `12,345.60`: digits in threes, whatever the length. */
export const moneyText = (amount: string): string => {
  const [whole = '0', fraction] = amount.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction.padEnd(2, '0')}`;
};

/** Per cent of what was delivered, to a tenth and never rounded up to a hundred; null where nothing was. */
export function firstTryRate({ delivered, firstTry }: WeekReport['deliveries']): string | null {
  if (delivered === 0) return null;
  return (Math.floor((firstTry / delivered) * 1000) / 10).toFixed(1);
}
