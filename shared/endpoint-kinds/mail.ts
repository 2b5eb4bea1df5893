/** Mail: an event as a readable message, or what fell due in a while as one, by the property's own mail server. */
import { z } from 'zod';
import { sentence } from '../sentences/sentence.ts';
import { type AddressLint, likeWebhook, longestTemplate, receiver } from './kind.ts';

/** `manager@hotel.example`, or `Front desk <desk@hotel.example>`. No quotes, no lists, and nothing that ends a header. */
const mailAddress = z
  .string()
  .trim()
  .max(320)
  .refine(
    (text) => /^(?:[^\p{Cc}<>@",;:()]*<[^\s<>@",;:()]+@[^\s<>@",;:()]+>|[^\s<>@",;:()]+@[^\s<>@",;:()]+)$/u.test(text),
    { params: { says: sentence('problem.mail_address', { member: 'to' }) } },
  );

/** Several are typed with commas between. */
const recipients = z.preprocess(
  (given) => (typeof given === 'string' ? given.split(',').map((one) => one.trim()) : given),
  z.array(mailAddress).min(1).max(20),
);

const config = z.strictObject({
  from: mailAddress,
  to: recipients,
  /** The login's name; absent where the server takes mail without one. */
  user: z.string().trim().min(1).max(320).optional(),
  password: z.string().min(1).max(1000).optional(),
  /** What fell due in so many minutes goes out as one message; absent where each event is one. */
  digestMinutes: z.number().int().min(1).max(1440).optional(),
  language: z.enum(['en', 'fil']).default('en'),
  /** Templates in place of our own: of the subject, and of the text. */
  subject: z.string().min(1).max(1000).optional(),
  text: z.string().min(1).max(longestTemplate).optional(),
});
export type MailConfig = z.output<typeof config>;

/** Port 25 is for mail between servers: most networks block it for programs. */
const serverPort: AddressLint = {
  name: 'mail_server_port',
  isFound: ({ protocol, port }) => isMail(protocol) && port === '25',
  asks: sentence('problem.mail_port_25'),
};

/** On 465 TLS begins at once, on 587 after STARTTLS: the other way round there is silence, or nonsense. */
const otherPort: AddressLint = {
  name: 'mail_other_port',
  isFound: ({ protocol, port }) =>
    (protocol === 'smtp:' && port === '465') || (protocol === 'smtps:' && (port === '587' || port === '25')),
  asks: sentence('problem.mail_other_port'),
};

const appPassword: AddressLint = {
  name: 'mail_app_password',
  isFound: ({ protocol, hostname }) => isMail(protocol) && /^smtp\.(?:gmail|googlemail)\.com$/i.test(hostname),
  asks: sentence('problem.mail_app_password'),
};

const isMail = (protocol: string): boolean => protocol === 'smtp:' || protocol === 'smtps:';

export const mail = likeWebhook({
  name: 'mail',
  receivers: [
    receiver('Gmail', ['smtp.gmail.com', 'smtp.googlemail.com'], { addressIsKey: false }),
    receiver('Microsoft 365', ['smtp.office365.com'], { addressIsKey: false }),
  ],
  config,
  secrets: ['password'],
  standIns: { from: 'you@hotel.example', to: ['you@hotel.example'] },
  sendsEvents: false,
  usual: { limits: { inFlight: 1, perSecond: 2 } },
  lints: [serverPort, otherPort, appPassword],
  address: {
    schemes: ['smtps:', 'smtp:'],
    server: { 'smtps:': 465, 'smtp:': 587 },
    isNone: 'problem.address_no_mail_server',
    isOther: 'problem.address_no_mail_server',
  },
  isSigned: false,
  unverified: 'endpoint_kind.mail.unverified',
  words: {
    name: 'endpoint_kind.mail',
    asks: {
      from: 'endpoint_kind.mail.from',
      to: 'endpoint_kind.mail.to',
      user: 'endpoint_kind.mail.user',
      password: 'endpoint_kind.mail.password',
      digestMinutes: 'endpoint_kind.mail.digest_minutes',
      language: 'endpoint_kind.mail.language',
      subject: 'endpoint_kind.mail.subject',
      text: 'endpoint_kind.mail.text',
    },
  },
});
