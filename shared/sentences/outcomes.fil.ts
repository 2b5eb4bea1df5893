/** What an attempt's outcome says to the manager, in Filipino. */
import type { outcomesEn } from './outcomes.en.ts';

export const outcomesFil: Readonly<Record<keyof typeof outcomesEn, string>> = {
  'outcome.delivered': 'Natanggap na ng {name}.',

  'outcome.offline': 'Walang internet. Ligtas ang event at naghihintay.',
  'outcome.silence':
    'Hindi sumagot ang {host}, pati ang mga address ng pagsuri sa internet. Ligtas ang event at naghihintay.',
  'outcome.local_network':
    'Hindi maabot ng PC na ito ang sariling network ng property ({host}). Ligtas at naghihintay ang event.',
  'outcome.captive_portal': 'Kailangang mag-sign in sa Wi-Fi ng PC na ito. Ligtas ang event at naghihintay.',
  'outcome.clock': 'Mali ang orasan ng PC na ito nang {skewMs}.',
  'outcome.tls_interception': 'May security software na humaharang sa mga secure na koneksiyon.',
  'outcome.tls_interception_by': 'Hinaharang ng {product} ang mga secure na koneksiyon.',
  'outcome.interrupted': 'Naputol: huminto ang app bago sumagot ang {name}. Ipapadala ulit ang event.',
  'outcome.interrupted_no_room':
    'Masyadong maraming bukas sa PC na ito: walang lugar para sa koneksiyon sa {name}. Kusa itong susubukan ulit.',
  'outcome.network_away': 'Naputol: nawalan saglit ang PC na ito ng daan papunta sa {name}. Ipapadala ulit ang event.',
  'outcome.network_changed':
    'Naputol: nagbago ang network ng PC na ito bago sumagot ang {name}. Ipapadala ulit ang event.',
  'outcome.asleep': 'Naputol: naka-sleep ang PC na ito bago sumagot ang {name}. Ipapadala ulit ang event.',

  'outcome.proxy_password': 'Humihingi ng password ang proxy ng opisina.',
  'outcome.proxy_password_refused': 'Tinanggihan ng proxy ng opisina ang pangalan at password na ibinigay dito.',
  'outcome.proxy_sign_in': 'Humihingi ang proxy ng opisina ng pag-sign in na hindi alam ng Roost Relay: {asksFor}.',
  'outcome.proxy_unreachable': 'Hindi maabot ang proxy ng opisina.',
  'outcome.proxy_socks': 'SOCKS ang proxy ng opisina; hindi makadaan doon ang Roost Relay.',
  'outcome.proxy_refused': 'Hindi pinadaan ng proxy ng opisina ang event ({status}).',

  'outcome.name_not_found':
    'Hindi nahanap ang address na {host}: mali ang baybay, o hindi makahanap ng address ang PC na ito ngayon.',
  'outcome.wrong_address': 'Walang address na {host}.',

  'outcome.no_answer': 'Hindi sumagot ang {name} sa loob ng {seconds} segundo.',
  'outcome.answer_unfinished': 'Nagsimulang sumagot ang {name}, pero hindi natapos sa loob ng {seconds} segundo.',
  'outcome.answer_broke_off': 'Nagsimulang sumagot ang {name}, pero naputol ang koneksiyon.',
  'outcome.connection_refused': 'Tinanggihan ng {name} ang koneksiyon: walang tumatakbo roon sa ngayon.',
  'outcome.connection_lost': 'Isinara ng {name} ang koneksiyon nang hindi sumasagot.',
  'outcome.unreachable': 'Hindi maabot ang {name} mula sa PC na ito.',
  'outcome.lookup_failed': 'Hindi mahanap sa ngayon ang address na {host}.',
  'outcome.no_secure_connection': 'Hindi makagawa ng secure na koneksiyon sa {name} sa address na ito.',
  'outcome.not_http': 'Hindi maintindihan ang sagot ng {name}.',
  'outcome.behind_proxy_unreachable': 'Hindi maabot ng proxy ng opisina ang {name} ({status}).',
  'outcome.server_error': 'Nagkaproblema ang {name} sa sarili nitong panig ({status}).',
  'outcome.unavailable': 'Hindi available ang {name} sa ngayon ({status}).',
  'outcome.redirect': 'Itinuturo tayo ng {name} sa {target} sa halip na tanggapin ang event ({status}).',
  'outcome.redirect_unnamed': 'Itinuturo tayo ng {name} sa iba sa halip na tanggapin ang event ({status}).',

  'outcome.certificate_expired': 'Nag-expire noong {validToOn} ang security certificate ng {name}.',
  'outcome.certificate_not_yet_valid': 'Hindi pa balido ang security certificate ng {name} bago ang {validFromOn}.',
  'outcome.certificate_wrong_host': 'Para sa ibang address ang security certificate sa {host}: {names}.',
  'outcome.certificate_self_signed': 'Sariling gawa ng {name} ang security certificate nito.',
  'outcome.certificate_unknown_issuer':
    'Galing sa “{issuer}” ang security certificate ng {name}, na hindi kilala ng PC na ito.',
  'outcome.certificate_unknown_issuer_unnamed':
    'Galing sa hindi kilala ng PC na ito ang security certificate ng {name}.',
  'outcome.certificate_bad': 'Hindi balido ang security certificate ng {name}.',

  'outcome.throttled': 'Hiniling ng {name} na bagalan natin.',
  'outcome.busy':
    'Mas kaunti ang kayang tanggapin ng {name} nang sabay-sabay ({status}). Binabagalan natin; walang nawawala.',
  'outcome.throttled_too_long': 'Mahigit isang araw nang hinihiling ng {name} na bagalan natin.',

  'outcome.address_refused': 'Hindi tinatanggap ng {name} ang address na ito.',
  'outcome.chat_unknown': 'Hindi makita ng {name} ang chat, o hindi puwedeng magsulat doon ang bot natin.',
  'outcome.chat_moved': 'Naging supergroup ang grupo sa {name}: {chatId} na ngayon ang numero nito.',
  'outcome.script_unconfirmed': 'Pinatakbo ng {name} ang script nito, pero hindi sinabi kung ano ang kinalabasan.',
  'outcome.script_for_few': 'Humihingi ng Google sign-in ang {name}: hindi naka-deploy para sa lahat ang script nito.',
  'outcome.script_redirect':
    'Pinatakbo ng {name} ang isang Google Apps Script, na sumasagot sa pamamagitan ng redirect ({status}) na hindi sinusundan ng ganitong uri ng endpoint.',
  'outcome.script_failed': 'Nagka-error ang script sa {name}.',
  'outcome.known_already': 'Mayroon na nito ang {name}.',
  'outcome.for_nobody':
    'Tinanggap ito ng {name} pero walang pagbibigyan: walang destination doon para sa property na ito at sa ganitong event.',
  'outcome.not_its_answer':
    'Hindi gaya ng sagot ng {name} kapag may natanggap ito ang sumagot ({status}): baka iba ang sumagot para rito.',
  'outcome.not_routed': 'Walang queue ang {name} na tatanggap nito.',
  'outcome.key_refused': 'Hindi tayo pinapapasok ng {name} ({status}).',
  'outcome.token_refused': 'Hindi tinatanggap ng {name} ang token natin ({status}).',
  'outcome.user_refused': 'Hindi tinatanggap ng {name} ang user at password natin ({status}).',
  'outcome.application_unknown': 'Hindi kilala ng {name} ang application na nasa address nito ({status}).',
  'outcome.exchange_unknown':
    'Hindi kilala ng {name} ang exchange na nasa address nito, o ang virtual host ({status}).',
  'outcome.address_unknown': 'Hindi kilala ng {name} ang address na ito ({status}).',
  'outcome.not_for_events': 'Hindi tumatanggap ng event ang address na ito ng {name} ({status}).',
  'outcome.signature_refused': 'Hindi tinatanggap ng {name} ang ating signature ({status}).',
  'outcome.credentials_wanted': 'Humihingi ang {name} ng credentials na {scheme} ({status}).',
  'outcome.csrf': 'Pinoprotektahan ng {name} ang address na ito na parang web form, gamit ang CSRF ({status}).',
  'outcome.test_address': 'Test address ito ng {name} na sandali lang nakikinig ({status}).',
  'outcome.workflow_off': 'Hindi aktibo ang workflow sa {name} ({status}).',
  'outcome.slash_missing': 'Kulang ng slash sa dulo ang address ng {name} ({status}).',
  'outcome.sign_in_page':
    'Itinuturo tayo ng {name} sa {target} sa halip na tanggapin ang event ({status}). Sign-in page iyon.',
  'outcome.payment_required': 'Kailangan munang bayaran ang {name} ({status}).',
  'outcome.legally_blocked': 'Hindi maaaring tumanggap ang {name} ng event mula rito dahil sa batas ({status}).',
  'outcome.gone_told': 'Sinasabi ng {name} na tuluyan na itong wala ({status}).',
  'outcome.gone': "Sinasabi ng {name} na tuluyan na itong wala. Walang ipapadala rito hangga't walang nagpapatuloy.",

  'outcome.mail_login_refused': 'Tinanggihan ng mail server na {host} ang login ({status}).',
  'outcome.mail_login_wanted': 'Humihingi muna ng login ang mail server na {host} ({status}).',
  'outcome.mail_sender_refused':
    'Hindi tumatanggap ng mail mula sa sender address na ito ang mail server na {host} ({status}).',
  'outcome.mail_recipient_refused':
    'Hindi tumatanggap ng mail para sa {recipients} ang mail server na {host} ({status}).',
  'outcome.mail_not_from_here':
    'Hindi tumatanggap ng mail mula sa network na ito ang mail server na {host} ({status}).',
  'outcome.mail_no_encryption': 'Walang encryption ang mail server na {host}, kaya walang ipinapadala roon.',
  'outcome.mail_partly': 'Tinanggap ito ng mail server na {host}, pero hindi para sa {recipients}.',
  'outcome.mail_later': 'Hindi ito matanggap ngayon ng mail server na {host}; subukan daw ulit mamaya ({status}).',
  'outcome.mail_login_later':
    'Hindi makumpirma ngayon ng mail server na {host} ang login; subukan daw ulit mamaya ({status}).',
  'outcome.mail_later_for':
    'Hindi ito matanggap ngayon ng mail server na {host} para sa {recipients}; subukan daw ulit mamaya ({status}).',
  'outcome.mail_later_too_long':
    'Mahigit isang araw nang sinasabi ng mail server na {host} na subukan ulit mamaya ({status}).',
  'outcome.mail_refused': 'Tinanggihan ng mail server na {host} ang mensaheng ito ({status}).',
  'outcome.mail_plain_first':
    'Nauunang magsalita ang mail server na {host} bago magkaroon ng TLS, gaya ng mga nasa address na smtp://.',
  'outcome.mail_no_greeting':
    'Kumonekta ang mail server na {host} pero walang sinabi, gaya ng mga gusto agad ng TLS (smtps://).',
  'outcome.not_smtp': 'Walang mail server sa {host}; iba ang naroon.',

  'outcome.event_too_large': 'Tinanggihan ng {name} ang mensaheng ito: masyadong malaki ({sizeBytes}).',
  'outcome.event_too_large_limit':
    'Tinanggihan ng {name} ang mensaheng ito: masyadong malaki ({sizeBytes}, hanggang {limitBytes} lang).',
  'outcome.event_blocked':
    'Tumatanggap ang {name} ng ibang event, pero hindi ito ({status}). Baka may ayaw sa laman nito ang firewall doon.',
  'outcome.refused_within': 'Tinanggihan ng {name} ang mensaheng ito sa mismong sagot nito.',
  'outcome.not_a_success': 'Sumagot ang {name} ng {status}; sa set-up nito rito, {statuses} lang ang tagumpay.',
  'outcome.answer_says':
    'Hindi ito tinanggap ng {name}: "{text}" ang sabi ng sagot nito, na bawal sa set-up nito rito.',
  'outcome.answer_lacks':
    'Hindi ito kinumpirma ng {name}: walang "{text}" ang sagot nito, na kailangan sa set-up nito rito.',
  'outcome.shape_failed': 'Hindi akma sa event na ito ang template para sa {name}: linya {line}, hanay {column}: {why}',
  'outcome.message_unfit': 'Tinanggihan ng {name} ang mensaheng ito. {why}',
  'outcome.event_refused': 'Tinanggihan ng {name} ang mensaheng ito ({status}).',
};
