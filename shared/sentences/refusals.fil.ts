/** The same in Filipino; the same keys as in English, checked by the type. */
import type { refusalsEn } from './refusals.en.ts';

export const refusalsFil: Readonly<Record<keyof typeof refusalsEn, string>> = {
  'refusal.not_utf8':
    'body: hindi ito UTF-8. Dapat UTF-8, o ang character set na sinasabi ng Content-Type (UTF-16, ISO-8859-1, Windows-1252).',
  'refusal.not_utf16':
    'body: UTF-16 ang sabi ng Content-Type o ng mga unang byte, pero hindi ganoon. Dapat UTF-8, o ang sinasabi nito.',
  'refusal.stay_backwards': 'Ang check-out ({to}) ay bago ang check-in ({from}).',
  'refusal.empty': '{member}: walang laman. Dapat JSON object na may "event" at "data".',
  'refusal.not_json_end': '{member}: hindi tamang JSON. Naputol ito bago makumpleto.',
  'refusal.not_json': '{member}: hindi tamang JSON.',
  'refusal.not_json_at': '{member}: hindi tamang JSON. Mali mula sa ika-{place} na character.',
  'refusal.no_events': 'body: walang event dito. Kailangan ang kahit isa.',
  'refusal.too_many_events': 'body: {found} event, pero hanggang {most} lang ang tinatanggap nang sabay.',
  'refusal.expected_event': '{member}: dapat object na may "event" at "data"; {foundType} ang dumating.',
  'refusal.expected_object': '{member}: dapat object; {foundType} ang dumating.',
  'refusal.expected_name': '{member}: dapat isa sa {events}; {foundType} ang dumating.',
  'refusal.expected_id': '{member}: dapat text na may 1 hanggang {most} character, o numero; {foundType} ang dumating.',
  'refusal.empty_text': '{member}: dapat text na may 1 hanggang {most} character; walang laman ang dumating.',
  'refusal.long_text': '{member}: dapat text na may 1 hanggang {most} character; {found} ang dumating.',
  'refusal.broken_text':
    '{member}: dapat text na may 1 hanggang {most} character; may kalahating character ang dumating.',
  'refusal.expected_timestamp':
    '{member}: dapat text na ISO 8601 na may offset, gaya ng 2024-03-15T18:30:00+08:00 o 2024-03-15T10:30:00Z; {foundType} ang dumating.',
  'refusal.timestamp_no_offset':
    '{member}: oras na walang offset mula UTC ang dumating. Dapat ISO 8601 na may offset, gaya ng 2024-03-15T18:30:00+08:00 o 2024-03-15T10:30:00Z.',
  'refusal.timestamp_order':
    '{member}: {found} ang dumating, at walang makapagsabi kung araw o buwan ang nauuna. Sa shape, sinasabi iyon ng | local_time: "d/m/y" (o "m/d/y"); kung hindi, dapat ISO 8601 na may offset, gaya ng 2024-03-15T18:30:00+08:00.',
  'refusal.no_timestamp':
    '{member}: text na hindi ganoong oras ang dumating. Dapat ISO 8601 na may offset, gaya ng 2024-03-15T18:30:00+08:00 o 2024-03-15T10:30:00Z.',
  'refusal.too_deep': '{member}: lampas {most} ang lalim ng magkakapatong na object at array.',
  'refusal.unknown_member': '{member}: walang ganitong bahagi. Ilagay ito sa loob ng "data".',
  'refusal.member_twice': '{member}: dalawang beses itong nandito.',
  'refusal.unknown_event': '{member}: hindi event ang "{event}". Dapat isa sa {events}.',
  'refusal.no_property': '{member}: hindi alam kung aling property. Ibigay ito rito, sa source, o sa mga setting.',
  'refusal.several_properties': '{member}: sa ilang property ang mga source. Sabihin kung alin: {properties}.',
  'refusal.no_ids': 'body: dapat ang mga id ng mga event, bilang JSON array sa sariling linya.',
  'refusal.one_event': 'dapat isang event, pero array ang dumating.',
  'refusal.bad_key': '{member}: dapat 1 hanggang 255 na nakikitang ASCII character.',
  'refusal.key_conflict': '{member}: dumating na ang key na ito na iba ang laman.',
  'refusal.incomplete': 'body: kulang o mali ang ayos ng request.',
  'refusal.too_large': 'body: lampas {mostBytes}. Kaunting event lang ang ipadala nang sabay.',
  'refusal.larger': 'body: lampas {mostBytes}; {foundBytes} ito. Kaunting event lang ang ipadala nang sabay.',
  'refusal.unsupported_type':
    'Content-Type: dapat application/json o application/x-ndjson, sa kilalang character set, at hindi compressed.',
  'refusal.type_xml':
    'Content-Type: XML ang {found}, at JSON (application/json) ang tinatanggap ng source na ito. Tinatanggap ng source na may preset o hugis ang XML: ikonekta ang system bilang ganoon, o bigyan ng preset o hugis ang source na ito gamit ang "source change".',
  'refusal.body_xml':
    'body: mukhang XML ito, at JSON (application/json) ang tinatanggap ng source na ito. Tinatanggap ng source na may preset o hugis ang XML: ikonekta ang system bilang ganoon, o bigyan ng preset o hugis ang source na ito gamit ang "source change".',
  'refusal.type_form':
    'Content-Type: form ang {found}, at JSON (application/json) ang tinatanggap ng source na ito. Tinatanggap ng source na may preset o hugis ang mga field ng form: ikonekta ang system bilang ganoon, o bigyan ng preset o hugis ang source na ito gamit ang "source change".',
  'refusal.type_parts':
    'Content-Type: form na may mga bahagi ang {found}, at JSON (application/json) ang tinatanggap ng source na ito. Tinatanggap ng source na may preset o hugis ang mga field at file nito: ikonekta ang system bilang ganoon, o bigyan ng preset o hugis ang source na ito gamit ang "source change". Ang buong file ay ilagay sa folder ng source na uri folder, o ibigay sa page ng source.',
  'refusal.type_table':
    'Content-Type: table ang {found}, at JSON (application/json) ang tinatanggap ng source na ito. Ilagay ang file sa folder ng source na uri folder, ibigay ito sa page ng source (o gamit ang "source paste"), o ipadala ang bawat hilera bilang JSON object.',
  'refusal.type_text':
    'Content-Type: text ang {found}, at JSON (application/json) ang tinatanggap ng source na ito. Tinatanggap ng source na may hugis ang kahit anong text, bilang message.body: ikonekta ang system bilang ganoon, o bigyan ng hugis ang source na ito gamit ang "source change".',
  'refusal.type_of_json':
    'Content-Type: {found} ang sinasabi, at mukhang JSON ang laman. Dapat application/json, o application/x-ndjson kung isang event bawat linya. Ang PMS na hindi ito maitatakda ay magpadala sa lihim na address ng source, kung saan puwedeng form, plain text o wala.',
  'refusal.type_unsaid':
    'Content-Type: wala ito, at mukhang JSON ang laman. Dapat application/json, o application/x-ndjson kung isang event bawat linya. Ang PMS na hindi ito maitatakda ay magpadala sa lihim na address ng source, kung saan hindi ito kailangan.',
  'refusal.type_missing':
    'Content-Type: wala ito, at hindi mukhang JSON ang laman. Dapat JSON (application/json). Tinatanggap ng source na may preset o hugis ang ipinapadala ng system kung ano man ito: ikonekta ang system bilang ganoon, o bigyan ng preset o hugis ang source na ito gamit ang "source change".',
  'refusal.type_unknown':
    'Content-Type: hindi tinatanggap dito ang {found}. Dapat JSON: application/json, o application/x-ndjson kung isang event bawat linya.',
  'refusal.type_charset':
    'Content-Type: hindi kilala rito ang character set na {found}. Dapat UTF-8, UTF-16, ISO-8859-1 o Windows-1252.',
  'refusal.compressed':
    'Content-Encoding: compressed ({found}) ang laman, at hindi ito tinatanggap dito. Dapat gzip, deflate o br, o lamang hindi compressed.',
  'refusal.not_compressed':
    'Content-Encoding: compressed ({found}) daw ang laman, pero hindi, o hindi dumating nang buo. Dapat ang sinasabi ng header, o lamang hindi compressed at walang ganoong header.',
  'refusal.internal': 'May nangyaring mali sa loob ng Roost Relay. Walang naitago; ipadala ulit.',
  'refusal.too_many_under_way':
    'Kulang ang memory ng PC na ito para sa ganito karaming sabay-sabay. Walang naitago; subukan ulit maya-maya.',
  'refusal.disk_nearly_full': 'Halos puno na ang disk ng PC na ito. Walang naitago; susubukan ulit.',
  'refusal.too_much_kept':
    'Masyadong maraming mensahe ng source na ito ang naghihintay na maintindihan. Walang naitago.',
  'refusal.signature_missing': '{member}: wala ito. Pinipirmahan ng source na ito ang ipinapadala nito.',
  'refusal.signature_wrong':
    '{member}: hindi tugma sa body na ito at sa secret ng source. Pareho ba ang secret sa magkabila?',
  'refusal.signature_time': '{member}: hindi ito numero. Dapat bilang ng segundo mula 1970, gaya ng 1767225600.',
  'refusal.login_missing': '{member}: wala ito. Dito sinasabi ng source na ito kung sino ang nagpapadala.',
  'refusal.login_wrong': '{member}: iba ito sa naka-set up sa source na ito. Pareho ba sa magkabila?',
  'refusal.signature_late': '{member}: mahigit limang minuto ang layo sa oras ng PC na ito.',
  'refusal.signature_not_ready':
    'Hindi mabasa ngayon ang secret ng source na ito, kaya walang makapagsabi kung galing ito roon.',
  'refusal.disk_full': 'Puno na ang disk ng PC na ito. Walang naitago.',
  'refusal.cannot_store': 'Hindi mabasa o masulatan ngayon ang data folder ng app. Walang naitago; ipadala ulit.',
  'refusal.files_used_up':
    'Umabot na sa limitasyon ang mga file at koneksiyong bukas ng Roost Relay. Walang naitago; ipadala ulit.',
  'refusal.store_read_only':
    'Mababasa lang ang disk ng data folder ng Roost Relay. Walang naitago; ipadala ulit kapag nasusulatan na.',
  'refusal.store_no_rights':
    'Hindi puwedeng sulatan ng account ng Roost Relay ang data folder nito. Walang naitago; ipadala ulit kapag puwede na.',
  'refusal.store_held':
    'Hawak ngayon ng ibang program, gaya ng backup software, ang database ng Roost Relay. Walang naitago; ipadala ulit.',
  'refusal.store_damaged':
    'Sira ang database ng Roost Relay. Walang naitago; ipadala ulit kapag na-restore na ang backup.',
  'refusal.store_gone':
    'Nabura o napalitan ang database ng Roost Relay habang umaandar ito. Walang naitago; ipadala ulit kapag naibalik na.',
  'refusal.store_emptied':
    'Inalisan ng laman o pinutol ang database ng Roost Relay habang umaandar ito. Walang naitago; ipadala ulit kapag na-restore na ang backup.',
  'refusal.web_page': 'Hindi puwedeng mag-post dito ang mga web page. Para sa PMS mismo ang address na ito.',
  'refusal.other_host': 'Ibang host ang nasa Host header. Gamitin ang address na ipinapakita ng app.',
  'refusal.address_not_allowed': 'Hindi kasama ang address na {address} sa mga puwedeng mag-post dito.',
  'refusal.no_token':
    'Authorization: dapat "Bearer" at ang token ng isang source, o ang token bilang password ng Basic o bilang X-Api-Key.',
  'refusal.unknown_token': 'Hindi kilala ang token na ito. Gumawa ng bago sa page ng source.',
  'refusal.source_revoked': 'Binawi na ang source na ito. Hindi na tinatanggap ang token nito.',
  'refusal.control_token': 'Hindi sa engine na ito ang control token.',
  'refusal.use_post': 'POST ang gamitin sa address na ito.',
  'refusal.nothing_here': 'Walang kahit ano sa address na ito. Sa /v1/events ipino-post ang mga event.',
  'refusal.unreadable_file': 'Hindi mabasa ang file: {detail}',

  'hint.no_booking':
    'Walang nakitang id ng booking, kaya hindi mapapanatili ang pagkakasunod ng mga event nito. Hinanap: {names}, pati sa camelCase.',
  'hint.long_id':
    '{member}: lampas {most} character, kaya hindi ito itinuring na id at hindi makapagpapanatili ng pagkakasunod.',
  'hint.amount':
    '{member}: walang nagawang numero mula rito, kaya wala ito sa anumang kabuuan. Sa source na may preset o hugis, piliin kung paano nito isinusulat ang mga numero.',
  'hint.type': '{member}: karaniwang {usualType}, dito ay {foundType}',
};
