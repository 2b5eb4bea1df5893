/** What endpoints, deliveries, attempts and test sends are called, in Filipino. */
import type { statesEn } from './states.en.ts';

export const statesFil: Readonly<Record<keyof typeof statesEn, string>> = {
  'state.endpoint.draft': 'Draft',
  'state.endpoint.active': 'Aktibo',
  'state.endpoint.degraded': 'May aberya',
  'state.endpoint.failing': 'Pumapalya',
  'state.endpoint.paused': 'Nakahinto',
  'state.endpoint.takes_nothing': 'Walang tinatanggap',
  'state.endpoint.slow_down': 'Nagpapabagal',
  'state.endpoint.test_bench': 'Sa test bench',

  'endpoint_kind.webhook': 'Webhook: ang event mismo, bilang JSON',
  'endpoint_kind.zapier': 'Zapier',
  'endpoint_kind.mail': 'Mail: mensaheng nababasa para sa bawat event',
  'endpoint_kind.make': 'Make.com',
  'endpoint_kind.n8n': 'n8n',
  'endpoint_kind.apps_script': 'Google Apps Script: ang event mismo, sa isang web app',
  'endpoint_kind.chat.unverified':
    'Walang sumusuri ng signature roon: makakasulat sa chat ang sinumang nakakaalam ng address. Huwag itong ipaalam sa iba.',
  'endpoint_kind.apps_script.unverified':
    'Walang nakikitang header ang isang script, kaya hindi nito masusuri ang signature: huwag ipaalam sa iba ang address nito.',
  'endpoint_kind.engine.unverified':
    'Walang sinusuring signature roon: ang token nito ang nagsasabi kung sino ang nagpapadala.',
  'endpoint_kind.rabbitmq_http.unverified':
    'Walang sinusuring signature roon: ang user at password nito ang nagsasabi kung sino ang nagpapadala.',
  'endpoint_kind.mail.unverified': 'Wala: walang signature ang mail.',
  'endpoint_kind.home_assistant': 'Home Assistant: ang event mismo, sa isang webhook trigger',
  'endpoint_kind.node_red': 'Node-RED: ang event mismo, sa isang “http in” node',
  'endpoint_kind.outpost': 'Outpost: ipinapasa ang mga event sa mga destination ng property',
  'endpoint_kind.svix': 'Svix: ipinapasa ang mga event sa mga endpoint ng application',
  'endpoint_kind.convoy': 'Convoy: ipinapasa ang mga event sa mga endpoint ng owner',
  'endpoint_kind.rabbitmq_http': 'RabbitMQ: mensahe sa isang exchange, sa HTTP API nito',
  'endpoint_kind.roost_relay': 'Ibang Roost Relay, gaya ng sa head office',
  'endpoint_kind.engine.token':
    'Token, para sa Authorization: Bearer; walang laman lang kung sinasabi ito ng sarili ninyong header',
  'endpoint_kind.roost_relay.token': 'Token ng source doon',
  'endpoint_kind.rabbitmq_http.user': 'User',
  'endpoint_kind.rabbitmq_http.password': 'Password',
  'endpoint_kind.rabbitmq_http.routing_key': 'Routing key, o pangalan ng queue; walang laman para sa uri ng event',
  'endpoint_kind.custom': 'Sariling template',
  'endpoint_kind.slack': 'Slack: mensahe sa isang channel',
  'endpoint_kind.discord': 'Discord: mensahe sa isang channel',
  'endpoint_kind.teams': 'Teams: card sa isang channel, sa pamamagitan ng workflow',
  'endpoint_kind.google_chat': 'Google Chat: card sa isang space',
  'endpoint_kind.telegram': 'Telegram: mensahe mula sa bot',
  'endpoint_kind.custom.content': 'Ang ginagawa ng template',
  'endpoint_kind.custom.template': 'Template (Liquid)',
  'endpoint_kind.custom.success_statuses':
    'Mga sagot na tagumpay ang ibig sabihin; walang laman para sa kahit anong 2xx',
  'endpoint_kind.custom.must_contain': 'Dapat nasa sagot ang',
  'endpoint_kind.custom.must_not_contain': 'Hindi dapat nasa sagot ang',
  'endpoint_kind.custom.signature_header': 'Ang pirma sa ikalawang pangalan ng header rin',
  'endpoint_kind.custom.bare_hex': 'Doon nang walang sha256= sa unahan',
  'endpoint_kind.chat.template': 'Sariling template para sa mensahe (Liquid); walang laman para sa amin',
  'endpoint_kind.telegram.chat_id': 'Ang numero ng chat, o @pangalan ng channel',
  'endpoint_kind.mail.from': 'Mula kay',
  'endpoint_kind.mail.to': 'Para kay; kung marami, may kuwit sa pagitan',
  'endpoint_kind.mail.user': 'Pangalan sa pag-login; walang laman kung hindi hinihingi',
  'endpoint_kind.mail.password': 'Password',
  'endpoint_kind.mail.digest_minutes':
    'Mga minutong iniipon sa isang mail; walang laman para sa isang mail bawat event',
  'endpoint_kind.mail.language': 'Wika ng mail',
  'endpoint_kind.mail.subject': 'Sariling subject (Liquid); walang laman para sa amin',
  'endpoint_kind.mail.text': 'Sariling teksto (Liquid); walang laman para sa amin',
  'source_kind.http': 'Program na nagpo-post ng mga event nito',
  'source_kind.spool': 'Ang command line, habang hindi tumatakbo ang Roost Relay',

  'state.delivery.waiting': 'Naghihintay',
  'state.delivery.sending': 'Ipinapadala',
  'state.delivery.delivered': 'Naihatid',
  'state.delivery.needs_attention': 'Asikasuhin',
  'state.delivery.cancelled': 'Kinansela',
  'state.delivery.to_bench': 'Sa test bench',
  'state.delivery.held_back': 'Pinigil',
  'state.delivery.too_old': 'Luma na, pinigil',

  'state.attempt.running': 'ginagawa pa',
  'state.attempt.interrupted': 'naputol',
  'state.attempt.uncounted': 'hindi binibilang',
  'state.attempt.no_answer': 'walang sagot',

  'try_now.there': 'May internet na. Lalabas ang mga naghihintay.',
  'try_now.offline': 'Wala pa ring internet. Patuloy itong hinahanap ng Roost Relay, kahit isang beses bawat minuto.',
  'try_now.silence':
    'Wala pa ring sumasagot, endpoint man o mga address ng pagsuri sa internet. Patuloy itong tinitingnan ng Roost Relay, kahit isang beses bawat minuto.',
  'try_now.captive_portal':
    'Humihingi pa rin ng sign-in ang Wi-Fi. Patuloy itong tinitingnan ng Roost Relay, kahit isang beses bawat minuto.',
  'try_now.tls_interception':
    'May humarang pa rin sa mga secure na koneksiyon sa huling attempt. Susubukan ngayon ang isang event.',
  'try_now.proxy': 'Walang pinadaan ang proxy sa huling attempt. Susubukan ngayon ang isang event.',
  'try_now.too_often':
    'Tatlong beses na itong hinanap sa loob ng dalawang minuto. Subukan ulit sa {againAt}; patuloy itong hinahanap ng Roost Relay.',
  'try_now.nothing': 'Walang bukas na endpoint na papunta sa internet, kaya walang tinanong.',

  'state.event.forgotten': 'Kinalimutan ang bisita nito: wala na rito ang ipinadala.',
  'state.event.forgotten_by': 'Kinalimutan noong {goneOn} ni {who}: wala na rito ang ipinadala.',
  'state.event.old': 'Mas luma kaysa tagal ng pagtago ng laman: wala na rito ang ipinadala.',

  'try.first': 'Unang subok',
  'try.retry': 'Ulit {number}',
  'try.retry_after': 'Ulit {number}, pagkaraan ng {delayMs}',
  'try.again': 'Sinubukan ulit',
  'try.by_hand': 'Sinubukan nang mano-mano',
  'try.trial': 'Pagsubok',
  'try.resend': 'Ipinadala ulit nang mano-mano',
  'try.test': 'Pansubok na padala',
  'try.canary': 'Una pagbalik ng internet',

  'test.taken': 'Dumating ang pagsubok sa {name} at tinanggap ({status}).',
  'test.refused': 'Dumating ang pagsubok sa {name} pero tinanggihan ({status}).',
  'test.not_taken': 'Dumating ang pagsubok sa {name} pero hindi tinanggap ({status}).',
  'test.not_its_answer': 'Hindi tinanggap ang test: mukhang hindi {name} ang sumagot ({status}).',
  'test.no_whole_answer': 'Naipadala ang test sa {name}, pero hindi buong sagot ang bumalik.',
  'test.not_arrived': 'Hindi dumating ang pagsubok sa {name}.',
  'test.interrupted': 'Naputol ang pagsubok sa {name}.',
};
