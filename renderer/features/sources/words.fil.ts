import type { WordsLike } from '../../i18n/catalogue.ts';
import type { en } from './words.en.ts';

export const fil: WordsLike<typeof en> = {
  title: 'Mga source',
  note: 'kung saan galing ang mga event',
  add: 'Magkonekta ng source',
  showRevoked: 'Ipakita ang mga binawing source',
  'empty.title': 'Ikonekta ang PMS ninyo',
  'empty.text':
    'Ang source ay programang nagsasabi sa Roost Relay kung ano ang nangyayari: ang PMS ninyo, o ang point of sale ng restawran. Bigyan ito ng pangalan, at may makukuha kang address at token para dito.',

  'column.source': 'Source',
  'column.today': 'Ngayong araw',
  'column.last': 'Huling event',
  'column.refusal': 'Huling pagtanggi',
  'column.state': 'Kalagayan',
  never: 'hindi pa',
  noRefusal: 'wala',
  revoked: 'Binawi na',

  'new.title': 'Magkonekta ng source',
  'new.name': 'Pangalan',
  'new.nameHint': 'Ayon sa tawag ng mga katrabaho mo: “PMS sa front desk”.',
  'new.property': 'Property id',
  'new.propertyHint':
    'Ang makikita ng tumatanggap bilang property_id kapag walang ibinigay ang PMS. Kung walang laman: ang sa property mismo, {{property}}.',
  'new.propertyHintNone': 'Ang makikita ng tumatanggap bilang property_id kapag walang ibinigay ang PMS.',
  'new.propertyNeeded': 'Magbigay ng isa: wala pang sariling id ang property na ito.',
  'new.create': 'Gumawa ng source at token',
  'new.created': 'Puwede nang magpadala ng mga event ang {{name}}.',

  'detail.access': 'Ang token at lihim na address nito',
  'detail.token': 'Token',
  'detail.tokenOnce': 'Ngayon lang ipapakita ang token. Ilagay na ito sa PMS, o kopyahin sa ligtas na lugar.',
  'detail.tokenHidden':
    'Isang beses lang ipinakita ang token, noong ginawa ito; fingerprint lang nito ang itinatabi. Nawala? Gumawa ng bago.',
  'detail.secretUrl': 'Lihim na address',
  'detail.secretUrlHint':
    'Para sa PMS na hindi makapagpadala ng header. Sinumang nakakaalam nito ay makakapagpadala ng event.',
  'detail.replace': 'Bagong token…',
  'detail.revoke': 'Bawiin…',
  'detail.rename': 'Palitan ang pangalan…',
  'detail.facts': 'Mga pumasok',
  'detail.today': 'Mga event ngayon',
  'detail.usual': 'Karaniwan sa oras na ito',
  'detail.usualUnknown': 'hindi pa alam',
  'detail.last': 'Huling event',
  'detail.since': 'Nakakonekta mula',
  'detail.lastTest': 'Huling pagsubok',
  'detail.unordered': 'Mga booking na walang id',
  'detail.unorderedHint':
    'Mga event tungkol sa booking na wala ang alinman dito: {{names}}. Hindi mapapanatili ang pagkakasunod ng mga ito.',
  'detail.property': 'Property id',
  'detail.propertyDefault': 'ang sa property mismo',
  'detail.events': 'Ipakita ang mga event nito',
  'detail.quiet': 'Mas tahimik kaysa karaniwan ang {{name}}',
  'detail.quietText':
    'Karaniwang {{usual}} event na ang dumating sa ganitong oras. Tingnan kung bukas at nakakonekta ito.',
  'detail.quietTextPlain':
    'Karaniwang nagpapadala ito ng event sa ganitong oras. Tingnan kung bukas at nakakonekta ito.',
  'detail.revokedText': 'Binawi {{at}}. Hindi na tinatanggap ang token at lihim na address nito.',

  'rename.title': 'Palitan ang pangalan ng {{name}}',
  'rename.done': 'Nai-save na.',
  'replace.title': 'Bagong token para sa {{name}}?',
  'replace.text':
    'Agad na hihinto ang kasalukuyang token at lihim na address. Hangga’t wala sa PMS ang bago, tatanggihan ang mga event nito, kaya buksan na muna ang PMS.',
  'replace.verb': 'Gumawa ng bagong token',
  'revoke.title': 'Bawiin ang {{name}}?',
  'revoke.text':
    'Agad na hihinto ang token at lihim na address nito, at tatanggihan ang mga event nito. Mananatili at ihahatid ang mga naipadala na. Hindi na ito maibabalik: para kumonekta ulit, gumawa ng bagong source.',
  'revoke.verb': 'Bawiin ang {{name}}',
  'revoke.done': 'Binawi na ang {{name}}.',

  'how.title': 'Paano magpadala ng mga event',
  'how.try':
    'I-paste ito sa terminal ng PC na ito: may papasok na sample na booking at lalabas ito papunta sa mga endpoint ninyo.',
  'how.tryElsewhere':
    'I-paste ito sa terminal ng computer na iyon: papasok dito ang isang halimbawang booking, at lalabas sa mga endpoint mo.',
  'how.where': 'Kung saan tumatakbo ang PMS',
  'how.where.here': 'Sa PC na ito',
  'how.where.elsewhere': 'Sa ibang computer ng property',
  'how.plain':
    'Hindi naka-encrypt ang listener na ito: mababasa ang datos ng mga bisita at ang token habang ipinapadala.',
  'how.certificateText':
    'Kailangang pagkatiwalaan ng ibang computer ang certificate na ito. I-save ito roon bilang {{file}}, katabi ng command; sa Windows, i-import ito sa mga trusted root certificate.',
  'how.tokenMissing': 'Ilagay ang token kapalit ng {{placeholder}}.',
  'how.lanFingerprint': 'Fingerprint ng certificate nito: {{fingerprint}}',
  'how.lanOff': 'Nasa ibang computer ba ang PMS? Buksan ang lokal na network listener sa Mga setting.',
  'how.curl': 'curl',
  'how.powershell': 'PowerShell',
  'how.erpnext': 'ERPNext',
  'how.odoo': 'Odoo',
  'how.erpnext.1':
    'Sa ERPNext, hanapin ang “Webhook List” (o buksan ang Integrations, Webhook) at magdagdag ng webhook na may pangalan.',
  'how.erpnext.2':
    'Piliin ang DocType (gaya ng Sales Order) at ang Doc Event: after_insert kapag unang na-save, on_submit kapag isinumite.',
  'how.erpnext.3': 'Request URL: ang address sa ibaba. Request Method: POST. Request Structure: JSON.',
  'how.erpnext.4':
    'Sa Webhook Headers, magdagdag ng dalawang hilera: Authorization at Content-Type, na may mga halagang nasa ibaba.',
  'how.erpnext.5':
    'Sa JSON Request Body, i-paste ang teksto sa ibaba at iakma ang mga pangalan ng field sa DocType ninyo. Ipinapakita ng tab na Preview ang ipapadala.',
  'how.odoo.1':
    'Hindi mahubog ng sariling “Send Webhook Notification” ng Odoo ang mensahe nito, kaya tatanggihan ito ng Roost Relay. Kaya ito ng ilang linya sa sarili ninyong module.',
  'how.odoo.2': 'Idagdag ang model na ito sa module, iakma ang mga field, at i-update ang module.',
  'how.odoo.3':
    'Nagpapadala ito pagkatapos mag-commit ng Odoo, kaya hindi kailanman naiuulat ang booking na hindi natuloy.',
  'how.address': 'Address',
  'how.code': 'Code',
  'how.other': 'Ganito ring request ang ipinapadala ng iba pang programa: POST, JSON, “event” at “data”.',

  'refusals.title': 'Mga tinanggihan kamakailan',
  'refusals.none': 'Walang tinanggihan.',
  'refusals.when': 'Kailan',
  'refusals.from': 'Mula sa',
  'refusals.member': 'Bahagi',
  'refusals.why': 'Bakit',
  'refusals.unknown': 'hindi kilalang token',
  'refusals.whole': 'ang buong request',
  'refusals.kept':
    'Nakatago ang bawat isa gaya ng pagdating, na may takip ang mga numero ng card: buksan para kopyahin, o ayusin at tanggapin.',
  'refusals.times': '({{times}} beses)',
  'refusals.taken': 'Natanggap din kalaunan',
  'refusals.open': 'Buksan',
  'refusals.openOne': 'Buksan ang tinanggihang request {{number}}',
  'refusal.title': 'Isang tinanggihang request',
  'refusal.times': '{{at}}, ang huli sa {{times}} beses',
  'refusal.request': 'Request',
  'refusal.noBody': 'Walang naitago sa laman nito, kaya walang matatanggap.',
  'refusal.body': 'Ang ipinadala nito',
  'refusal.bodyHint':
    'Ayusin dito: ang “event”, ang “data”, at ang iba pang hinihingi ng mensahe sa itaas. Isang beses lang itong tinatanggap, bilang sa source na ito.',
  'refusal.copy': 'Kopyahin ang ipinadala',
  'refusal.takeIn': 'Tanggapin',
  'refusal.taken': '{{count}} event ang tinanggap.',
  'refusal.takenAt': 'Natanggap din ang mga event nito, {{at}}.',
};
