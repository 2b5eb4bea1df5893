/**
 * Monday's page as a PDF beside the mail that tells it, where somebody can print one: the desktop app. Made for each attempt
 * before it begins; where it cannot be had in time the mail goes out without it.
 */
import type { EventType } from '../../../../shared/events.ts';
import type { NoticeData } from '../../../../shared/notices.ts';
import type { Clock, Logger, PagePrinter } from '../../ports.ts';
import { late, within } from '../../within.ts';
import type { SignedSender, SigningRequest } from '../signed-sender.ts';
import { escaped } from './html.ts';
import type { Attachment } from './mail-message.ts';

const printedWithinMs = 20_000;
/** What a person gives for a test may be anything. */
const longestText = 100_000;

export function withWeekPages(
  sender: SignedSender,
  printer: PagePrinter,
  { clock, logger }: { readonly clock: Pick<Clock, 'after'>; readonly logger: Logger },
): SignedSender {
  async function printed(page: WeekPage): Promise<readonly Attachment[]> {
    try {
      const pdf = await within(clock, printedWithinMs, printer.print(pageOf(page)));
      if (pdf !== late) return [{ name: page.name, type: 'application/pdf', bytes: pdf }];
      logger.warn({ withinMs: printedWithinMs }, "Monday's page was not printed in time");
    } catch (error) {
      logger.warn({ error: String(error) }, "Monday's page could not be printed");
    }
    return [];
  }

  async function sendWith(request: SigningRequest, pages: readonly WeekPage[]) {
    const attached = (await Promise.all(pages.map(printed))).flat();
    return sender.send({ ...request, attempt: { ...request.attempt, attached } });
  }

  return {
    ...sender,
    send(request) {
      const pages = /^smtps?:/i.test(request.route.url) ? weekPagesIn(request) : [];
      return pages.length === 0 ? sender.send(request) : sendWith(request, pages);
    },
  };
}

interface WeekPage extends Pick<NoticeData, 'title' | 'text' | 'language'> {
  /** The file's. */
  readonly name: string;
}

/** Of the message's own event, and of the others where it is a digest. */
function weekPagesIn({ attempt, body }: SigningRequest): readonly WeekPage[] {
  const own = { event: attempt.event, text: () => Buffer.from(body.buffer, body.byteOffset, body.length).toString() };
  const others = (attempt.others ?? []).map((other) => ({ event: other.attempt.event, text: () => other.dataText }));
  return [own, ...others].flatMap(({ event, text }) => (isWeek(event) ? (weekPage(text()) ?? []) : []));
}

const isWeek = (event: EventType): boolean => event === 'relay.week';

function weekPage(dataText: string): WeekPage | null {
  try {
    const { title, text, language, since } = JSON.parse(dataText) as Partial<NoticeData>;
    if (typeof title !== 'string' || typeof text !== 'string' || title.length + text.length > longestText) return null;
    return { title, text, language: language === 'fil' ? 'fil' : 'en', name: `week ${mondayOf(since ?? null)}.pdf` };
  } catch {
    return null;
  }
}

const dayMs = 86_400_000;
/** The first Monday of all, in days: 5 January 1970. */
const firstMonday = 4;

/** A week begins at the property's midnight: by the world's clock up to half a day before or after Monday's. */
function mondayOf(since: string | null): string {
  const days = Date.parse(since ?? '') / dayMs;
  if (!Number.isFinite(days)) return 'page';
  const monday = Math.round((days - firstMonday) / 7) * 7 + firstMonday;
  return new Date(monday * dayMs).toISOString().slice(0, 10);
}

/** A page by itself: it asks for nothing. Each part begins with what it is about, as the text has it. */
function pageOf({ title, text, language }: WeekPage): string {
  const parts = text.split(/\n{2,}/).map((part) => {
    const [about = '', ...lines] = part.split('\n');
    const items = lines.map((line) => `<li>${escaped(line.trim())}</li>`).join('\n');
    return `<section><h2>${escaped(about)}</h2>\n<ul>\n${items}\n</ul></section>`;
  });
  return `<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<style>
@page { size: A4; margin: 18mm }
body { font: 11pt/1.5 sans-serif; margin: 0 }
h1 { font-size: 16pt }
h2 { font-size: 12pt; margin: 1.2em 0 0.3em }
ul { list-style: none; margin: 0; padding: 0 }
section { break-inside: avoid }
</style></head><body><h1>${escaped(title)}</h1>
${parts.join('\n')}
</body></html>
`;
}
