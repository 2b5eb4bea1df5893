/** Mail: a subject and a text of each event, and of several one message that holds them all. */
import type { Sentence } from '../../../../shared/domain.ts';
import type { MailConfig } from '../../../../shared/endpoint-kinds/mail.ts';
import { type MailLanguage, mailPreset } from '../../../../shared/endpoint-kinds/mail-presets.ts';
import { isNoticeType, type NoticeData } from '../../../../shared/notices.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { whyOf } from '../../../../shared/sentences/why.ts';
import type { ShapeScope } from '../../shaping/scope.ts';
import { compileShape, isShapeProblem, type Rendered } from '../../shaping/shape.ts';
import type { KindSetUp, OwnBodies, Shaped, ShapedOrNot } from './kind.ts';
import { mailOutcome } from './mail-answer.ts';

export const mail: OwnBodies = {
  isShared: false,
  shape: (event, { config }) => shaped(event, config as MailConfig),
  fault,
  judge: () => null,
  answerMeans: mailOutcome,
  digest: {
    everyMs: ({ config }) => everyMs(config as MailConfig),
    join: joinMails,
  },
};

/** The subject goes beside the text: the message is built where it is sent. */
function shaped(plain: ShapeScope, config: MailConfig): ShapedOrNot {
  const language = languageOf(plain, config);
  const preset = mailPreset(language);
  const locale = localeIn(language, plain);
  const event = { ...plain, property: { ...plain.property, locale } };
  const subject = rendered(config.subject ?? preset.subject, event);
  if (!subject.ok) return { ...subject, member: 'subject' };
  const text = rendered(config.text ?? preset.text, event);
  if (!text.ok) return { ...text, member: 'text' };
  return {
    ok: true,
    body: Buffer.from(text.body, 'utf8'),
    headers: ['Subject', subject.body, 'Content-Language', language],
  };
}

/** A notice comes in sentences of its own language: what stands around them is in that. */
function languageOf({ event, dataText }: ShapeScope, { language }: MailConfig): MailLanguage {
  if (!isNoticeType(event)) return language;
  const said = (JSON.parse(dataText) as Partial<NoticeData>).language;
  return said === 'en' || said === 'fil' ? said : language;
}

function localeIn(language: MailLanguage, { event, property: { locale } }: ShapeScope): string {
  if (language === 'fil') return 'fil-PH';
  return isNoticeType(event) && !/^en\b/i.test(locale) ? 'en-GB' : locale;
}

function rendered(template: string, event: ShapeScope): Rendered {
  const compiled = compileShape(template, 'text');
  return isShapeProblem(compiled) ? { ok: false, problem: compiled } : compiled.render(event);
}

/** A template that is none is told where it is given, and not at the first event. A login is both its name and its password. */
function fault({ config }: KindSetUp): { readonly member: string; readonly says: Sentence } | null {
  const { subject, text, user, password } = config as MailConfig;
  for (const [member, template] of Object.entries({ subject, text })) {
    const compiled = template === undefined ? null : compileShape(template, 'text');
    if (compiled === null || !isShapeProblem(compiled)) continue;
    const { line, column, why } = compiled;
    return { member, says: sentence('problem.template', { ...whyOf(why), line, column }) };
  }
  if ((user === undefined) === (password === undefined)) return null;
  return { member: user === undefined ? 'user' : 'password', says: sentence('problem.mail_login_half') };
}

const everyMs = ({ digestMinutes }: MailConfig): number | null =>
  digestMinutes === undefined ? null : digestMinutes * 60_000;

const digestWords: Readonly<Record<MailLanguage, (count: number, first: string) => string>> = {
  en: (count, first) => `${count} events: ${first}, and more`,
  fil: (count, first) => `${count} event: ${first}, at iba pa`,
};

/** One message of several, in their order. */
function joinMails(parts: readonly Shaped[]): Shaped {
  const [first] = parts;
  const [, subject = '', , language = 'en'] = first?.headers ?? [];
  const words = digestWords[language === 'fil' ? 'fil' : 'en'];
  const text = parts.map(({ body }) => body.toString('utf8').trim()).join('\n\n——\n\n');
  return {
    body: Buffer.from(`${text}\n`, 'utf8'),
    headers: ['Subject', words(parts.length, subject), 'Content-Language', language],
  };
}
