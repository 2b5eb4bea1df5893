/** The words of conditions in Filipino; the same keys as in English, checked by the type. */
import type { conditionsEn } from './conditions.en.ts';

export const conditionsFil: Readonly<Record<keyof typeof conditionsEn, string>> = {
  'conditions.actions.change_address': 'Palitan ang address',
  'conditions.actions.change_set_up': 'Palitan ang set-up',
  'conditions.actions.try_now': 'Subukan ngayon',
  'conditions.actions.open_sign_in_page': 'Buksan ang sign-in page',
  'conditions.actions.open_endpoint': 'Ipakita ang endpoint na ito',
  'conditions.actions.copy_for_it': 'Kopyahin ang kailangan ng IT',
  'conditions.actions.show_deliveries': 'Ipakita ang mga padala',
  'conditions.actions.show_held': 'Ipadala o laktawan',
  'conditions.actions.open_settings': 'Buksan ang mga setting',
  'conditions.actions.enter_secrets': 'Ilagay ulit ang mga secret',
  'conditions.actions.open_source': 'Ipakita ang source na ito',
  'conditions.actions.open_exports': 'Ipakita ang mga export',
  'conditions.actions.resume_all': 'Ituloy ngayon',
  'conditions.actions.keep_awake': 'Panatilihing gising habang may naghihintay na event',
  'conditions.actions.no_thanks': 'Hindi, salamat',
  'conditions.actions.done': 'Tapos na',

  'conditions.receiver.said': 'Sabi nito: “{said}”.',

  'conditions.endpoint_failing.title.setup': 'Hindi tinatanggap ng {name} ang address na ito',
  'conditions.endpoint_failing.title.address': 'Walang ganitong address ang {name}',
  'conditions.endpoint_failing.title.key': 'Hindi tayo pinapapasok ng {name} ({status})',
  'conditions.endpoint_failing.title.signature': 'Hindi tinatanggap ng {name} ang ating signature ({status})',
  'conditions.endpoint_failing.title.redirect': 'Itinuturo tayo ng {name} sa ibang address ({status})',
  'conditions.endpoint_failing.title.pay': 'Kailangan munang bayaran ang {name}',
  'conditions.endpoint_failing.title.legal': 'Walang tinatanggap ang {name} mula rito dahil sa batas',
  'conditions.endpoint_failing.title.refused': 'Tinatanggihan ng {name} ang bawat event ({status})',
  'conditions.endpoint_failing.title.refused_within': 'Tinatanggihan ng {name} ang bawat event',
  'conditions.endpoint_failing.title.certificate': 'Hindi balido ang security certificate ng {name}',
  'conditions.endpoint_failing.title.errors': 'Error ang sagot ng {name} ({status})',
  'conditions.endpoint_failing.title.errors_within': 'May sinasabing error ang mga sagot ng {name}',
  'conditions.endpoint_failing.title.another': 'Mukhang iba ang sumasagot sa halip na {name}',
  'conditions.endpoint_failing.title.nobody': 'Walang mapagpasahan ng mga event ang {name}',
  'conditions.endpoint_failing.title.rule': 'Iba ang sagot ng {name} sa hinihingi ng set-up nito rito',
  'conditions.endpoint_failing.title.unfinished': 'Napuputol ang mga sagot ng {name} bago matapos',
  'conditions.endpoint_failing.title.garbled': 'Walang kahulugan ang mga sagot ng {name}',
  'conditions.endpoint_failing.title.closed': 'Isinasara ng {name} ang koneksiyon nang walang sagot',
  'conditions.endpoint_failing.title.insecure': 'Hindi makagawa ng secure na koneksiyon ang {name}',
  'conditions.endpoint_failing.title.silent': 'Hindi sumasagot ang {name}',
  'conditions.endpoint_failing.meaning.none':
    'Wala itong tinatanggap mula pa {sinceAt}. Walang naghihintay para dito ngayon.',
  'conditions.endpoint_failing.meaning.one':
    'Wala itong tinatanggap mula pa {sinceAt}. Walang nawala: 1 event ang ligtas sa PC na ito at kusang ipapadala kapag tinatanggap na nito.',
  'conditions.endpoint_failing.meaning.many':
    'Wala itong tinatanggap mula pa {sinceAt}. Walang nawala: {count} event ang ligtas sa PC na ito at kusang ipapadala kapag tinatanggap na nito.',
  'conditions.endpoint_failing.brief.none': 'Walang tinatanggap mula pa {sinceAt}. Walang naghihintay ngayon.',
  'conditions.endpoint_failing.brief.one': 'Walang tinatanggap mula pa {sinceAt}. Ligtas na naghihintay ang 1 event.',
  'conditions.endpoint_failing.brief.many':
    'Walang tinatanggap mula pa {sinceAt}. Ligtas na naghihintay ang {count} event.',
  'conditions.endpoint_failing.headline': 'Walang tinatanggap ang {name} mula pa {sinceAt}.',
  'conditions.endpoint_failing.headline_said': 'Walang tinatanggap ang {name} mula pa {sinceAt}: “{said}”.',
  'conditions.endpoint_failing.copy.answered':
    'Roost Relay {version}: walang tinatanggap ang {name} ({address}) mula pa {sinceAt}. Ang huling sagot nito ay {status}; nasa log ng mga delivery ng Roost Relay ang mga salita nito, dahil maaaring may bisita roon. Mga event na naghihintay: {count}.',
  'conditions.endpoint_failing.copy.unfinished':
    'Roost Relay {version}: walang tinatanggap ang {name} ({address}) mula pa {sinceAt}. Naputol ang huling sagot nito bago matapos. Mga event na naghihintay: {count}.',
  'conditions.endpoint_failing.copy.garbled':
    'Roost Relay {version}: walang tinatanggap ang {name} ({address}) mula pa {sinceAt}. Hindi HTTP na mababasa ang huling sagot nito. Mga event na naghihintay: {count}.',
  'conditions.endpoint_failing.copy.closed':
    'Roost Relay {version}: walang tinatanggap ang {name} ({address}) mula pa {sinceAt}. Isinara nito ang koneksiyon nang walang sagot. Mga event na naghihintay: {count}.',
  'conditions.endpoint_failing.copy.insecure':
    'Roost Relay {version}: walang tinatanggap ang {name} ({address}) mula pa {sinceAt}. Walang nabuong secure na koneksiyon. Mga event na naghihintay: {count}.',
  'conditions.endpoint_failing.copy.silent':
    'Roost Relay {version}: walang tinatanggap ang {name} ({address}) mula pa {sinceAt}. Wala itong sagot. Mga event na naghihintay: {count}.',

  'conditions.endpoint_degraded.title.none': 'Hindi tinanggap ng {name} ang huling event',
  'conditions.endpoint_degraded.title.one': '1 event para sa {name} ang naghihintay',
  'conditions.endpoint_degraded.title.many': '{count} event para sa {name} ang naghihintay',
  'conditions.endpoint_degraded.step': 'Walang kailangang gawin: susunod na subok, {nextAt}.',

  'conditions.endpoint_slow_down.title': 'Hinihiling ng {name} na bagalan natin mula pa {sinceAt}',
  'conditions.endpoint_slow_down.title_until':
    'Naghihintay ang mga event para sa {name} hanggang {untilAt}, dahil iyon ang hiling nito',
  'conditions.endpoint_slow_down.meaning.none': 'Walang naghihintay para dito ngayon.',
  'conditions.endpoint_slow_down.meaning.one': '1 event ang ligtas at naghihintay.',
  'conditions.endpoint_slow_down.meaning.many': '{count} event ang ligtas at naghihintay.',
  'conditions.endpoint_slow_down.meaning_nothing.none':
    'Wala itong tinanggap mula noon. Walang naghihintay para dito ngayon.',
  'conditions.endpoint_slow_down.meaning_nothing.one':
    'Wala itong tinanggap mula noon. 1 event ang ligtas at naghihintay.',
  'conditions.endpoint_slow_down.meaning_nothing.many':
    'Wala itong tinanggap mula noon. {count} event ang ligtas at naghihintay.',
  'conditions.endpoint_slow_down.step':
    'Walang kailangang gawin: papadalhan ulit ito mula {nextAt}, sa bilis na pinapayagan nito. Kung tumatanggap na ito bago iyon, subukan na ngayon ({relay} endpoint try-now {id}).',

  'conditions.events_retrying.title.none': 'Sinusubukan ulit ang mga event para sa {name}',
  'conditions.events_retrying.title.one': '1 event para sa {name} ang hindi nakarating',
  'conditions.events_retrying.title.many': '{count} event para sa {name} ang hindi nakarating',
  'conditions.events_retrying.meaning': 'Tinanggap ng {name} ang huli. Kusang susubukan ulit ang mga ito.',

  'conditions.endpoint_plain_off.title.none': 'Nakahinto ang {name}: hindi pinapayagan ang plain HTTP sa PC na ito',
  'conditions.endpoint_plain_off.title.one':
    'Nakahinto ang {name} na may 1 event: hindi pinapayagan ang plain HTTP sa PC na ito',
  'conditions.endpoint_plain_off.title.many':
    'Nakahinto ang {name} na may {count} event: hindi pinapayagan ang plain HTTP sa PC na ito',
  'conditions.endpoint_plain_off.meaning': 'Patuloy na pumipila ang para rito, at walang nawawala.',
  'conditions.endpoint_plain_off.step':
    'Payagan ito sa mga setting sa ilalim ng Network, o bigyan ang {name} ng https:// na address.',
  'conditions.mail_partly.title': 'Hindi umaabot sa lahat ang mga mail ng {name}',
  'conditions.mail_partly.meaning':
    'Hindi ito tinatanggap ng mail server na {host} para sa {recipients}; nasa iba na ito.',
  'conditions.mail_partly.step': 'Tingnan ang mga address na sinusulatan ng {name}.',
  'conditions.endpoint_paused.title.none': 'Nakahinto ang {name}',
  'conditions.endpoint_paused.title.one': '1 event ang naghihintay para sa {name}, na nakahinto',
  'conditions.endpoint_paused.title.many': '{count} event ang naghihintay para sa {name}, na nakahinto',
  'conditions.endpoint_paused.meaning': 'Lalabas ang mga ito kapag itinuloy.',
  'conditions.endpoint_paused.step': 'Ituloy ang {name} kapag puwede na.',
  'conditions.endpoint_paused.trouble': 'Bago ito inihinto, hindi nito tinatanggap ang ipinapadala mula pa {sinceAt}.',
  'conditions.endpoint_paused.meaning_until': 'Lalabas ang mga ito mula {untilAt}, o kapag itinuloy.',

  'conditions.endpoint_gone.title': 'Sabi ng {name}, wala na talaga ang address na ito',
  'conditions.endpoint_gone.meaning.none': 'Nakahinto ang pagpapadala rito. Walang naghihintay ngayon.',
  'conditions.endpoint_gone.meaning.one':
    'Nakahinto ang pagpapadala rito. Walang nawala: 1 event ang ligtas sa PC na ito.',
  'conditions.endpoint_gone.meaning.many':
    'Nakahinto ang pagpapadala rito. Walang nawala: {count} event ang ligtas sa PC na ito.',

  'conditions.delivery_needs_attention.title.none': 'May event na tinanggihan ng {name}',
  'conditions.delivery_needs_attention.title.one': '1 event ang hindi tinanggap ng {name}',
  'conditions.delivery_needs_attention.title.many': '{count} event ang hindi tinanggap ng {name}',
  'conditions.delivery_needs_attention.unshaped.none': 'May event na hindi tugma sa template ng {name}',
  'conditions.delivery_needs_attention.unshaped.one': '1 event ang hindi tugma sa template ng {name}',
  'conditions.delivery_needs_attention.unshaped.many':
    '{count} event ang kailangan ng tao, ang huli dahil hindi ito tugma sa template ng {name}',
  'conditions.delivery_needs_attention.meaning.paused':
    'Nakatago ang mga ito sa PC na ito. Nakahinto ang {name}: walang papunta rito hangga’t hindi itinutuloy.',
  'conditions.delivery_needs_attention.meaning.active':
    'Nakakarating sa {name} ang ibang event. Nakatago ang mga ito sa PC na ito at naghihintay ng tao.',
  'conditions.delivery_needs_attention.meaning.kept': 'Nakatago ang mga ito sa PC na ito at naghihintay ng tao.',
  'conditions.delivery_needs_attention.headline_said.none': 'Tinanggihan ng {name} ang isang event: “{said}”.',
  'conditions.delivery_needs_attention.headline_said.one': 'Hindi tinanggap ng {name} ang 1 event: “{said}”.',
  'conditions.delivery_needs_attention.headline_said.many':
    'Hindi tinanggap ng {name} ang {count} event; sabi tungkol sa huli: “{said}”.',

  'conditions.events_too_old.title.none': 'May mga pinigil na lumang event para sa {name}',
  'conditions.events_too_old.title.one': '1 event ang masyadong luma para sa {name} at naghihintay ng utos mo',
  'conditions.events_too_old.title.many': '{count} event ang masyadong luma para sa {name} at naghihintay ng utos mo',
  'conditions.events_too_old.meaning':
    'Hindi pinapadala sa {name} ang mas luma sa {limitMs} hangga’t walang nagsasabi. Dumating ang pinakamatanda, {oldestAt}.',
  'conditions.events_too_old.meaning_any': 'Dumating ang pinakamatanda, {oldestAt}. Lumalabas pa rin ang mga mas bago.',
  'conditions.events_too_old.step.none': 'Ipadala o laktawan ang mga ito.',
  'conditions.events_too_old.step.one': 'Ipadala o laktawan ito.',
  'conditions.events_too_old.step.many': 'Ipadala o laktawan ang mga ito, isa-isa o lahat.',

  'conditions.endpoint_recovered.title': 'Gumagana na ulit ang {name}',
  'conditions.endpoint_recovered.meaning.none':
    'Wala itong tinanggap mula {sinceAt} hanggang {untilAt}. Walang kinailangang maghintay.',
  'conditions.endpoint_recovered.meaning.one':
    'Wala itong tinanggap mula {sinceAt} hanggang {untilAt}. Naihatid na ang event na naghintay.',
  'conditions.endpoint_recovered.meaning.many':
    'Wala itong tinanggap mula {sinceAt} hanggang {untilAt}. Naihatid na ang lahat ng {count} event na naghintay.',
  'conditions.endpoint_recovered.meaning_left.one':
    'Wala itong tinanggap mula {sinceAt} hanggang {untilAt}. Naghihintay pa ang event na naghintay.',
  'conditions.endpoint_recovered.meaning_left.many':
    'Wala itong tinanggap mula {sinceAt} hanggang {untilAt}. {count} event ang naghintay; {left} sa mga ito ang naghihintay pa.',
  'conditions.endpoint_recovered.meaning_skipped.one':
    'Wala itong tinanggap mula {sinceAt} hanggang {untilAt}. Nilaktawan ang event na naghintay.',
  'conditions.endpoint_recovered.meaning_skipped.many':
    'Wala itong tinanggap mula {sinceAt} hanggang {untilAt}. {count} event ang naghintay; {skipped} ang nilaktawan, at wala nang iba ang narito pa.',

  'conditions.connectivity.meaning.none':
    'Ligtas na itinatago sa PC na ito ang mga bagong event at kusang ipapadala mamaya.',
  'conditions.connectivity.meaning.one': '1 event ang ligtas at naghihintay. Kusa itong ipapadala mamaya.',
  'conditions.connectivity.meaning.many':
    '{count} event ang ligtas at naghihintay. Kusang ipapadala ang mga ito mamaya.',
  'conditions.connectivity.over': 'May internet na ulit.',
  'conditions.connectivity.over_all.one': 'May internet na ulit. Naihatid na ang event na naghintay.',
  'conditions.connectivity.over_all.many': 'May internet na ulit. Naihatid na ang lahat ng {count} event na naghintay.',
  'conditions.connectivity.over_left.one': 'May internet na ulit. Naghihintay pa ang event na naghintay.',
  'conditions.connectivity.over_left.many':
    'May internet na ulit. {count} event ang naghintay; {left} sa mga ito ang naghihintay pa.',
  'conditions.connectivity.over_asking.one': 'May internet na ulit. Nangangailangan ng tao ang event na naghintay.',
  'conditions.connectivity.over_asking.many':
    'May internet na ulit. {count} event ang naghintay; {left} sa mga ito ang nangangailangan ng tao.',
  'conditions.connectivity.over_skipped.one': 'May internet na ulit. Nilaktawan ang event na naghintay.',
  'conditions.connectivity.over_skipped.many':
    'May internet na ulit. {count} event ang naghintay; {skipped} ang nilaktawan, at wala nang iba ang narito pa.',

  'conditions.offline.title': 'Walang internet',
  'conditions.offline.title_since': 'Walang internet mula pa {sinceAt}',
  'conditions.offline.title_since.no_interface': 'Walang koneksiyon sa network ang PC na ito mula pa {sinceAt}',
  'conditions.offline.title_since.names':
    'Walang internet mula pa {sinceAt}: hindi mahanap ang mga pangalan ng website (DNS)',
  'conditions.offline.step.no_interface':
    'Tingnan ang kable ng network ng PC na ito, o ikonekta ito sa Wi-Fi. Maaaring maayos ang mismong linya ng internet.',
  'conditions.offline.step.names':
    'Nakakonekta ang PC na ito, pero walang sagot ang naghahanap ng mga website ayon sa pangalan (DNS). I-restart ang router. Kung hindi ito makatulong, tawagan ang inyong internet provider; kung may internet ang ibang device dito, tawagan ang IT ninyo.',
  'conditions.offline.step.line':
    'Nakakonekta ang PC na ito, pero walang sumasagot sa labas. Tingnan ang router at mga kable nito, i-restart ito, o tawagan ang inyong internet provider.',

  'conditions.silence.title_since':
    'Walang sumasagot mula pa {sinceAt}: hindi ang {host}, at hindi rin ang mga address ng pagsuri sa internet',
  'conditions.silence.step':
    'Magbukas ng kahit anong website sa PC na ito. Kung walang bumubukas, tingnan ang router. Kung may bumubukas, tawagan ang namamahala ng tatanggap; makakapili ang IT ninyo ng ibang address para sa pagsuri sa internet.',
  'conditions.silence.over': 'May sumasagot na ulit.',

  'conditions.local_network.title_since':
    'Hindi maabot ng PC na ito ang sariling network ng property mula pa {sinceAt}',
  'conditions.local_network.meaning':
    'Ligtas at naghihintay ang mga event para sa {hosts}. Tuloy ang mga papunta sa internet.',
  'conditions.local_network.step.interface':
    'Tingnan ang kable ng network o Wi-Fi ng PC na ito: wala itong koneksiyon sa network ng {hosts}.',
  'conditions.local_network.step.silent':
    'Tingnan ang switch at mga kable nito: nakakonekta ang PC na ito, pero walang sumasagot sa {hosts}.',
  'conditions.local_network.over': 'Naaabot na ulit ang sariling network ng property.',
  'conditions.local_network.over_all.one':
    'Naaabot na ulit ang sariling network ng property. Naihatid na ang event na naghintay.',
  'conditions.local_network.over_all.many':
    'Naaabot na ulit ang sariling network ng property. Naihatid na ang lahat ng {count} event na naghintay.',
  'conditions.local_network.over_left.one':
    'Naaabot na ulit ang sariling network ng property. Naghihintay pa ang event na naghintay.',
  'conditions.local_network.over_left.many':
    'Naaabot na ulit ang sariling network ng property. {count} event ang naghintay; {left} sa mga ito ang naghihintay pa.',
  'conditions.local_network.over_asking.one':
    'Naaabot na ulit ang sariling network ng property. Nangangailangan ng tao ang event na naghintay.',
  'conditions.local_network.over_asking.many':
    'Naaabot na ulit ang sariling network ng property. {count} event ang naghintay; {left} sa mga ito ang nangangailangan ng tao.',
  'conditions.local_network.over_skipped.one':
    'Naaabot na ulit ang sariling network ng property. Nilaktawan ang event na naghintay.',
  'conditions.local_network.over_skipped.many':
    'Naaabot na ulit ang sariling network ng property. {count} event ang naghintay; {skipped} ang nilaktawan, at wala nang iba ang narito pa.',
  'conditions.captive_portal.title': 'Humihingi ng sign-in ang Wi-Fi ng PC na ito',
  'conditions.captive_portal.title_since': 'Humihingi ng sign-in ang Wi-Fi ng PC na ito mula pa {sinceAt}',
  'conditions.captive_portal.step': 'Magbukas ng web browser sa PC na ito at mag-sign in sa Wi-Fi.',
  'conditions.tls_interception.title': 'May security software na humaharang sa mga secure na koneksiyon',
  'conditions.captive_portal.step.host':
    'Magbukas ng web browser sa PC na ito at mag-sign in. Nasa {host} ang sign-in page.',
  'conditions.tls_interception.title.product': 'Hinaharang ng {product} ang mga secure na koneksiyon',
  'conditions.tls_interception.title_since.product':
    'Hinaharang ng {product} ang mga secure na koneksiyon mula pa {sinceAt}',
  'conditions.tls_interception.title_since':
    'May security software na humaharang sa mga secure na koneksiyon mula pa {sinceAt}',
  'conditions.tls_interception.step': 'Ipadala ito sa IT: kailangang hindi isama ang Roost Relay sa HTTPS scanning.',
  'conditions.tls_interception.step.product':
    'Ipadala ito sa IT: kailangang hindi na suriin ng {product} ang {hosts}, o kailangang pagkatiwalaan ng PC na ito ang root certificate nito.',
  'conditions.tls_interception.copy':
    'Roost Relay {version}: mula pa {sinceAt}, galing sa hindi kilalang issuer ang certificate ng magkakaibang host. May antivirus o firewall na sumusuri sa HTTPS. Pakibigyan ng exception ang Roost Relay, o i-install ang root certificate nito sa PC na ito o sa Mga setting, Network. Mga event na naghihintay: {count}.',
  'conditions.proxy.title': 'Hindi pinadadaan ng proxy ng opisina ang Roost Relay',
  'conditions.proxy.title_since': 'Hindi pinadadaan ng proxy ng opisina ang Roost Relay mula pa {sinceAt}',
  'conditions.proxy.step': 'Ipadala ito sa IT: humihingi ng password ang proxy o hindi madaanan.',
  'conditions.proxy.step.password': 'Ipadala ito sa IT: humihingi ng password ang proxy na {proxy}.',
  'conditions.proxy.step.password_refused':
    'Ipadala ito sa IT: tinanggihan ng proxy na {proxy} ang pangalan at password na ibinigay dito.',
  'conditions.proxy.step.unreachable.environment':
    'Ipadala ito sa IT: hindi maabot ang proxy na {proxy}, na nakasulat sa environment (HTTPS_PROXY o ALL_PROXY).',
  'conditions.proxy.step.unreachable.system':
    'Ipadala ito sa IT: hindi maabot ang proxy na {proxy}, na nasa mga setting ng network ng PC na ito.',
  'conditions.proxy.step.sign_in':
    'Ipadala ito sa IT: humihingi ang proxy na {proxy} ng {asksFor}, na hindi kayang gamitin ng Roost Relay.',
  'conditions.proxy.step.unreachable': 'Ipadala ito sa IT: hindi maabot ang proxy na {proxy}.',
  'conditions.proxy.step.socks': 'Ipadala ito sa IT: SOCKS ang proxy na {proxy}; hindi makadaan doon ang Roost Relay.',
  'conditions.proxy.step.refused': 'Ipadala ito sa IT: hindi tayo pinakokonekta ng proxy na {proxy} sa {hosts}.',
  'conditions.proxy.copy.password':
    'Roost Relay {version}: mula pa {sinceAt}, humihingi ng password ang proxy na {proxy} ({status}{asksFor}). Pakilagay ang user name at password nito sa Mga setting, Network, o padaanin ang Roost Relay nang wala nito. Mga event na naghihintay: {count}.',
  'conditions.proxy.copy.password_refused':
    'Roost Relay {version}: mula pa {sinceAt}, tinatanggihan ng proxy na {proxy} ang user name at password na ibinibigay dito ({status}{asksFor}). Pakilagay ang tama sa Mga setting, Network, o padaanin ang Roost Relay nang wala nito. Mga event na naghihintay: {count}.',
  'conditions.proxy.copy.unreachable.environment':
    'Roost Relay {version}: mula pa {sinceAt}, hindi maabot ang proxy na {proxy}. Nakasulat ito sa environment ng Roost Relay (HTTPS_PROXY o ALL_PROXY). Pakitingnan ito, palitan ang variable, o maglagay ng ibang proxy sa Mga setting, Network. Mga event na naghihintay: {count}.',
  'conditions.proxy.copy.unreachable.system':
    'Roost Relay {version}: mula pa {sinceAt}, hindi maabot ang proxy na {proxy}. Nasa mga setting ng network ng PC na ito ang proxy. Pakitingnan ito, palitan ang setting, o maglagay ng ibang proxy sa Mga setting, Network. Mga event na naghihintay: {count}.',
  'conditions.proxy.copy.socks.environment':
    'Roost Relay {version}: mula pa {sinceAt}, ang SOCKS proxy na {proxy} ang nakasulat sa environment (HTTPS_PROXY o ALL_PROXY). Sa proxy na HTTP dumadaan ang Roost Relay: pakilagay ito sa Mga setting, Network, o piliin doon ang Wala para sa direktang daan. Mga event na naghihintay: {count}.',
  'conditions.proxy.copy.sign_in':
    'Roost Relay {version}: mula pa {sinceAt}, humihingi ang proxy na {proxy} ng {asksFor} ({status}). Basic lang ang kayang gamitin ng Roost Relay: pakipadaan ito nang walang pag-sign in, o mag-alok ng Basic. Mga event na naghihintay: {count}.',
  'conditions.proxy.copy.unreachable':
    'Roost Relay {version}: mula pa {sinceAt}, hindi maabot ang proxy na {proxy}. Pakitingnan ito, o ang proxy sa Mga setting, Network. Mga event na naghihintay: {count}.',
  'conditions.proxy.copy.socks':
    'Roost Relay {version}: mula pa {sinceAt}, ang SOCKS proxy na {proxy} ang nasa setting ng system. Sa proxy na HTTP dumadaan ang Roost Relay: pakilagay ito sa Mga setting, Network, o piliin doon ang Wala para sa direktang daan. Mga event na naghihintay: {count}.',
  'conditions.proxy.copy.refused':
    'Roost Relay {version}: mula pa {sinceAt}, ayaw kumonekta ng proxy na {proxy} sa {hosts} ({status}). Pakipayagan ang mga host na ito. Mga event na naghihintay: {count}.',
  'conditions.tls_interception.copy.issuer':
    'Roost Relay {version}: mula pa {sinceAt}, galing sa “{issuer}” ang mga certificate ng {hosts}. May antivirus o firewall na sumusuri sa HTTPS. Pakilagyan ng exception ang mga host na ito o ang Roost Relay, o i-install ang root certificate nito sa PC na ito o sa Mga setting, Network. Mga event na naghihintay: {count}.',
  'conditions.proxy.copy':
    'Roost Relay {version}: mula pa {sinceAt}, hindi maabot ang proxy o humihingi ito ng password (407). Pakitingnan ang proxy sa Mga setting, Network. Mga event na naghihintay: {count}.',

  'conditions.clock_wrong.title': 'Mali ang orasan ng PC na ito',
  'conditions.clock_wrong.meaning.ahead':
    'Nauuna ito nang {skewMs}, kaya tinatanggihan ng mga tumatanggap ang ipinapadala ng PC na ito. Ligtas at naghihintay ang mga event.',
  'conditions.clock_wrong.meaning.behind':
    'Nahuhuli ito nang {skewMs}, kaya tinatanggihan ng mga tumatanggap ang ipinapadala ng PC na ito. Ligtas at naghihintay ang mga event.',
  'conditions.clock_wrong.step': 'Ayusin ang petsa at oras sa mga setting ng PC na ito.',
  'conditions.clock_wrong.over': 'Tama na ulit ang orasan ng PC na ito.',

  'conditions.disk_low.title': 'Halos puno na ang disk ng PC na ito',
  'conditions.disk_low.meaning':
    '{freeBytes} na lang ang natitira. Pinaghihintay ang PMS, at hindi muna binabasa ang mga file at database, kaya maaaring mahuli ang mga bagong event.',
  'conditions.disk_low.step': 'Alisin ang laman ng recycle bin o ilipat ang malalaking file.',
  'conditions.disk_full.title': 'Puno na ang disk ng PC na ito',
  'conditions.disk_full.meaning':
    'Hindi matatanggap ang mga bagong event hangga’t walang espasyo. Ligtas ang mga natanggap na.',
  'conditions.disk_full.step': 'Alisin ngayon ang laman ng recycle bin o ilipat ang malalaking file.',
  'conditions.disk_read_only.title': 'Mababasa lang ang disk ng data folder ng Roost Relay',
  'conditions.disk_read_only.meaning': 'Hindi matatanggap ang mga bagong event. Ligtas ang mga natanggap na.',
  'conditions.disk_read_only.step':
    'Suriin ang disk na iyon, at gawin itong nasusulatan ulit. Hindi kailangang mag-restart.',
  'conditions.disk_no_rights.title': 'Hindi na puwedeng sulatan ng Roost Relay ang sarili nitong data folder',
  'conditions.disk_no_rights.meaning':
    'Inalis ang pahintulot ng account na ito sa {folder}. Hindi matatanggap ang mga bagong event. Ligtas ang mga natanggap na.',
  'conditions.disk_no_rights.step':
    'Bigyan ang account na ito ng pahintulot na basahin at sulatan ang {folder}: sa Windows, sa Properties, Security; kung may antivirus na nagbabantay ng mga folder (“Controlled folder access”), payagan doon ang Roost Relay. Hindi kailangang mag-restart.',
  'conditions.open_files.title.app': 'Umabot na sa limitasyon ang mga file at koneksiyong bukas ng Roost Relay',
  'conditions.open_files.title.pc': 'Umabot na sa limitasyon ang mga file at koneksiyong bukas ng PC na ito',
  'conditions.open_files.meaning':
    'Wala nang mabubuksan pa: maaaring walang makuhang sagot ang PMS na bagong kokonekta, naghihintay ang mga ipapadala, at walang nagagawang backup. Ligtas ang mga natanggap na, at hindi ang disk ang dahilan.',
  'conditions.open_files.step.app':
    'Isara ang program na maraming nakabukas na koneksiyon sa Roost Relay. Kung wala, i-restart ang Roost Relay.',
  'conditions.open_files.step.limit':
    'Isara ang program na maraming nakabukas na koneksiyon sa Roost Relay. Kung wala, payagan ang Roost Relay ng higit sa {most} (LimitNOFILE ng service nito, o ulimit -n), saka i-restart ito.',
  'conditions.open_files.step.pc':
    'Alamin kung aling program ang maraming nakabukas at isara ito, o i-restart ang PC na ito.',
  'conditions.open_files.over': 'May mabubuksan na ulit na mga file at koneksiyon. Tuloy na ang lahat.',
  'conditions.closed.title': 'Hindi puwedeng basahin at sulatan ng Roost Relay ang {path}',
  'conditions.closed.meaning.data':
    'Tinatanggap at ipinapadala pa rin ang mga event, at walang nawawala. Pero hindi na makakapagsimula ulit ang Roost Relay.',
  'conditions.closed.meaning.database':
    'Tinatanggap at ipinapadala pa rin ang mga event, at walang nawawala. Pero walang magagawang backup, at hindi na makakapagsimula ulit ang Roost Relay.',
  'conditions.closed.meaning.spool':
    'Ang ipinapasok sa command line habang hindi tumatakbo ang Roost Relay ay hindi maitatago roon, o nananatili roon at hindi natatanggap. Tinatanggap gaya ng dati ang mga ipino-post.',
  'conditions.closed.meaning.backups':
    'Walang magagawang backup doon. Tinatanggap at ipinapadala gaya ng dati ang mga event.',
  'conditions.closed.meaning.logs':
    'Hindi naisusulat sa log ang mga nangyayari. Tinatanggap at ipinapadala gaya ng dati ang mga event.',
  'conditions.closed.step':
    'Bigyan ang account na ito ng pahintulot na basahin at sulatan ang {path}: sa Windows, sa Properties, Security; kung may antivirus na nagbabantay ng mga folder (“Controlled folder access”), payagan doon ang Roost Relay. Hindi kailangang mag-restart.',
  'conditions.closed.over': 'Puwede na ulit basahin at sulatan ng Roost Relay ang {path}.',
  'conditions.disk.over': 'May sapat na espasyo na ulit sa disk. Tinatanggap na gaya ng dati ang mga bagong event.',
  'conditions.disk.over.written':
    'Nasusulatan na ulit ang data folder. Tinatanggap na gaya ng dati ang mga bagong event.',

  'conditions.intake_elsewhere.title': 'Hindi dumarating ang ipinapadala ng PMS sa port {port}',
  'conditions.intake_elsewhere.meaning.taken':
    'Gamit ng ibang program ang port {port}. Sa {address} muna tinatanggap ang mga event, at tuloy ang pagpapadala.',
  'conditions.intake_elsewhere.meaning.taken_by':
    'Gamit ng program na {program} ang port {port}. Sa {address} muna tinatanggap ang mga event, at tuloy ang pagpapadala.',
  'conditions.intake_elsewhere.meaning.taken_by_account':
    'Gamit ng isang program ng account na {account} ang port {port}. Sa {address} muna tinatanggap ang mga event, at tuloy ang pagpapadala.',
  'conditions.intake_elsewhere.meaning.taken_by_both':
    'Gamit ng program na {program} ng account na {account} ang port {port}. Sa {address} muna tinatanggap ang mga event, at tuloy ang pagpapadala.',
  'conditions.intake_elsewhere.meaning.relay':
    'Gamit ng ibang Roost Relay sa PC na ito, na may sariling data, ang port {port}: doon napupunta ang ipinapadala ng PMS. Dito, sa {address} muna tinatanggap ang mga event, at tuloy ang pagpapadala.',
  'conditions.intake_elsewhere.meaning.relay_of':
    'Gamit ng ibang Roost Relay sa PC na ito, ng account na {account} at may sariling data, ang port {port}: doon napupunta ang ipinapadala ng PMS. Dito, sa {address} muna tinatanggap ang mga event, at tuloy ang pagpapadala.',
  'conditions.intake_elsewhere.meaning.forbidden':
    'Nakalaan sa system ang port {port} at hindi ibinibigay sa kahit anong program. Sa {address} muna tinatanggap ang mga event, at tuloy ang pagpapadala.',
  'conditions.intake_elsewhere.meaning.other':
    'Walang makapakinig sa port {port} ngayon. Sa {address} muna tinatanggap ang mga event, at tuloy ang pagpapadala.',
  'conditions.intake_elsewhere.step.taken':
    'Isara ang ibang program: susubukan ulit nang kusa ang port {port}. O gawing {free}, na libre, ang intake port sa mga setting at sa PMS.',
  'conditions.intake_elsewhere.step.relay':
    'Isang account lang dapat ang magpatakbo ng Roost Relay: isara ito sa kabila, at kusang kukunin ang port {port}. O gawing {free}, na libre, ang intake port dito at sa PMS.',
  'conditions.intake_elsewhere.step.forbidden':
    'Gawing {free}, na libre, ang intake port sa mga setting at sa PMS. Susubukan ulit nang kusa ang port {port}. Sa Windows, inililista ng “netsh interface ipv4 show excludedportrange protocol=tcp” ang mga nakalaan.',
  'conditions.intake_elsewhere.step.other':
    'Susubukan ulit nang kusa ang port {port}. O gawing {free}, na libre, ang intake port sa mga setting at sa PMS.',
  'conditions.lan_missing.title': 'Hindi makapagpadala ng event ngayon ang ibang PC ng property',
  'conditions.lan_missing.step':
    'Susubukan ulit ito nang kusa; palitan ang mga setting ng local network kung ganoon pa rin.',
  'conditions.messages_kept.title.none': 'May mga itinatagong mensahe ng {name}: walang nagawang event mula sa mga ito',
  'conditions.messages_kept.title.one': '1 mensahe ng {name} ang itinatago: walang nagawang event mula rito',
  'conditions.messages_kept.title.many':
    '{count} mensahe ng {name} ang itinatago: walang nagawang event mula sa mga ito',
  'conditions.messages_kept.meaning':
    'Hindi naintindihan ang ipinadala ng {name}, o dumating ito habang sine-set up pa, kaya walang nakarating kaninuman. Walang nawala: matatanggap pa ito.',
  'conditions.messages_kept.step':
    'Ipatingin sa IT helper ang ipinapadala ng {name}: ayusin ang hugis o ang talaan ng mga uri nito at tanggapin, o alisin.',
  'conditions.messages_kept.step.revoked':
    'Binawi na ang {name}; nananatili ang itinatago mula rito. Ipaayos ito sa IT helper at ipatanggap, o ipaalis.',
  'conditions.messages_kept.over': 'Wala nang itinatagong mensahe ng {name}.',
  'conditions.files_stuck.title.none': 'Hindi makuha o mailipat ang mga file ng {name}',
  'conditions.files_stuck.title.one': 'Hindi makuha o mailipat ang 1 file ng {name}',
  'conditions.files_stuck.title.many': 'Hindi makuha o mailipat ang {count} file ng {name}',
  'conditions.files_stuck.step.full':
    'Alisin sa disk na iyon ang hindi kailangan. Kusa itong magpapatuloy, at walang nawawala o nadodoble. Naghihintay: {files}.',
  'conditions.files_stuck.step.full.more':
    'Alisin sa disk na iyon ang hindi kailangan. Kusa itong magpapatuloy, at walang nawawala o nadodoble. Naghihintay: {files} at {more} pa.',
  'conditions.files_stuck.step.rights':
    'Isara ang program na gumagamit sa mga ito, o bigyan ang account ng Roost Relay ng karapatang bumasa at maglipat ng file doon. Kusa itong magpapatuloy, at walang nawawala o nadodoble. Naghihintay: {files}.',
  'conditions.files_stuck.step.rights.more':
    'Isara ang program na gumagamit sa mga ito, o bigyan ang account ng Roost Relay ng karapatang bumasa at maglipat ng file doon. Kusa itong magpapatuloy, at walang nawawala o nadodoble. Naghihintay: {files} at {more} pa.',
  'conditions.files_stuck.step.other':
    'Tingnan ang folder at ang disk o share nito. Kusa itong sinusubukan ulit, at walang nawawala o nadodoble. Naghihintay: {files}.',
  'conditions.files_stuck.step.other.more':
    'Tingnan ang folder at ang disk o share nito. Kusa itong sinusubukan ulit, at walang nawawala o nadodoble. Naghihintay: {files} at {more} pa.',
  'conditions.files_stuck.over': 'Nakukuha at naililipat na ulit ang mga file ng {name}.',
  'conditions.files_rejected.title.none': 'May mga file ng {name} na hindi nabasa, o hindi buo',
  'conditions.files_rejected.title.one': '1 file ng {name} ang hindi nabasa, o hindi buo',
  'conditions.files_rejected.title.many': '{count} file ng {name} ang hindi nabasa, o hindi buo',
  'conditions.files_rejected.meaning': 'Nasa “rejected” sa folder nito, katabi ng bawat isa ang dahilan: {files}.',
  'conditions.files_rejected.meaning.more':
    'Nasa “rejected” sa folder nito, katabi ng bawat isa ang dahilan: {files} at {more} pa.',
  'conditions.files_rejected.step':
    'Ipaayos ang bawat isa sa IT helper at ipabalik sa folder, o ipaalis sa “rejected” ang hindi kailangan.',
  'conditions.files_rejected.step.revoked':
    'Binawi na ang {name} at hindi na kumukuha nito. Ipaabot sa IT helper ninyo ang bawat isa sa ibang source, o ipatanggal sa “rejected” ang hindi kailangan.',
  'conditions.files_rejected.step.revoked_away':
    'Binawi na ang {name} at wala ang folder nito, kaya walang nakakaalam kung naroon pa ang mga ito. Ipakabit ito sa IT helper at ipasok ang bawat isa sa ibang source, o sabihin sa page ng {name} na naasikaso na ang mga ito.',
  'conditions.files_rejected.over': 'Wala nang file ng {name} sa “rejected”.',
  'conditions.source_away.title': 'Hindi mabasa ang {name}',
  'conditions.source_away.title.held': 'Sabay-sabay na nawala ang maraming hilera ng {name}',
  'conditions.source_away.step': 'Ikabit itong muli. Ang isinusulat doon habang wala ay kukunin pagkabasa ulit.',
  'conditions.source_away.step.said':
    'Kusa itong titingnan muli. Ang isinusulat doon habang wala ay kukunin pagkabasa ulit.',
  'conditions.source_away.step.held':
    'Tingnan sa PMS kung wala na talaga. Kung wala na, sabihin sa page ng {name}, at ipapaalam agad; kung hindi, sabihin doon na itatabi.',
  'conditions.source_away.over': 'Nababasa na ulit ang {name}.',
  'conditions.export_away.title.deliveries': 'Hindi maisulat ang nakaiskedyul na export ng mga padala',
  'conditions.export_away.title.attempts': 'Hindi maisulat ang nakaiskedyul na export ng mga pagsubok',
  'conditions.export_away.title.events': 'Hindi maisulat ang nakaiskedyul na export ng mga event',
  'conditions.export_away.step':
    'Ikabit muli ang drive o share nito, o pumili ng ibang folder sa I-export. Kusa itong susubukan ulit, at isusulat noon ang mga nalaktawan.',
  'conditions.export_away.step.filter':
    'Bigyan ito ng ibang filter sa I-export, o alisin ito. Isusulat noon ang mga nalaktawan.',
  'conditions.export_away.over': 'Naisusulat na ulit ang mga nakaiskedyul na export.',
  'conditions.upkeep_undone.title.hourly': 'Hindi magawa ang backup na oras-oras',
  'conditions.upkeep_undone.title.nightly': 'Hindi magawa ang backup na gabi-gabi',
  'conditions.upkeep_undone.title.retention': 'Hindi maalis ang mga luma na',
  'conditions.upkeep_undone.step.backup':
    'Ayusin iyon, o mag-save muna ng backup sa ibang lugar mula sa Mga setting. Kusa itong susubukan ulit; tuloy ang pagtanggap at pagpapadala ng mga event.',
  'conditions.upkeep_undone.step.retention':
    'Ayusin iyon: habang hindi pa, mas matagal kaysa nasa mga setting ang natitirang data. Sinusubukan ulit ito gabi-gabi; tuloy ang pagtanggap at pagpapadala ng mga event.',
  'conditions.upkeep_undone.over.backup': 'Nagagawa na ulit ang mga backup.',
  'conditions.upkeep_undone.over.retention': 'Naalis na ang mga luma na.',
  'conditions.source_quiet.title': 'Mas tahimik kaysa karaniwan ang {name}',
  'conditions.source_quiet.meaning.never': 'Wala pang event na dumarating mula rito.',
  'conditions.source_quiet.meaning.last': 'Dumating ang huling event nito noong {lastAt}.',
  'conditions.source_quiet.meaning.usual':
    'Dumating ang huling event nito noong {lastAt}. Karaniwan, {usual} na ang dumating sa ganitong oras.',
  'conditions.source_quiet.step': 'Tingnan kung tumatakbo at nakakonekta ang {name}.',
  'conditions.source_quiet.over': 'Nagpapadala na ulit ng mga event ang {name}.',

  'conditions.secrets_unreadable.title.locked': 'Hindi mabasa ngayon ang mga secret',
  'conditions.secrets_unreadable.title.no_key': 'Nawawala o sira ang key ng mga secret',
  'conditions.secrets_unreadable.title.unreadable': 'Kailangang ilagay ulit ang mga secret',
  'conditions.secrets_unreadable.meaning.none': 'Walang mapirmahan, kaya ligtas at naghihintay ang mga event.',
  'conditions.secrets_unreadable.meaning.one':
    'Walang mapirmahan para sa 1 endpoint, kaya ligtas at naghihintay ang mga event nito.',
  'conditions.secrets_unreadable.meaning.many':
    'Walang mapirmahan para sa {count} endpoint, kaya ligtas at naghihintay ang mga event nila.',
  'conditions.secrets_unreadable.step.locked':
    'I-unlock ang keyring ng PC na ito o mag-sign in bilang karaniwang user. Kusa itong susubukan ulit. Sa Linux, makikita lang ang keyring na nabuksan nang huli kapag isinara at sinimulan ulit ang Roost Relay.',
  'conditions.secrets_unreadable.step.no_key':
    'Ibalik ang data-key.json sa data folder mula sa kopya: kusa itong gagamitin. O ilagay ulit ang mga secret sa bawat endpoint: gagawa noon ng bagong key.',
  'conditions.secrets_unreadable.step.unreadable':
    'Sa ibang PC o user ang mga secret. Ilagay ulit ang mga ito sa bawat endpoint.',
  'conditions.secrets_unreadable.over': 'Nababasa na ulit ang mga secret.',

  'conditions.vault_plain.title': 'Hindi protektado ng keyring ng system ang mga secret sa PC na ito',
  'conditions.vault_plain.meaning':
    'Mababasa ang mga ito ng sinumang makababasa sa mga file ng user na ito. Hindi apektado ang pagpapadala.',
  'conditions.vault_plain.step':
    'Mag-set up ng keyring (GNOME Keyring o KWallet) para sa user na ito, saka isara at simulan ulit ang Roost Relay: hindi makikita bago iyon ang keyring na nabuksan nang huli.',

  'conditions.all_paused.title': 'Nakahinto ang lahat ng padala hanggang {untilAt}',
  'conditions.all_paused.headline': 'Nakahinto ang mga padala hanggang {untilAt}.',
  'conditions.all_paused.meaning.none': 'Ligtas na itinatago sa PC na ito ang mga bagong event.',
  'conditions.all_paused.meaning.one': '1 event ang ligtas at naghihintay.',
  'conditions.all_paused.meaning.many': '{count} event ang ligtas at naghihintay.',

  'conditions.engine_restarting.title': 'Sinisimulan ulit ang engine',
  'conditions.engine_restarting.meaning':
    'Ligtas ang mga natanggap na event. Maaaring luma nang kaunti ang nakikita ninyo.',
  'conditions.engine_stopped.title': 'Hindi tumatakbo ang engine',
  'conditions.engine_stopped.meaning': 'Walang natatanggap o naipapadalang event. Ligtas ang mga natanggap na.',

  'conditions.database_gone.title': 'Wala na sa lugar nito ang database',
  'conditions.database_gone.meaning':
    'Nabura, nailipat o napalitan ang file nito (relay.db) habang umaandar ang Roost Relay. Walang tatanggapin o itatala hanggang hindi ito naibabalik.',
  'conditions.database_gone.step.backup':
    'Ibalik ang relay.db at relay.db-wal sa data folder. Kung wala na ang mga ito, i-restart ang Roost Relay at i-restore ang backup noong {backupAt}.',
  'conditions.database_gone.step.no_backup':
    'Ibalik ang relay.db at relay.db-wal sa data folder. Kung wala na ang mga ito, i-restart ang Roost Relay at i-set up itong muli.',
  'conditions.database_gone.over': 'Naibalik na ang database. Tumatanggap na ulit ng mga event.',
  'conditions.database_emptied.title': 'Inalisan ng laman o pinutol ng ibang program ang database',
  'conditions.database_emptied.meaning':
    'Nangyari ito habang umaandar ang Roost Relay. Walang tatanggapin o itatala, para walang matanggap na mawawala.',
  'conditions.database_emptied.step.backup':
    'I-restore ang backup noong {backupAt}: patakbuhin ang {relay} restore --last at sundin ang sinasabi nito, saka i-restart ang Roost Relay.',
  'conditions.database_emptied.step.no_backup':
    'Ibalik ang relay.db mula sa kopya, saka i-restart ang Roost Relay. Kung walang kopya, alisin ang laman ng data folder at i-set up itong muli.',
  'conditions.database_held.title': 'Hawak ng ibang program ang database',
  'conditions.database_held.meaning':
    'Ginagamit ito ng backup software o virus scanner. Tinatanggihan muna ang mga bagong event at ipapadala ulit ng PMS; ligtas ang mga natanggap na.',
  'conditions.database_held.step.wait': 'Walang kailangang gawin: karaniwang bumibitaw ito sa loob ng isang minuto.',
  'conditions.database_held.step.lasts':
    'Alamin kung aling program ang gumagalaw ngayon sa data folder, at huwag isama ang folder sa kinokopya o ini-scan nito.',
  'conditions.database_held.over': 'Malaya na ulit ang database. Tinatanggap na gaya ng dati ang mga bagong event.',
  'conditions.database_unreachable.title': 'Hindi mabasa o masulatan ngayon ang data folder',
  'conditions.database_unreachable.meaning':
    'Hindi sumasagot ang disk nito, o may nakaharang. Hindi matatanggap ang mga bagong event. Ligtas sa kinalalagyan ang mga natanggap na.',
  'conditions.database_unreachable.step':
    'Tingnan kung nakakabit at maayos ang disk. Kapag sumagot na ito, tuloy nang kusa ang lahat.',
  'conditions.database_unreachable.over':
    'Nasusulatan na ulit ang data folder. Tinatanggap na gaya ng dati ang mga bagong event.',
  'conditions.database_damaged.title': 'Sira ang database',
  'conditions.database_damaged.meaning.backup': 'Ginawa ang huling backup noong {backupAt}.',
  'conditions.database_damaged.meaning.no_backup': 'Wala pang backup.',
  'conditions.database_damaged.step':
    'Mag-restore ng backup sa Mga setting, o patakbuhin ang {relay} restore --last at sundin ang sinasabi nito. Hanggang doon ay tinatanggihan ang mga bagong event, para walang matanggap na mawawala. Itinatabi ang sirang data.',
  'conditions.database_damaged.over': 'Buo na ulit ang database. Tinatanggap na gaya ng dati ang mga bagong event.',

  'conditions.events_lost.title': 'May nawawalang mga event na natanggap na',
  'conditions.events_lost.meaning.one':
    'Dahil sa sira sa database, naputol ang huling event na sinabi sa PMS na ligtas, noong {untilAt}. Maaaring maulit ang ginawa sa oras na iyon.',
  'conditions.events_lost.meaning.many':
    'Dahil sa sira sa database, naputol ang huling {count} event na sinabi sa PMS na ligtas; ang huli ay noong {untilAt}. Maaaring maulit ang ginawa sa oras na iyon.',
  'conditions.events_lost.step.since':
    'Ikumpara sa PMS ang ipinadala nito mula {sinceAt} hanggang {untilAt}, at ipadala ulit dito ang nawawala. Ipasuri ang disk ng PC na ito.',
  'conditions.events_lost.step.all':
    'Ikumpara sa PMS ang ipinadala nito hanggang {untilAt}, at ipadala ulit dito ang nawawala. Ipasuri ang disk ng PC na ito.',

  'conditions.restore_pending.title': 'Papalitan ng isang backup ang lahat sa susunod na pag-start',
  'conditions.restore_pending.meaning':
    'Pinili ito noong {sinceAt}. Itatabi ang mga event na dumating pagkatapos itong gawin; hindi na ipapadala ang mga naghihintay pa sa mga iyon.',
  'conditions.restore_pending.meaning.damaged':
    'Pinili ito noong {sinceAt}. Dadalhin ang mababasa pa sa mga dumating pagkatapos itong gawin; itatabi ang sirang data.',
  'conditions.restored.title': 'May na-restore na backup noong {restoredAt}',
  'conditions.restored.meaning.all.left':
    'Ang narito ay gaya noong {madeAt}. Itinabi at hindi na ipapadala ang mga dumating pagkatapos niyon.',
  'conditions.restored.meaning.all.left.none':
    'Ang narito ay kung ano noong {madeAt}. Walang event na dumating pagkatapos noon.',
  'conditions.restored.meaning.all.left.one':
    'Ang narito ay kung ano noong {madeAt}. May 1 event na dumating pagkatapos noon; itinabi ito at hindi ipapadala. Hindi pa nakararating sa lahat ng receiver: {open}.',
  'conditions.restored.meaning.all.left.many':
    'Ang narito ay kung ano noong {madeAt}. {count} event ang dumating pagkatapos noon; itinabi ang mga ito at hindi ipapadala. Hindi pa nakararating sa lahat ng receiver: {open}.',
  'conditions.restored.meaning.part.left.none':
    'Ang narito ay kung ano noong {madeAt}, pero wala ang log at ang mga key na nag-aalis ng doble mula noon. Walang event na dumating pagkatapos noon.',
  'conditions.restored.meaning.part.left.one':
    'Ang narito ay kung ano noong {madeAt}, pero wala ang log at ang mga key na nag-aalis ng doble mula noon. May 1 event na dumating pagkatapos noon; itinabi ito at hindi ipapadala. Hindi pa nakararating sa lahat ng receiver: {open}.',
  'conditions.restored.meaning.part.left.many':
    'Ang narito ay kung ano noong {madeAt}, pero wala ang log at ang mga key na nag-aalis ng doble mula noon. {count} event ang dumating pagkatapos noon; itinabi ang mga ito at hindi ipapadala. Hindi pa nakararating sa lahat ng receiver: {open}.',
  'conditions.restored.meaning.part.left':
    'Ang narito ay gaya noong {madeAt}, nang wala ang log at ang mga key na humaharang sa mga duplicate mula noon. Itinabi at hindi na ipapadala ang mga dumating pagkatapos niyon.',
  'conditions.restored.meaning.all.carried':
    'Nasira ang data; pinalitan ito ng backup noong {madeAt}. Sa mga event pagkatapos niyon, {carried} ang nadala at {missing} ang nawawala. Mga padalang dumating na at hindi na uulitin: {delivered}; mga event na ipapadala kahit hindi alam kung dumating na: {unsure}.',
  'conditions.restored.meaning.part.carried':
    'Nasira ang data; pinalitan ito ng backup noong {madeAt}, na walang log at walang key na humaharang sa mga duplicate mula noon, maliban sa nabasa pa. Sa mga event pagkatapos niyon, {carried} ang nadala at {missing} ang nawawala. Mga padalang dumating na at hindi na uulitin: {delivered}; mga event na ipapadala kahit hindi alam kung dumating na: {unsure}.',
  'conditions.restored.meaning.all.not_carried':
    'Nasira ang data; pinalitan ito ng backup noong {madeAt}. Hindi nadala ang mga dumating pagkatapos niyon, at hindi ipapadala ang mga ito: {detail}',
  'conditions.restored.meaning.part.not_carried':
    'Nasira ang data; pinalitan ito ng backup noong {madeAt}, na walang log at walang key na humaharang sa mga duplicate mula noon. Hindi nadala ang mga dumating pagkatapos niyon, at hindi ipapadala ang mga ito: {detail}',
  'conditions.restored.step.none': 'Walang kailangang gawin. Nakatabi sa {folder} ang dating laman.',
  'conditions.restored.step.aside.list':
    'Ipapadala muli sa PMS ang ipinadala nito mula {madeAt}; o ipadala mula sa listahan ang hindi pa nakarating, {relay} emit --file "{file}", kapag naibalik na ang set-up. Ang naroon dati ay nasa {folder}.',
  'conditions.restored.step.aside.pms':
    'Ipapadala muli sa PMS ang ipinadala nito mula {madeAt}. Ang naroon dati ay nasa {folder}.',
  'conditions.restored.step.kept': 'Nasa {folder} ang naroon dati.',
  'conditions.restored.step.missing.since':
    'Ikumpara sa PMS ang ipinadala nito mula {madeAt}, at ipadala ulit dito ang nawawala. Nasa {folder} ang naroon dati, at ang listahan ng mga dumating pagkatapos ng backup.',
  'conditions.restored.step.missing':
    'Ikumpara sa PMS ang ipinadala nito mula {madeAt} hanggang {untilAt}, at ipadala ulit dito ang nawawala. Nakatabi sa {folder} ang dating laman, kasama ang listahan ng mga dumating pagkatapos ng backup.',
  'conditions.restored_set_up.title': 'Wala na rito ang set-up na ginawa pagkatapos ng backup',
  'conditions.restored_set_up.meaning':
    'Pinalitan ng backup noong {madeAt} ang lahat. Nawala: mga endpoint: {endpoints}; mga source: {sources}; mga nakaiskedyul na export: {schedules}; binago o inalis mula noon, at bumalik sa dati: {changed}; mga setting: {settings}.',
  'conditions.restored_set_up.meaning.damaged':
    'Pinalitan ng backup noong {madeAt} ang sirang data. Hindi nadala: mga endpoint: {endpoints}; mga source: {sources}; mga nakaiskedyul na export: {schedules}; binago o inalis mula noon, at bumalik sa dati: {changed}; mga setting: {settings}.',
  'conditions.restored_set_up.meaning.unreadable':
    'Pinalitan ng backup noong {madeAt} ang sirang data, at hindi nabasa ang lahat ng set-up nito: maaaring nawala ang mga endpoint, source at setting na ginawa pagkatapos ng backup.',
  'conditions.restored_set_up.step':
    'Ikumpara sa dati ang mga endpoint, source at setting, at i-set up ulit ang nawala: tinatanggihan ang PMS na wala na ang source. Nasa {folder} ang naroon dati.',
  'conditions.restore_pending.step':
    'Sa Mga setting, Imbakan at backup: ibalik ito ngayon, o panatilihin ang narito ngayon.',

  'conditions.autostart_off.title': 'Hindi na nagsisimula ang Roost Relay kapag binuksan ang PC na ito',
  'conditions.autostart_off.meaning':
    'Pagkatapos ng susunod na restart, walang matatanggap o maipapadalang event hangga’t walang nagbubukas nito.',
  'conditions.autostart_off.step': 'Buksan ulit ang “Simulan kapag binuksan ang PC na ito” sa mga setting.',

  'conditions.sleeps_at_night.title': 'Natutulog ang PC na ito sa gabi, kaya naghihintay ang mga event hanggang umaga',
  'conditions.sleeps_at_night.meaning.one':
    'Huli itong natulog mula {fromAt} hanggang {untilAt}, at may {count} event na naipadala na sana ang naghintay. Ganito sa {nights} gabi ng nakaraang linggo.',
  'conditions.sleeps_at_night.meaning.many':
    'Huli itong natulog mula {fromAt} hanggang {untilAt}, at may {count} event na naipadala na sana ang naghintay. Ganito sa {nights} gabi ng nakaraang linggo.',
  'conditions.sleeps_at_night.step':
    'Panatilihin itong gising habang may naghihintay na event? Matutulog ito gaya ng dati kapag nakalabas na ang mga iyon. Natutulog pa rin ang laptop na nakasara ang takip.',

  'conditions.late_start.title': 'Bumukas ang PC na ito noong {pcAt}, pero walang nag-sign in hanggang {appAt}',
  'conditions.late_start.meaning':
    'Nagsisimula ang Roost Relay kapag may nag-sign in: hanggang doon, wala itong tinanggap at ipinadalang event. {count} beses na itong nangyari sa loob ng dalawang linggo, gaya pagkatapos ng update na nagre-restart sa PC sa gabi.',
  'conditions.late_start.step':
    'Ipasimula ito sa PC kahit walang naka-sign in: nasa mga setting ang command para rito, sa ilalim ng Pagsisimula.',
};
