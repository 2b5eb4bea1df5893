/** What an attempt's outcome says, in English: what happened. What is to be done about it is its remedy's to say. */
export const outcomesEn = {
  'outcome.delivered': '{name} has it.',

  'outcome.offline': 'There was no internet. The event is safe and waits.',
  'outcome.silence': 'Neither {host} nor the addresses of the internet check answered. The event is safe and waits.',
  'outcome.local_network': "This PC does not reach the property's own network ({host}). The event is safe and waits.",
  'outcome.captive_portal': "This PC's Wi-Fi wants a sign-in. The event is safe and waits.",
  'outcome.clock': "This PC's clock is wrong by {skewMs}.",
  'outcome.tls_interception': 'Security software is intercepting secure connections.',
  'outcome.tls_interception_by': '{product} is intercepting secure connections.',
  'outcome.interrupted': 'Interrupted: the app was stopped before {name} answered. The event is sent again.',
  'outcome.interrupted_no_room':
    'This PC has too much open at once: there was no room for a connection to {name}. It is tried again by itself.',
  'outcome.network_away': 'Interrupted: this PC had no way to {name} for a while. The event is sent again.',
  'outcome.network_changed': "Interrupted: this PC's network changed before {name} answered. The event is sent again.",
  'outcome.asleep': 'Interrupted: this PC was asleep before {name} answered. The event is sent again.',

  'outcome.proxy_password': 'The office proxy asks for a password.',
  'outcome.proxy_password_refused': 'The office proxy refused the name and password that it was given.',
  'outcome.proxy_sign_in': 'The office proxy asks for a sign-in that Roost Relay does not know: {asksFor}.',
  'outcome.proxy_unreachable': 'The office proxy cannot be reached.',
  'outcome.proxy_socks': 'The office proxy is a SOCKS proxy, which Roost Relay cannot go through.',
  'outcome.proxy_refused': 'The office proxy did not let the event through ({status}).',

  'outcome.name_not_found':
    'The address {host} was not found: it is misspelt, or this PC cannot look addresses up now.',
  'outcome.wrong_address': 'The address {host} does not exist.',

  'outcome.no_answer': '{name} did not answer within {seconds} seconds.',
  'outcome.answer_unfinished': '{name} began to answer, but was not done within {seconds} seconds.',
  'outcome.answer_broke_off': '{name} began to answer, then the connection broke off.',
  'outcome.connection_refused': '{name} refused the connection: nothing is running there at the moment.',
  'outcome.connection_lost': '{name} closed the connection without an answer.',
  'outcome.unreachable': '{name} cannot be reached from this PC.',
  'outcome.lookup_failed': 'The address {host} could not be looked up just now.',
  'outcome.no_secure_connection': '{name} could not agree on a secure connection at this address.',
  'outcome.not_http': '{name} gave an answer that makes no sense.',
  'outcome.behind_proxy_unreachable': 'The office proxy could not reach {name} ({status}).',
  'outcome.server_error': '{name} had a problem of its own ({status}).',
  'outcome.unavailable': '{name} is not available at the moment ({status}).',
  'outcome.redirect': '{name} sends us on to {target} instead of taking the event ({status}).',
  'outcome.redirect_unnamed': '{name} sends us elsewhere instead of taking the event ({status}).',

  'outcome.certificate_expired': 'The security certificate of {name} expired on {validToOn}.',
  'outcome.certificate_not_yet_valid': 'The security certificate of {name} is not valid before {validFromOn}.',
  'outcome.certificate_wrong_host': 'The security certificate at {host} belongs to another address: {names}.',
  'outcome.certificate_self_signed': '{name} shows a security certificate that it made itself.',
  'outcome.certificate_unknown_issuer':
    'The security certificate of {name} comes from “{issuer}”, which this PC does not know.',
  'outcome.certificate_unknown_issuer_unnamed':
    'The security certificate of {name} comes from an issuer that this PC does not know.',
  'outcome.certificate_bad': 'The security certificate of {name} is not valid.',

  'outcome.throttled': '{name} asked us to slow down.',
  'outcome.busy': '{name} takes fewer at once ({status}). We go slower; nothing is lost.',
  'outcome.throttled_too_long': '{name} has been asking us to slow down for over a day.',

  'outcome.address_refused': '{name} does not accept this address.',
  'outcome.chat_unknown': '{name} does not find the chat, or our bot may not write into it.',
  'outcome.chat_moved': 'The group at {name} became a supergroup: its number is {chatId} now.',
  'outcome.script_unconfirmed': '{name} ran its script, and did not say what came of it.',
  'outcome.script_for_few': '{name} wants a Google sign-in: its script is not deployed for anyone.',
  'outcome.script_redirect':
    '{name} ran a Google Apps Script, whose answer comes over a redirect ({status}) that this kind of endpoint does not follow.',
  'outcome.script_failed': 'The script at {name} ended with an error.',
  'outcome.known_already': '{name} has it already.',
  'outcome.for_nobody':
    '{name} accepted it for nobody: no destination there is for this property and this type of event.',
  'outcome.not_its_answer':
    'What answered ({status}) does not say what {name} says when it has taken something: another may have answered in its place.',
  'outcome.not_routed': '{name} has no queue that takes it.',
  'outcome.key_refused': '{name} does not let us in ({status}).',
  'outcome.token_refused': '{name} does not take our token ({status}).',
  'outcome.user_refused': '{name} does not take our user and password ({status}).',
  'outcome.application_unknown': '{name} does not know the application that its address names ({status}).',
  'outcome.exchange_unknown':
    '{name} does not know the exchange that its address names, or its virtual host ({status}).',
  'outcome.address_unknown': '{name} does not know this address ({status}).',
  'outcome.not_for_events': 'This address of {name} does not take events ({status}).',
  'outcome.signature_refused': '{name} does not accept our signature ({status}).',
  'outcome.credentials_wanted': '{name} asks for credentials of the kind {scheme} ({status}).',
  'outcome.csrf': '{name} protects this address like a web form, with CSRF ({status}).',
  'outcome.test_address': 'This is a test address of {name}, which listens only for a moment ({status}).',
  'outcome.workflow_off': 'The workflow at {name} is not active ({status}).',
  'outcome.slash_missing': 'The address of {name} lacks the slash at its end ({status}).',
  'outcome.sign_in_page':
    '{name} sends us on to {target} instead of taking the event ({status}). That is a sign-in page.',
  'outcome.payment_required': '{name} wants to be paid first ({status}).',
  'outcome.legally_blocked': '{name} may not take events from here for legal reasons ({status}).',
  'outcome.gone_told': '{name} says it is gone for good ({status}).',
  'outcome.gone': '{name} says it is gone for good. Nothing more is sent to it until someone resumes it.',

  'outcome.mail_login_refused': 'The mail server {host} refused the login ({status}).',
  'outcome.mail_login_wanted': 'The mail server {host} wants a login first ({status}).',
  'outcome.mail_sender_refused': 'The mail server {host} does not take mail from this sender address ({status}).',
  'outcome.mail_recipient_refused': 'The mail server {host} does not take mail for {recipients} ({status}).',
  'outcome.mail_not_from_here': 'The mail server {host} takes no mail from this network ({status}).',
  'outcome.mail_no_encryption': 'The mail server {host} offers no encryption, so that nothing is sent to it.',
  'outcome.mail_partly': 'The mail server {host} took it, but not for {recipients}.',
  'outcome.mail_later': 'The mail server {host} cannot take it just now and asks to try again later ({status}).',
  'outcome.mail_login_later':
    'The mail server {host} cannot verify the login just now and asks to try again later ({status}).',
  'outcome.mail_later_for':
    'The mail server {host} cannot take it for {recipients} just now and asks to try again later ({status}).',
  'outcome.mail_later_too_long': 'The mail server {host} has been asking to try again later for over a day ({status}).',
  'outcome.mail_refused': 'The mail server {host} refused this message ({status}).',
  'outcome.mail_plain_first':
    'The mail server {host} speaks before there is TLS, as those at an address with smtp:// do.',
  'outcome.mail_no_greeting':
    'The mail server {host} took the connection and said nothing, as those that want TLS at once (smtps://) do.',
  'outcome.not_smtp': 'There is no mail server at {host}, but something else.',

  'outcome.event_too_large': '{name} refused this message: too large ({sizeBytes}).',
  'outcome.event_too_large_limit': '{name} refused this message: too large ({sizeBytes}, limit {limitBytes}).',
  'outcome.event_blocked':
    '{name} takes other events, but not this one ({status}). A firewall there may dislike something in it.',
  'outcome.refused_within': '{name} refused this message in the text of its answer.',
  'outcome.not_a_success': '{name} answered {status}; by its set-up here only {statuses} means success.',
  'outcome.answer_says': '{name} did not take it: its answer says "{text}", which by its set-up here it must not.',
  'outcome.answer_lacks':
    '{name} did not confirm it: its answer does not say "{text}", which by its set-up here it must.',
  'outcome.shape_failed': 'The template for {name} does not fit this event: line {line}, column {column}: {why}',
  'outcome.message_unfit': '{name} refused this message. {why}',
  'outcome.event_refused': '{name} refused this message ({status}).',
} as const;
