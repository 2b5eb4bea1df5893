/** What has to be done about a trouble, in English: the step on a card, and what a headline asks for. */

/** What a headline asks for, alone and with what waits meanwhile. */
const asks = <Name extends string>(name: Name, text: string) =>
  ({
    [`remedy.${name}.ask.none`]: `${text}.`,
    [`remedy.${name}.ask.one`]: `${text}; 1 event waits safely.`,
    [`remedy.${name}.ask.many`]: `${text}; {count} events wait safely.`,
  }) as Readonly<Record<`remedy.${Name}.ask.${'none' | 'one' | 'many'}`, string>>;

export const remediesEn = {
  'remedy.new_address.step': 'Ask those who run {name} for its new webhook address, and enter it.',
  ...asks('new_address', 'Your IT helper must give it a new address'),
  'remedy.new_hook.step': 'Make a new webhook address in the service behind {name}, and enter it here.',
  ...asks('new_hook', 'Your IT helper must give it a new address'),
  'remedy.gone_hook.step':
    'Make a new webhook address in the service behind {name} and enter it here, or remove the endpoint. If it was removed there by mistake and is back, resume it.',
  ...asks('gone_hook', 'Your IT helper must give it a new address or remove it'),
  'remedy.service.step':
    'Open the service behind {name} on your phone. If it does not work there either, wait: what is kept here goes out by itself once it is back. If it does, tell your IT helper.',
  ...asks('service', 'Please see whether the service works on your phone'),
  'remedy.gone.step':
    'Ask those who run {name} for its new webhook address and enter it, or remove the endpoint. If they say that the 410 was a mistake, resume it.',
  ...asks('gone', 'Your IT helper must give it a new address or remove it'),
  'remedy.lookup.step':
    'Open any website on this PC. If one opens, check the spelling of the address of {name}; if none does, check the router and the DNS server that this PC asks.',
  ...asks('lookup', 'Your IT helper must check its address and the DNS of this PC'),
  'remedy.spelling.step': 'Check the spelling of the address of {name}.',
  ...asks('spelling', 'Your IT helper must correct its address'),
  'remedy.redirect.step': 'Enter the address that {name} sends us on to, or ask those who run it for the right one.',
  ...asks('redirect', 'Your IT helper must correct its address'),
  'remedy.test_address.step':
    'Enter the production address of {name}: this one is for tests and listens only for a moment.',
  ...asks('test_address', 'Your IT helper must enter its production address'),
  'remedy.slash.step': 'Add the slash at the end of the address of {name}.',
  ...asks('slash', 'Your IT helper must add the slash at the end of its address'),
  'remedy.open_address.step': 'Ask those who run {name} for an address that needs no sign-in, and enter it.',
  ...asks('open_address', 'Your IT helper must enter an address that needs no sign-in'),
  'remedy.secret.step': 'Check the secret of {name}: it has to be the same one here and there.',
  ...asks('secret', 'Your IT helper must check its secret'),
  'remedy.credentials.step': 'Check the Authorization header of {name}.',
  ...asks('credentials', 'Your IT helper must check its Authorization header'),
  'remedy.chat.step': 'Add our bot to the chat at {name}, or enter the right chat in its set-up here.',
  ...asks('chat', 'Your IT helper must add its bot to the chat'),
  'remedy.chat_moved.step':
    'Enter {chatId} as the number of the chat of {name}, in its set-up here ({relay} endpoint change {id} --set chatId={chatId}).',
  ...asks('chat_moved', 'Your IT helper must enter the new number of its chat'),
  'remedy.deploy.step': 'At {name}, deploy the web app anew with access for “Anyone”.',
  ...asks('deploy', 'Your IT helper must deploy its script for anyone, there'),
  'remedy.script_kind.step':
    'Change the kind of {name} to Google Apps Script ({relay} endpoint change {id} --kind apps_script): until then its script runs anew with each try.',
  ...asks('script_kind', 'Your IT helper must change its kind to Google Apps Script'),
  'remedy.script.step': 'Look at the executions of the script at {name}: the error stands there.',
  ...asks('script', 'Your IT helper must look at the errors of its script, there'),
  'remedy.destination.step':
    'At {name}, set up a destination for this property (its tenant) and for these types of events.',
  ...asks('destination', 'Your IT helper must set up a destination for this property, there'),
  'remedy.in_between.step':
    'Look at the answer: a web filter, a sign-in page or a proxy may stand before {name}. Allow the address of {name} there, then try again.',
  ...asks('in_between', 'Your IT helper must see what answers in its place'),
  'remedy.queue.step':
    'At {name}, bind a queue to this exchange and routing key, or enter the name of the queue here as routing key.',
  ...asks('queue', 'Your IT helper must bind a queue to its exchange'),
  'remedy.login.step': 'Check the login name and the password of {name}.',
  ...asks('login', 'Your IT helper must check its login name and password'),

  'remedy.token.step': 'Check the Token of {name}: copy it anew from there, and see that it may publish.',
  ...asks('token', 'Your IT helper must check its token'),
  'remedy.user.step': 'Check User and Password of {name}, and that this user may publish at its exchange.',
  ...asks('user', 'Your IT helper must check its user and password'),
  'remedy.application.step':
    'Check the application in the address of {name}: it stands between /app/ and /msg/, and has to exist there.',
  ...asks('application', 'Your IT helper must check the application in its address'),
  'remedy.exchange.step':
    'Check the address of {name}: /api/exchanges/, the virtual host (%2F for /), then the exchange. Both have to exist there.',
  ...asks('exchange', 'Your IT helper must check the exchange in its address'),

  'remedy.mail_sender.step': 'Enter a sender address for {name} that its mail server lets this login send from.',
  ...asks('mail_sender', 'Your IT helper must enter another sender address'),

  'remedy.recipients.step': 'Check the addresses that {name} writes to.',
  ...asks('recipients', 'Your IT helper must check the addresses that it writes to'),

  'remedy.mail_smtp.step':
    'Enter the address of {name} with smtp:// in place of smtps://, or another port: 587 and 25 are smtp://, 465 is smtps://.',
  ...asks('mail_smtp', 'Your IT helper must enter its address with smtp://'),

  'remedy.mail_smtps.step':
    'Enter the address of {name} with smtps:// in place of smtp://, or another port: 465 is smtps://, 587 and 25 are smtp://.',
  ...asks('mail_smtps', 'Your IT helper must check whether its address is one with smtps://'),

  'remedy.mail_server.step':
    'Ask those who run the mail server of {name} for the address, port and login for programs.',
  ...asks('mail_server', "Your IT helper must check its mail server's address and port"),

  'remedy.exempt.step': 'At {name}, exempt this address from the protection against forged web forms (CSRF).',
  ...asks('exempt', 'Your IT helper must have its address exempted from CSRF protection, there'),
  'remedy.workflow.step': 'At {name}, switch the workflow on.',
  ...asks('workflow', 'Your IT helper must switch its workflow on, there'),
  'remedy.key.step': 'Check the secret and the headers of {name}.',
  ...asks('key', 'Your IT helper must check its secret and headers'),
  'remedy.own_certificate.step':
    'Add the certificate of {name} to its set-up here ({relay} endpoint change {id} --ca-file FILE), or for every endpoint in the settings ({relay} settings set --ca-file FILE). Or ask those who run it for one that every PC knows.',
  ...asks('own_certificate', 'Your IT helper must add its certificate'),
  'remedy.pace.step': 'Ask those who run {name} for a higher limit, or lower its pace in its set-up here.',
  ...asks('pace', 'Your IT helper must lower its pace or ask for a higher limit'),
  'remedy.template.step':
    'Change the template of {name} so that it fits this event: what it could not make goes out by itself then.',
  ...asks('template', 'Your IT helper must change its template'),
  'remedy.message.step':
    'Change the template of {name} so that it makes what is expected (a long text is cut by the filter “truncate: 500”), then send again ({relay} resend DELIVERY).',
  ...asks('message', 'Your IT helper must change its template'),
  'remedy.success_statuses.step':
    'Check “Answers that mean success” (successStatuses) in the set-up of {name}: {status} is none of them.',
  ...asks('success_statuses', 'Your IT helper must check which of its answers mean success'),
  'remedy.must_contain.step':
    'Check “The answer must contain” (mustContain) in the set-up of {name} against its answer.',
  ...asks('must_contain', 'Your IT helper must check what its answer must contain'),
  'remedy.must_not_contain.step':
    'Check “The answer must not contain” (mustNotContain) in the set-up of {name} against its answer.',
  ...asks('must_not_contain', 'Your IT helper must check what its answer must not contain'),
  'remedy.event.step':
    'Look at what {name} answered ({relay} deliveries --endpoint {id}), then send again ({relay} resend DELIVERY) or cancel ({relay} cancel DELIVERY).',
  ...asks('event', 'Your IT helper must look at what it answered'),
  'remedy.certificate.step': 'Call those who run {name} and tell them: “Your security certificate is not valid.”',
  ...asks('certificate', 'Please call those who run it about its certificate'),
  'remedy.pay.step': 'Call those who run {name}: the subscription has to be paid.',
  ...asks('pay', 'Please call those who run it about the subscription'),
  'remedy.legal.step': 'Call those who run {name} and ask why they take nothing from here.',
  ...asks('legal', 'Please call those who run it'),
  'remedy.call_answered.step':
    'Call those who run {name} and tell them: “You have taken nothing since {sinceAt}; you answer {status}.”',
  ...asks('call_answered', 'Please call those who run it'),
  'remedy.call_unfinished.step':
    'Call those who run {name} and tell them: “You have taken nothing since {sinceAt}; your answers break off before their end.”',
  ...asks('call_unfinished', 'Please call those who run it'),
  'remedy.call_garbled.step':
    'Call those who run {name} and tell them: “You have taken nothing since {sinceAt}; your answers are not HTTP that can be read.”',
  ...asks('call_garbled', 'Please call those who run it'),
  'remedy.call_closed.step':
    'Call those who run {name} and tell them: “You have taken nothing since {sinceAt}; you close the connection without an answer.”',
  ...asks('call_closed', 'Please call those who run it'),
  'remedy.call_insecure.step':
    'Call those who run {name} and tell them: “You have taken nothing since {sinceAt}; you make no secure connection.”',
  ...asks('call_insecure', 'Please call those who run it'),
  'remedy.call_silent.step':
    'Call those who run {name} and tell them: “You have taken nothing since {sinceAt}; you do not answer.”',
  ...asks('call_silent', 'Please call those who run it'),
  'remedy.device.step': 'See whether {name} is switched on and connected to the network here.',
  ...asks('device', 'Please see whether it is switched on'),
  'remedy.wait.step': 'Nothing to do: it is tried again by itself.',
  ...asks('wait', 'It is tried again by itself'),
  'remedy.slow.step': 'Nothing to do: what waits for it is tried again by itself.',
  ...asks('slow', 'It is tried again by itself'),
  'remedy.internet.step': 'Check the router and its cables, or call your internet provider.',
  ...asks('internet', 'Please check the router'),
  'remedy.silence.step':
    'Open any website on this PC. If none opens, check the router; if one does, call those who run {name}.',
  ...asks('silence', 'Please see whether a website opens on this PC'),
  'remedy.local_network.step': "Check this PC's network cable or Wi-Fi, and the switch that it is connected to.",
  ...asks('local_network', "Please check this PC's network"),
  'remedy.sign_in.step': 'Open a web browser on this PC and sign in to the Wi-Fi.',
  ...asks('sign_in', 'Please sign in to the Wi-Fi'),
  'remedy.clock.step': "Fix date and time in this PC's settings.",
  ...asks('clock', 'Please fix date and time'),
  'remedy.interception.step': 'Send this to IT: Roost Relay needs an exception from HTTPS scanning.',
  ...asks('interception', 'Your IT helper must make an exception for Roost Relay'),
  'remedy.proxy_password.step':
    'Send this to IT: the proxy asks for a name and a password. Give them: {relay} settings set --proxy http://NAME:PASSWORD@HOST:PORT.',
  ...asks('proxy_password', 'Your IT helper must enter the name and password of the proxy'),
  'remedy.proxy_away.step':
    'Send this to IT: the proxy cannot be reached. See whether it runs, or choose another: {relay} settings set --proxy http://HOST:PORT, or --proxy none.',
  ...asks('proxy_away', 'Your IT helper must look at the proxy'),
  'remedy.proxy.step':
    'Send this to IT: the proxy does not let Roost Relay through. Have it let through, or choose another: {relay} settings set --proxy http://HOST:PORT, or --proxy none.',
  ...asks('proxy', 'Your IT helper must look at the proxy'),
} as const;
