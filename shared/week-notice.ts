/** Monday's page as a notice: what goes by mail once a week, in the property's language and as it writes numbers. */
import type { NoticeData } from './notices.ts';
import type { Settings, WeekReport } from './schemas.ts';
import { renderSentence } from './sentences/index.ts';
import type { SentenceKey } from './sentences/sentence.ts';
import { sentence } from './sentences/sentence.ts';
import { weekWords } from './week-words.ts';

/** Numbers, names of endpoints and outages: nobody is named in it. */
export function weekNotice(report: WeekReport, settings: Pick<Settings, 'notify' | 'locale'>): NoticeData {
  const { language } = settings.notify;
  const locale = language === 'fil' ? 'fil-PH' : settings.locale;
  const { timeZone } = report;
  const say = (said: ReturnType<typeof sentence>) => renderSentence(said, language, { timeZone, now: report.to });
  const days = new Intl.DateTimeFormat(language === 'fil' ? 'fil' : 'en-GB', { timeZone, dateStyle: 'long' });
  const numbers = new Intl.NumberFormat(locale);
  const { title, span, sections } = weekWords(report, {
    lang: language,
    say,
    event: (type) => say(sentence(`message.${type}` as SentenceKey & `message.${typeof type}`)),
    number: (count) => numbers.format(count),
    day: (at) => days.format(at),
    money: (amount) => moneyIn(locale, amount),
  });
  const text = sections.map(({ title: about, note, rows }) =>
    [about, ...(rows.length === 0 ? [`  ${note ?? ''}`] : rows.map(([name, value]) => `  ${name}: ${value}`))].join(
      '\n',
    ),
  );
  return {
    condition: 'week',
    incident: `week:${new Date(report.from).toISOString()}`,
    said: 'first',
    title: `${title}: ${span}`,
    text: text.join('\n\n'),
    language,
    tone: 'still',
    turn: 'nobody',
    since: new Date(report.from).toISOString(),
    endpoint_id: null,
    endpoint_name: null,
  };
}

/** To the last digit, with the locale's own signs: the amount is text, since a number would lose digits. */
function moneyIn(locale: string, amount: string): string {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const parts = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).formatToParts(12345.5);
  const sign = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value ?? '';
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, sign('group'));
  return `${amount.startsWith('-') ? '-' : ''}${grouped}${sign('decimal') || '.'}${fraction.padEnd(2, '0')}`;
}
