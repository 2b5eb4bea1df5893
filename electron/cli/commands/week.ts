/** `roost-relay week`: what a week was, as text or as a page to be printed. */
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { type Command, Option } from 'commander';
import type { Sentence } from '../../../shared/domain.ts';
import { renderSentence } from '../../../shared/sentences/index.ts';
import { type SentenceKey, sentence } from '../../../shared/sentences/sentence.ts';
import { type WeekWords, weekHtml } from '../../../shared/week-page.ts';
import { weekWords } from '../../../shared/week-words.ts';
import { CommandError } from '../command-error.ts';
import { facts, type Shown, shown, together } from '../output.ts';
import type { Runner } from '../terminal.ts';
import { claimFile, writeWhole } from '../written-file.ts';

interface WeekOptions {
  readonly back?: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly language?: 'en' | 'fil';
}

const mostBack = 52;

export function addWeekCommand(program: Command, runner: Runner): void {
  runner.action<WeekOptions>(
    program
      .command('week')
      .description('What the last week was: events, guests, money, deliveries, outages')
      .option('--back <n>', 'how many weeks ago; 1 unless given, 0 is the present one')
      .option('--output <file>', 'writes it as a page (HTML) to be printed')
      .option('--force', 'replaces a file that is there')
      .addOption(new Option('--language <code>', 'en unless given').choices(['en', 'fil'])),
    async (terminal, { back: given = '1', output, force = false, language = 'en' }) => {
      const back = Number(given);
      if (!Number.isInteger(back) || back < 0 || back > mostBack) {
        throw new CommandError('bad_input', `--back: expected 0 to ${mostBack}, got "${given}".`, { member: '--back' });
      }
      const file = output === undefined ? null : await claimFile(resolve(output), terminal.folder, force);
      const report = await terminal.client.call('week.report', { back }).catch(async (error: unknown) => {
        await file?.discard();
        throw error;
      });
      const { timeZone } = report;
      const days = new Intl.DateTimeFormat(language === 'fil' ? 'fil' : 'en-GB', { timeZone, dateStyle: 'long' });
      const numbers = new Intl.NumberFormat(language === 'fil' ? 'fil' : 'en-GB');
      const say = (said: Sentence) => renderSentence(said, language, { timeZone, now: report.to });
      const words = weekWords(report, {
        lang: language,
        say,
        event: (type) => say(sentence(`message.${type}` as SentenceKey & `message.${typeof type}`)),
        number: (count) => numbers.format(count),
        day: (at) => days.format(at),
      });
      if (file === null) return terminal.say(report, weekText(words));
      await writeWhole(file, Readable.from([weekHtml(words)]));
      terminal.say({ file: file.path }, shown`Written to ${file.path}.\n`);
    },
    { members: { file: '--output', back: '--back' } },
  );
}

const weekText = ({ title, span, sections }: WeekWords): Shown =>
  together(
    shown`${title}: ${span}\n`,
    ...sections.flatMap((section) => [
      shown`\n${section.title}\n`,
      section.rows.length === 0
        ? shown`${section.note ?? ''}\n`
        : facts(section.rows.map(([name, value]) => [name, value] as const)),
    ]),
  );
