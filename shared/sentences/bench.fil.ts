import type { benchEn } from './bench.en.ts';

/** The words of the test bench, of past events and of addresses that are asked about, in Filipino. */
export const benchFil: Readonly<Record<keyof typeof benchEn, string>> = {
  'outcome.bench_took': 'Tinanggap ito ng test bench. Hindi ito nakarating sa {name}.',
  'outcome.bench_refused': 'Sumagot ang test bench ayon sa itinakda. Hindi tinanong ang {name}.',

  'problem.bench_in_use':
    'Ginagamit ang {name}: {waiting} ang naghihintay, {taken} ang naihatid sa huling 24 oras. Habang nakaturo ito sa test bench, doon pupunta ang mga event at hindi ito makukuha ng {name}.',

  'problem.same_address':
    'Mayroon nang ganitong address ang {name}. Dalawang beses darating doon ang pareho nilang tinatanggap.',
  'problem.test_address':
    'Test address ito ng n8n, na dalawang minuto lang nakikinig pagkatapos ng isang click doon. Production address ang kailangan ng mga event: /webhook/ sa halip na /webhook-test/.',
  'problem.slack_workflow':
    'Address ito ng isang workflow sa Slack, na tumatanggap lang ng mga variable na pinangalanan nito. May /services/ sa address ng incoming webhook.',
  'problem.retired_connector':
    'Address ito ng isang Office 365 connector, na isinasara na ng Microsoft. I-set up ang workflow na "Post to a channel when a webhook request is received" sa channel sa Teams, at ilagay ang address nito.',
  'problem.telegram_address':
    'Hindi ito address ng isang Telegram bot: https://api.telegram.org/bot, kasunod agad ang token na ibinigay ng BotFather, saka /sendMessage.',
  'problem.home_assistant':
    '200 ang sagot ng Home Assistant kahit sa id na hindi nito kilala, kaya hindi malalaman mula rito kung tama ang id. Magpadala ng test, at tingnan doon kung tumakbo ang automation.',
  'problem.apps_script_dev':
    'Nagtatapos sa /dev ang address ng script na ito, na gumagana lang para sa sumulat nito kapag naka-sign in. I-deploy ito bilang web app para sa lahat, at ilagay ang address na nagtatapos sa /exec.',
  'problem.address_half':
    'May kulang sa address na ito: ganito ang sa {service}: {form}. Kopyahin ito nang buo, at ilagay ulit.',
  'problem.apps_script_echo':
    'Dito binabasa ng browser ang isinagot ng script, isang beses: hindi ito tumatanggap ng mga event. Ilagay ang address ng web app, na nagsisimula sa https://script.google.com/ at nagtatapos sa /exec.',
  'problem.zapier_address':
    'Pahina ito ng Zapier. Nasa Zap, sa trigger nitong "Catch Hook", ang address na tumatanggap ng mga event, at ganito ang itsura: https://hooks.zapier.com/hooks/catch/…',
  'problem.make_address':
    'Pahina ito ng Make. Nasa scenario, sa "Custom webhook" nito, ang address na tumatanggap ng mga event, at ganito ang itsura: https://hook.eu1.make.com/…',
  'problem.n8n_address':
    'Pahina ito ng n8n. Nasa workflow, sa Webhook node nito sa ilalim ng "Production URL", ang address na tumatanggap ng mga event, at may /webhook/.',
  'problem.apps_script_address':
    'Pahina ito kung saan sinusulat ang mga script. I-deploy ang script bilang web app para sa lahat, at ilagay ang address na nagtatapos sa /exec.',
  'problem.apps_script_sign_in':
    'Dito nagtatanong ang Google kung sino kayo: hindi naka-deploy para sa lahat ang script. I-deploy ito bilang web app para sa lahat, at ilagay ang address na nagtatapos sa /exec.',
  'problem.document_address':
    'Dokumento ito, at hindi tumatanggap ng mga event. Script nito ang tumatanggap: nasa dokumento sa ilalim ng Extensions, Apps Script, na naka-deploy bilang web app para sa lahat. Nagtatapos sa /exec ang address nito.',
  'problem.sign_in_address':
    'Pahina ito para mag-sign in, hindi ang address na tumatanggap ng mga event. Kopyahin ang address mula sa pinagtakdaan ng webhook, hindi mula sa browser.',
  'problem.address_mail':
    'Mail address ito. Sa mail server ninyo dumaraan ang mail: iyon ang ilagay, gaya ng smtp://mail.hotel.example:587. Kung kanino ito ay susunod na itatanong.',
  'problem.slack_address':
    'Hindi ito address ng incoming webhook ng Slack, na ganito ang itsura: https://hooks.slack.com/services/T…/B…/…',
  'problem.discord_address':
    'Hindi ito address ng webhook ng Discord, na ganito ang itsura: https://discord.com/api/webhooks/1234/…',
  'problem.discord_ending':
    'Nagtatapos sa /slack o /github ang address na ito ng webhook ng Discord, kung saan mga mensahe ng mga iyon ang inaasahan ng Discord. Alisin ang dulong iyon.',
  'problem.teams_address':
    'Hindi ito ang address na hinihintayan ng workflow sa Teams: nasa workflow iyon, sa ilalim ng "When a Teams webhook request is received", at may /workflows/.',
  'problem.google_chat_address':
    'Hindi ito address ng webhook ng Google Chat, na ganito ang itsura: https://chat.googleapis.com/v1/spaces/…/messages?key=…&token=…',
  'problem.telegram_no_chat':
    'Kailangang malaman ng Telegram kung saang chat magsusulat: ang numero nito, gaya ng -1001234567890, o ang @pangalan ng pampublikong channel.',
  'problem.no_engine_token':
    'Kailangan doon ng token, o ng sarili ninyong header na nagsasabi kung sino ang nagpapadala, gaya ng Authorization. Kung walang hinihingi roon, puwede ang kahit anong salita bilang token.',
  'problem.outpost_address':
    'Sa address na nagtatapos sa /publish tumatanggap ang Outpost ng mga event: https://…/api/v1/publish kung sarili ninyo, https://api.outpost.hookdeck.com/2025-07-01/publish kung sa cloud nito. Hindi ganoon ang isang ito.',
  'problem.svix_address':
    'Sa address na nagtatapos sa /app/…/msg/ tumatanggap ang Svix ng mga event, na nasa gitna ang id ng application ninyo: https://api.svix.com/api/v1/app/…/msg/. Hindi ganoon ang isang ito.',
  'problem.convoy_address':
    'Sa address na nagtatapos sa /events/fanout tumatanggap ang Convoy ng mga event para sa isang may-ari: https://…/api/v1/projects/…/events/fanout. Hindi ganoon ang isang ito.',
  'problem.rabbitmq_address':
    'Sa address na nagtatapos sa /api/exchanges/, virtual host (%2F para sa /), exchange at /publish tumatanggap ang RabbitMQ ng mga mensahe: https://…:15671/api/exchanges/%2F/amq.default/publish. Hindi ganoon ang isang ito.',
  'problem.roost_relay_address':
    'Sa address na nagtatapos sa /v1/events tumatanggap ang ibang Roost Relay ng mga event: https://…:4782/v1/events. Hindi ganoon ang isang ito.',
  'problem.address_others':
    'Address ito ng {service}, na hindi makatatanggap ng ipinapadala ng uring "{kind}": ang ipinapadala ng uring "{told}" ang tinatanggap nito.',
  'problem.address_nobodys':
    'Hindi ito address ng {service}, pero ipapadala rito ang sa uring "{kind}": dapat iyon din ang tinatanggap ng naroon.',
  'problem.kind_drops': 'Mawawala kasama ng kasalukuyang uri ang nakatakda para rito: {members}.',
  'problem.no_notices':
    'Hindi tumatanggap ang ibang Roost Relay ng mga abisong gaya ng {type}: sa chat, mail o webhook ang mga iyon. Alisin sa mga event nito.',
  'problem.kind_other_address':
    'Hindi sa ganitong address ipinapadala ang {kind}. Ibigay ang bagong address kasama nito.',
  'problem.template_never':
    'Walang maipapadalang nagagawa ang template na ito mula sa anumang halimbawang event. Linya {line}, hanay {column}: {why}',
  'problem.message_never': 'Walang mensahe ng template na ito ang matatanggap ng {service}. {why}',
  'problem.message_no_sample':
    'Tatanggihan ng {service} ang nagagawa ng template na ito mula sa anumang halimbawang event. {why}',
  'problem.message_some':
    'Tatanggihan ng {service} ang nagagawa ng template na ito mula sa halimbawa ng {event}. {why}',
  'problem.mail_address': '{member}: dapat address gaya ng manager@hotel.example o Front desk <desk@hotel.example>.',
  'problem.send_again': 'Natanggap na ng {name} ang event na ito. Matatanggap ulit nito, na may parehong event id.',
  'problem.send_overtaken':
    'May mas bago nang natanggap ang {name} sa parehong booking, order, item o bayad. Mahuhuli ang isang ito.',
  'problem.send_waits': 'Naghihintay na ang event na ito para sa {name}.',
  'problem.data_not_object': 'Ang data ng event ay isang JSON object, tulad ng {example}.',

  'conditions.endpoint_at_bench.title': 'Sa test bench nagpapadala ang {name}',
  'conditions.endpoint_at_bench.meaning.none':
    'Mula {sinceAt}, sa test bench pumupunta ang mga event nito at hindi sa {name}. Kusa itong matatapos sa {untilAt}, o kapag nag-restart ang app.',
  'conditions.endpoint_at_bench.idle':
    'Hindi ito naka-on, kaya walang event nito na pumupunta saanman. Sa test bench pumupunta ang pagsubok at hindi sa {name}. Kusa itong matatapos sa {untilAt}, o kapag nag-restart ang app.',
  'conditions.endpoint_at_bench.meaning.one':
    'Mula {sinceAt}, sa test bench pumupunta ang mga event nito: 1 ang hindi nakarating sa {name}. Kusa itong matatapos sa {untilAt}, o kapag nag-restart ang app; maipapadala ito pagkatapos.',
  'conditions.endpoint_at_bench.meaning.many':
    'Mula {sinceAt}, sa test bench pumupunta ang mga event nito: {count} ang hindi nakarating sa {name}. Kusa itong matatapos sa {untilAt}, o kapag nag-restart ang app; maipapadala ang mga ito pagkatapos.',
  'conditions.endpoint_at_bench.step': 'Ibalik sa {name} ang sarili nitong address kapag tapos na ang pagsubok.',
  'conditions.endpoint_at_bench.open': 'Buksan ang test bench',

  'conditions.bench_swallowed.title.one': '1 event ang napunta sa test bench at hindi sa {name}',
  'conditions.bench_swallowed.title.many': '{count} event ang napunta sa test bench at hindi sa {name}',
  'conditions.bench_swallowed.meaning':
    'Nasa sarili nang address muli ang {name}. Nakatago rito ang mga tinanggap ng test bench.',
  'conditions.bench_swallowed.cut_off':
    'Isinara o ni-restart ang app, kaya natapos ito noong {endedAt} at hindi sa {untilAt}. Nasa sarili nang address muli ang {name}. Nakatago rito ang mga tinanggap ng test bench.',
  'conditions.bench_swallowed.step': 'Ipadala ang mga ito, o sabihing pansubok lang.',
  'conditions.bench_swallowed.open': 'Ipadala',

  'conditions.bench_cut_off.title': 'Hindi na sa test bench nagpapadala ang {name}',
  'conditions.bench_cut_off.meaning':
    'Isinara o ni-restart ang app, kaya natapos ito noong {endedAt} at hindi sa {untilAt}. Sa {name} na muli pumupunta ang mga event nito. Walang tinanggap ang test bench, o naasikaso na ang mga ito.',
};
