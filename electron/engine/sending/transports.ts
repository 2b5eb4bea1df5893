/** What a request goes out by: the web or mail, as its address says. */
import { createMailSender, type MailSenderOptions } from './mail/mail-sender.ts';
import { createMailTransport } from './mail/mail-transport.ts';
import type { SignedSender, SigningRequest } from './signed-sender.ts';

/** The same sender, which knows mail servers as well. */
export function withMail(web: SignedSender, options: MailSenderOptions): SignedSender {
  const mail = createMailSender(options);
  const sendMail = createMailTransport(mail);
  return {
    send: (request: SigningRequest) => (/^smtps?:/i.test(request.route.url) ? sendMail(request) : web.send(request)),
    probe: (order) => web.probe(order),
    closeEndpoint(endpointId) {
      web.closeEndpoint(endpointId);
      mail.closeEndpoint(endpointId);
    },
    fallsAsleep() {
      web.fallsAsleep();
      mail.fallsAsleep();
    },
    wakesUp() {
      web.wakesUp();
      mail.wakesUp();
    },
    close() {
      web.close();
      mail.close();
    },
  };
}
