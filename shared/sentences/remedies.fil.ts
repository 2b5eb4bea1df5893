/** What has to be done about a trouble, in Filipino; the same keys as in English, checked by the type. */
import type { remediesEn } from './remedies.en.ts';

const asks = <Name extends string>(name: Name, text: string) =>
  ({
    [`remedy.${name}.ask.none`]: `${text}.`,
    [`remedy.${name}.ask.one`]: `${text}; ligtas na naghihintay ang 1 event.`,
    [`remedy.${name}.ask.many`]: `${text}; ligtas na naghihintay ang {count} event.`,
  }) as Readonly<Record<`remedy.${Name}.ask.${'none' | 'one' | 'many'}`, string>>;

export const remediesFil: Readonly<Record<keyof typeof remediesEn, string>> = {
  'remedy.new_address.step': 'Hingin sa namamahala ng {name} ang bagong webhook address nito, at ilagay ito rito.',
  ...asks('new_address', 'Kailangan itong bigyan ng IT ninyo ng bagong address'),
  'remedy.new_hook.step': 'Gumawa ng bagong webhook address sa serbisyo ng {name}, at ilagay ito rito.',
  ...asks('new_hook', 'Kailangan itong bigyan ng IT ninyo ng bagong address'),
  'remedy.gone_hook.step':
    'Gumawa ng bagong webhook address sa serbisyo ng {name} at ilagay rito, o alisin ang endpoint. Kung natanggal lang doon nang hindi sinasadya at naibalik na, ituloy ito.',
  ...asks('gone_hook', 'Kailangan itong bigyan ng IT ninyo ng bagong address o alisin'),
  'remedy.service.step':
    'Buksan sa phone ang serbisyo ng {name}. Kung ayaw rin doon, maghintay: kusang lalabas ang nakatabi rito kapag bumalik na ito. Kung gumagana roon, sabihan ang IT ninyo.',
  ...asks('service', 'Pakitingnan sa phone kung gumagana ang serbisyo'),
  'remedy.gone.step':
    'Hingin sa namamahala ng {name} ang bagong webhook address nito at ilagay rito, o alisin ang endpoint. Kung pagkakamali lang ang 410, ituloy ito.',
  ...asks('gone', 'Kailangan itong bigyan ng IT ninyo ng bagong address, o alisin'),
  'remedy.lookup.step':
    'Magbukas ng kahit anong website sa PC na ito. Kung may bumukas, tingnan ang baybay ng address ng {name}; kung wala, tingnan ang router at ang DNS server na tinatanong ng PC na ito.',
  ...asks('lookup', 'Kailangang tingnan ng IT ninyo ang address nito at ang DNS ng PC na ito'),
  'remedy.spelling.step': 'Tingnan kung tama ang baybay ng address ng {name}.',
  ...asks('spelling', 'Kailangang itama ng IT ninyo ang address nito'),
  'remedy.redirect.step': 'Ilagay ang address na itinuturo ng {name}, o hingin sa namamahala nito ang tamang address.',
  ...asks('redirect', 'Kailangang itama ng IT ninyo ang address nito'),
  'remedy.test_address.step': 'Ilagay ang production address ng {name}: pang-test lang ito at sandali lang nakikinig.',
  ...asks('test_address', 'Kailangang ilagay ng IT ninyo ang production address nito'),
  'remedy.slash.step': 'Idagdag ang slash sa dulo ng address ng {name}.',
  ...asks('slash', 'Kailangang idagdag ng IT ninyo ang slash sa dulo ng address nito'),
  'remedy.open_address.step': 'Humingi sa namamahala ng {name} ng address na walang sign-in, at ilagay ito rito.',
  ...asks('open_address', 'Kailangang maglagay ang IT ninyo ng address na walang sign-in'),
  'remedy.secret.step': 'Tingnan ang secret ng {name}: dapat pareho ito rito at doon.',
  ...asks('secret', 'Kailangang tingnan ng IT ninyo ang secret nito'),
  'remedy.credentials.step': 'Tingnan ang Authorization header ng {name}.',
  ...asks('credentials', 'Kailangang tingnan ng IT ninyo ang Authorization header nito'),
  'remedy.chat.step': 'Idagdag ang bot natin sa chat sa {name}, o ilagay dito ang tamang chat.',
  ...asks('chat', 'Kailangang idagdag ng IT ninyo ang bot nito sa chat'),
  'remedy.chat_moved.step':
    'Ilagay ang {chatId} bilang numero ng chat ng {name}, sa set-up nito rito ({relay} endpoint change {id} --set chatId={chatId}).',
  ...asks('chat_moved', 'Kailangang ilagay ng IT ninyo ang bagong numero ng chat nito'),
  'remedy.deploy.step': 'Sa {name}, i-deploy ulit ang web app na may access para sa “Anyone”.',
  ...asks('deploy', 'Kailangang i-deploy doon ng IT ninyo ang script para sa lahat'),
  'remedy.script_kind.step':
    'Palitan ng Google Apps Script ang uri ng {name} ({relay} endpoint change {id} --kind apps_script): hangga’t hindi, tatakbo ulit ang script nito sa bawat subok.',
  ...asks('script_kind', 'Kailangang palitan ng IT ninyo ang uri nito ng Google Apps Script'),
  'remedy.script.step': 'Tingnan sa {name} ang executions ng script: naroon ang error.',
  ...asks('script', 'Kailangang tingnan doon ng IT ninyo ang mga error ng script nito'),
  'remedy.destination.step':
    'Sa {name}, gumawa ng destination para sa property na ito (ang tenant nito) at sa mga ganitong event.',
  ...asks('destination', 'Kailangang gumawa doon ang IT ninyo ng destination para sa property na ito'),
  'remedy.in_between.step':
    'Tingnan ang sagot: baka may web filter, sign-in page o proxy sa harap ng {name}. Payagan doon ang address ng {name}, saka subukan ulit.',
  ...asks('in_between', 'Kailangang tingnan ng IT ninyo kung ano ang sumasagot para rito'),
  'remedy.queue.step':
    'Sa {name}, i-bind ang isang queue sa exchange at routing key na ito, o ilagay dito ang pangalan ng queue bilang routing key.',
  ...asks('queue', 'Kailangang i-bind ng IT ninyo ang isang queue sa exchange nito'),
  'remedy.login.step': 'Tingnan ang login name at password ng {name}.',
  ...asks('login', 'Kailangang tingnan ng IT ninyo ang login name at password nito'),

  'remedy.token.step':
    'Tingnan ang Token ng {name}: kopyahin itong muli mula roon, at tiyaking puwede itong mag-publish.',
  ...asks('token', 'Kailangang tingnan ng IT ninyo ang token nito'),
  'remedy.user.step':
    'Tingnan ang User at Password ng {name}, at kung puwedeng mag-publish sa exchange ang user na ito.',
  ...asks('user', 'Kailangang tingnan ng IT ninyo ang user at password nito'),
  'remedy.application.step':
    'Tingnan ang application sa address ng {name}: nasa pagitan ito ng /app/ at /msg/, at dapat mayroon nito roon.',
  ...asks('application', 'Kailangang tingnan ng IT ninyo ang application sa address nito'),
  'remedy.exchange.step':
    'Tingnan ang address ng {name}: /api/exchanges/, ang virtual host (%2F para sa /), saka ang exchange. Dapat mayroon ng dalawa roon.',
  ...asks('exchange', 'Kailangang tingnan ng IT ninyo ang exchange sa address nito'),

  'remedy.mail_sender.step':
    'Maglagay ng sender address para sa {name} na pinapayagan ng mail server para sa login na ito.',
  ...asks('mail_sender', 'Kailangang maglagay ang IT ninyo ng ibang sender address'),

  'remedy.recipients.step': 'Tingnan ang mga address na sinusulatan ng {name}.',
  ...asks('recipients', 'Kailangang tingnan ng IT ninyo ang mga address na sinusulatan nito'),

  'remedy.mail_smtp.step':
    'Ilagay ang address ng {name} na may smtp:// sa halip na smtps://, o ibang port: smtp:// ang 587 at 25, smtps:// ang 465.',
  ...asks('mail_smtp', 'Kailangang ilagay ng IT ninyo ang address nito na may smtp://'),

  'remedy.mail_smtps.step':
    'Ilagay ang address ng {name} na may smtps:// sa halip na smtp://, o ibang port: smtps:// ang 465, smtp:// ang 587 at 25.',
  ...asks('mail_smtps', 'Kailangang tingnan ng IT ninyo kung smtps:// ang address nito'),

  'remedy.mail_server.step':
    'Hingin sa namamahala ng mail server ng {name} ang address, port at login para sa mga program.',
  ...asks('mail_server', 'Kailangang tingnan ng IT ninyo ang address at port ng mail server nito'),

  'remedy.exempt.step': 'Sa {name}, huwag isama ang address na ito sa proteksiyon laban sa pekeng web form (CSRF).',
  ...asks('exempt', 'Kailangang ipaalis ng IT ninyo roon ang address nito sa CSRF protection'),
  'remedy.workflow.step': 'Sa {name}, buksan ang workflow.',
  ...asks('workflow', 'Kailangang buksan ng IT ninyo roon ang workflow nito'),
  'remedy.key.step': 'Tingnan ang secret at mga header ng {name}.',
  ...asks('key', 'Kailangang tingnan ng IT ninyo ang secret at mga header nito'),
  'remedy.own_certificate.step':
    'Idagdag dito ang certificate ng {name} ({relay} endpoint change {id} --ca-file FILE), o para sa lahat sa mga setting ({relay} settings set --ca-file FILE). O humingi sa namamahala nito ng certificate na kilala ng lahat ng PC.',
  ...asks('own_certificate', 'Kailangang idagdag ng IT ninyo ang certificate nito'),
  'remedy.pace.step': 'Humingi sa namamahala ng {name} ng mas mataas na limit, o babaan dito ang bilis nito.',
  ...asks('pace', 'Kailangang babaan ng IT ninyo ang bilis nito o humingi ng mas mataas na limit'),
  'remedy.template.step':
    'Baguhin ang template ng {name} para umakma sa event na ito: kusa nang lalabas ang hindi nito nagawa.',
  ...asks('template', 'Kailangang baguhin ng IT ninyo ang template nito'),
  'remedy.message.step':
    'Baguhin ang template ng {name} para gawin nito ang dapat (pinuputol ng filter na “truncate: 500” ang mahabang text), saka ipadala ulit ({relay} resend DELIVERY).',
  ...asks('message', 'Kailangang baguhin ng IT ninyo ang template nito'),
  'remedy.success_statuses.step':
    'Tingnan ang mga sagot na ibig sabihin ay tagumpay (successStatuses) sa set-up ng {name}: wala roon ang {status}.',
  ...asks('success_statuses', 'Kailangang tingnan ng IT ninyo kung aling sagot nito ang tagumpay'),
  'remedy.must_contain.step': 'Ihambing ang “Dapat nasa sagot ang” (mustContain) sa set-up ng {name} sa isinagot nito.',
  ...asks('must_contain', 'Kailangang tingnan ng IT ninyo kung ano ang dapat nasa sagot nito'),
  'remedy.must_not_contain.step':
    'Ihambing ang “Hindi dapat nasa sagot ang” (mustNotContain) sa set-up ng {name} sa isinagot nito.',
  ...asks('must_not_contain', 'Kailangang tingnan ng IT ninyo kung ano ang hindi dapat nasa sagot nito'),
  'remedy.event.step':
    'Tingnan ang sagot ng {name} ({relay} deliveries --endpoint {id}), saka ipadala ulit ({relay} resend DELIVERY) o kanselahin ({relay} cancel DELIVERY).',
  ...asks('event', 'Kailangang tingnan ng IT ninyo ang sagot nito'),
  'remedy.certificate.step':
    'Tawagan ang namamahala ng {name} at sabihin: “Hindi balido ang inyong security certificate.”',
  ...asks('certificate', 'Pakitawagan ang namamahala nito tungkol sa certificate'),
  'remedy.pay.step': 'Tawagan ang namamahala ng {name}: kailangang bayaran ang subscription.',
  ...asks('pay', 'Pakitawagan ang namamahala nito tungkol sa subscription'),
  'remedy.legal.step': 'Tawagan ang namamahala ng {name} at itanong kung bakit wala silang tinatanggap mula rito.',
  ...asks('legal', 'Pakitawagan ang namamahala nito'),
  'remedy.call_answered.step':
    'Tawagan ang namamahala ng {name} at sabihin: “Wala kayong tinatanggap mula pa {sinceAt}; {status} ang sagot ninyo.”',
  ...asks('call_answered', 'Pakitawagan ang namamahala nito'),
  'remedy.call_unfinished.step':
    'Tawagan ang namamahala ng {name} at sabihin: “Wala kayong tinatanggap mula pa {sinceAt}; napuputol ang mga sagot ninyo bago matapos.”',
  ...asks('call_unfinished', 'Pakitawagan ang namamahala nito'),
  'remedy.call_garbled.step':
    'Tawagan ang namamahala ng {name} at sabihin: “Wala kayong tinatanggap mula pa {sinceAt}; hindi HTTP na mababasa ang mga sagot ninyo.”',
  ...asks('call_garbled', 'Pakitawagan ang namamahala nito'),
  'remedy.call_closed.step':
    'Tawagan ang namamahala ng {name} at sabihin: “Wala kayong tinatanggap mula pa {sinceAt}; isinasara ninyo ang koneksiyon nang walang sagot.”',
  ...asks('call_closed', 'Pakitawagan ang namamahala nito'),
  'remedy.call_insecure.step':
    'Tawagan ang namamahala ng {name} at sabihin: “Wala kayong tinatanggap mula pa {sinceAt}; hindi kayo makagawa ng secure na koneksiyon.”',
  ...asks('call_insecure', 'Pakitawagan ang namamahala nito'),
  'remedy.call_silent.step':
    'Tawagan ang namamahala ng {name} at sabihin: “Wala kayong tinatanggap mula pa {sinceAt}; hindi kayo sumasagot.”',
  ...asks('call_silent', 'Pakitawagan ang namamahala nito'),
  'remedy.device.step': 'Tingnan kung bukas ang {name} at nakakonekta sa network dito.',
  ...asks('device', 'Pakitingnan kung bukas ito'),
  'remedy.wait.step': 'Walang kailangang gawin: kusa itong susubukan ulit.',
  ...asks('wait', 'Kusa itong susubukan ulit'),
  'remedy.slow.step': 'Walang kailangang gawin: kusang susubukan ulit ang naghihintay para dito.',
  ...asks('slow', 'Kusa itong susubukan ulit'),
  'remedy.internet.step': 'Tingnan ang router at mga kable nito, o tawagan ang inyong internet provider.',
  ...asks('internet', 'Pakitingnan ang router'),
  'remedy.silence.step':
    'Magbukas ng kahit anong website sa PC na ito. Kung walang bumubukas, tingnan ang router; kung may bumubukas, tawagan ang namamahala ng {name}.',
  ...asks('silence', 'Pakitingnan kung may bumubukas na website sa PC na ito'),
  'remedy.local_network.step':
    'Tingnan ang kable ng network o Wi-Fi ng PC na ito, at ang switch na pinagkakabitan nito.',
  ...asks('local_network', 'Pakitingnan ang network ng PC na ito'),
  'remedy.sign_in.step': 'Magbukas ng web browser sa PC na ito at mag-sign in sa Wi-Fi.',
  ...asks('sign_in', 'Paki-sign in sa Wi-Fi'),
  'remedy.clock.step': 'Ayusin ang petsa at oras sa mga setting ng PC na ito.',
  ...asks('clock', 'Pakiayos ang petsa at oras'),
  'remedy.interception.step': 'Ipadala ito sa IT: kailangang hindi isama ang Roost Relay sa HTTPS scanning.',
  ...asks('interception', 'Kailangang hindi isama ng IT ninyo ang Roost Relay sa HTTPS scanning'),
  'remedy.proxy_password.step':
    'Ipadala ito sa IT: humihingi ang proxy ng pangalan at password. Ibigay ang mga ito: {relay} settings set --proxy http://NAME:PASSWORD@HOST:PORT.',
  ...asks('proxy_password', 'Kailangang ilagay ng IT ninyo ang pangalan at password ng proxy'),
  'remedy.proxy_away.step':
    'Ipadala ito sa IT: hindi maabot ang proxy. Tingnan kung tumatakbo ito, o pumili ng iba: {relay} settings set --proxy http://HOST:PORT, o --proxy none.',
  ...asks('proxy_away', 'Kailangang tingnan ng IT ninyo ang proxy'),
  'remedy.proxy.step':
    'Ipadala ito sa IT: hindi pinadaraan ng proxy ang Roost Relay. Ipayagan ito roon, o pumili ng iba: {relay} settings set --proxy http://HOST:PORT, o --proxy none.',
  ...asks('proxy', 'Kailangang tingnan ng IT ninyo ang proxy'),
};
