/** Says sentences in the person's language, a stranger's words in them made harmless, and asks the two questions that cannot be asked in the window. */
import { dialog } from 'electron';
import type { Sentence } from '../../shared/domain.ts';
import { harmlessSentence } from '../../shared/harmless.ts';
import type { Preferences } from '../../shared/schemas.ts';
import { type Language, renderSentence } from '../../shared/sentences/index.ts';
import { sentence } from '../../shared/sentences/sentence.ts';

export interface WordsParts {
  readonly preferences: () => Preferences;
  /** The system's language, e.g. `fil-PH`. */
  readonly systemLocale: () => string;
  /** The property's, once it is known. */
  readonly timeZone: () => string | null;
}

export interface Words {
  render(said: Sentence): string;
  /**
   * @param question the sentences `<question>.title`, `.detail`, `.confirm` and `.cancel`
   * @param more said below the detail
   */
  confirm(
    question: 'desktop.quit' | 'desktop.new_key' | 'desktop.restore_last',
    more?: readonly Sentence[],
  ): Promise<boolean>;
}

export function createWords({ preferences, systemLocale, timeZone }: WordsParts): Words {
  const render = (said: Sentence) =>
    renderSentence(harmlessSentence(said), languageOf(preferences(), systemLocale()), {
      timeZone: timeZone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      now: Date.now(),
    });
  return {
    render,
    async confirm(question, more = []) {
      const say = (part: 'title' | 'detail' | 'confirm' | 'cancel') => render(sentence(`${question}.${part}`));
      const { response } = await dialog.showMessageBox({
        type: 'question',
        title: 'Roost Relay',
        message: say('title'),
        detail: [say('detail'), ...more.map(render)].join('\n\n'),
        buttons: [say('confirm'), say('cancel')],
        // What is safe is what Enter and Esc do.
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      });
      return response === 0;
    },
  };
}

const languageOf = ({ language }: Preferences, systemLocale: string): Language =>
  language === 'system' ? systemLanguage(systemLocale) : language;

/** Filipino where the system speaks it (`fil`, or the older `tl`), else English. */
const systemLanguage = (systemLocale: string): Language => (/^(fil|tl)\b/.test(systemLocale) ? 'fil' : 'en');

/** Before anything is open, so in the system's language. */
export function sayStartFailed(systemLocale: string, problem: unknown): void {
  const title = sentence('desktop.start_failed.title');
  dialog.showErrorBox(
    renderSentence(title, systemLanguage(systemLocale), { timeZone: 'UTC' }),
    problem instanceof Error ? problem.message : String(problem),
  );
}
