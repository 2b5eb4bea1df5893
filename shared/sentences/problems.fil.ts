/** Why a call was not answered, or a job failed, in Filipino; the same keys as in English, checked by the type. */
import type { problemsEn } from './problems.en.ts';

export const problemsFil: Readonly<Record<keyof typeof problemsEn, string>> = {
  'problem.internal': 'May nangyaring mali sa loob ng Roost Relay. Walang nawala; nasa log ang detalye.',
  'problem.said_earlier': '{text}',
  'problem.engine_hung': 'Hindi na sumasagot ang makina kaya itinigil ito. Ligtas ang lahat ng natanggap.',
  'problem.engine_not_running': 'Hindi tumatakbo ang engine. Sinisimulan ulit ito.',
  'problem.engine_stopping': 'Humihinto ang engine.',
  'problem.engine_start_failed': 'Hindi makapagsimula ang engine: {detail}',
  'problem.timed_out': 'Hindi nakasagot ang engine sa oras.',
  'problem.no_answer': 'Hindi sumasagot ang Roost Relay.',
  'problem.reading_failed': 'Hindi nabasa ang log. Tuloy ang mga padala; subukan ulit.',
  'problem.already_running': 'Tumatakbo na ang Roost Relay sa data folder na {folder}.',
  'problem.newer_database':
    'Mas bagong bersyon ng Roost Relay ang nagsulat ng data sa PC na ito. I-install ulit ang bersyong iyon; walang nabago.',

  'problem.input_missing': '{member}: wala ito; kailangan ng {expectedType}.',
  'problem.input_empty': '{member}: blangko ito.',
  'problem.input_unused': '{member}: walang epekto kapag {because}. Alisin ito, o iba ang piliin doon.',
  'problem.input_type': '{member}: dapat {expectedType}.',
  'problem.input_too_short': '{member}: {least} character o higit pa.',
  'problem.input_too_long': '{member}: hanggang {most} character lang.',
  'problem.input_too_small': '{member}: {least} o higit pa.',
  'problem.input_too_large': '{member}: hanggang {most} lang.',
  'problem.input_none': '{member}: kailangan ng kahit isa.',
  'problem.input_too_few': '{member}: {least} o higit pa ang kailangan.',
  'problem.input_too_many': '{member}: hanggang {most} lang ang puwede.',
  'problem.input_not_one_of': '{member}: isa sa {values}.',
  'problem.input_id': '{member}: dapat id na nagsisimula sa {prefix}.',
  'problem.input_format': '{member}: mukhang mali ito.',
  'problem.input_length': '{member}: dapat {length} na character.',
  'problem.input_unknown': '{member}: walang ganitong bahagi.',
  'problem.input_mail': '{member}: mail address dapat, gaya ng maria@example.com.',
  'problem.input_phone': '{member}: numero ng telepono na pitong digit o higit pa dapat.',
  'problem.input_types': '{member}: dapat {expectedTypes}, hindi {foundType}.',
  'problem.input_unexpected': '{member}: hindi ito ang inaasahan.',
  'problem.telegram_chat':
    '{member}: dapat numero ng chat, gaya ng -1001234567890, o @pangalan ng pampublikong channel.',
  'problem.token_characters':
    '{member}: dapat token na simpleng letra, numero at simbolo, walang space at nasa isang linya.',
  'problem.header_expected': '{member}: dapat pangalan ng header, gaya ng X-Webhook-Secret.',
  'problem.host_expected': '{member}: dapat pangalan o address sa network, gaya ng 192.168.1.20 o opera.hotel.local.',
  'problem.two_letters': '{member}: dapat dalawang malaking letra, gaya ng XX.',
  'problem.database_name': '{member}: dapat pangalan sa isang linya, gaya ng roost_outbox.',
  'problem.got': '{what}, hindi {found}.',
  'problem.rule_path': '{member}: dapat event, timestamp, property_id, o isang member gaya ng data.total.',
  'problem.signature_header':
    '{member}: dapat header ng tumatanggap mismo, gaya ng X-Hub-Signature-256. Nakalaan ang Content-Type, Host, Date at mga katulad, at ang nagsisimula sa X-RoostSync-, webhook- o proxy-.',
  'problem.answer_contradiction':
    '{member}: ilagay ang hindi sinasabi ng tamang sagot; kasama ito sa dapat laman ng sagot, kaya walang sagot na magiging tama.',
  'problem.success_status':
    '{member}: dapat mga status na nagsasabing natanggap ang event, 200 hanggang 399 o 409, hindi "{found}".',
  'problem.rule_contains_nothing': '{member}: ilagay ang dapat nitong laman; walang laman, at laman iyon ng lahat.',
  'problem.rule_not_ordered': '{member}: dapat numero gaya ng 5000, o araw gaya ng 2026-12-24, hindi "{found}".',
  'problem.rule_no_day': '{member}: dapat araw na mayroon, gaya ng 2026-12-24, hindi "{found}".',
  'problem.rule_no_event': '{member}: dapat event, isa sa {events}, hindi "{found}".',
  'problem.rule_event_like': '{member}: dapat event, hindi "{found}". {nearest} ba ang ibig sabihin?',
  'problem.rules_never':
    '{member}: dapat rules na may event na makakalusot, hindi {found}: walang event na makakalusot doon.',
  'problem.rules_types':
    '{member}: dapat rules na may event ng endpoint na ito na makakalusot, hindi {found}; {events} ang nakukuha nito.',
  'problem.input_not_json': 'Hindi tamang JSON ang ibinigay.',
  'problem.no_such_call': 'Walang call na {call}.',
  'problem.too_long': 'Masyadong mahaba iyan.',
  'problem.bad_cursor': '{member}: dapat galing ito sa isang page.',
  'problem.quiet_hours':
    'quietHours.to: maglagay ng ibang oras kaysa sa quietHours.from; parehong {time} ang dalawa, kaya maghihintay ang mga paalala habambuhay. Para walang paalala, i-off ang mga ito.',
  'problem.time_zone': 'timeZone: dapat time zone gaya ng Asia/Manila, hindi "{timeZone}".',
  'problem.currency': '{member}: dapat tatlong titik ng salapi, gaya ng PHP, hindi "{currency}".',
  'problem.locale': '{member}: dapat wika at bansa gaya ng en-PH o fil-PH, hindi "{locale}".',
  'problem.proxy_socks':
    'proxy: dapat HTTP proxy, gaya ng http://proxy.hotel.local:3128, hindi "{proxy}": hindi suportado ang mga SOCKS proxy.',
  'problem.proxy':
    'proxy: dapat system, none, o address gaya ng http://proxy.hotel.local:3128 na nagsisimula sa http:// o https://, hindi "{proxy}".',

  'problem.internet_check_none':
    'internetCheck.own: dapat may isa hanggang limang address na tatanungin, pero wala. Piliin ang mga nakahanda na, o wala talaga, kung hindi kailangan.',
  'problem.internet_check_address':
    '{member}: dapat simpleng address gaya ng http://check.example/ok na nagsisimula sa http://, hindi "{address}".',
  'problem.internet_check_https':
    '{member}: dapat address na nagsisimula sa http://, hindi "{address}". Hindi makakasagot ang sign-in page kapalit ng https: na address, kaya hindi ito makikita.',
  'problem.internet_check_twice':
    '{member}: dapat isang beses lang ang bawat address; dalawang beses ang "{address}", at hindi nito mapapatunayan ang sarili.',
  'problem.internet_check_status':
    '{member}: dapat status na 200 hanggang 299 o ang tekstong isasagot, hindi "{expects}". Ang ibang status ay sagot ng sign-in page o ng error.',

  'problem.pin_digits': 'Ang PIN ay 4 hanggang 12 numero lang.',
  'problem.pin_easy': 'Madaling hulaan ang PIN na iyan: iisang numero o sunod-sunod. Pumili ng iba.',
  'problem.pin_needed': 'Kailangan dito ang PIN.',
  'problem.pin_wrong_one': 'Hindi iyan ang PIN. Isa pang subok.',
  'problem.pin_wrong_other': 'Hindi iyan ang PIN. {count} pang subok.',
  'problem.pin_closed':
    'Limang beses na mali ang PIN. Puwede ulit subukan sa {untilAt}. Kung nakalimutan, maaalis ito ng nangangalaga sa PC na ito: {relay} pin remove',
  'problem.pin_unreadable':
    'Hindi mabasa ang file ng PIN, kaya walang binubuksan. Maaalis ang PIN ng nangangalaga sa PC na ito: {relay} pin remove',
  'problem.pin_none': 'Wala pang PIN. Magtakda muna ng isa.',
  'problem.screen_locked': 'Naka-lock ang window na ito. Ilagay ang PIN.',

  'problem.disk_full': 'Puno na ang disk ng PC na ito. Magbakante ng espasyo; walang nawala sa mga natanggap na.',
  'problem.store_read_only': 'Mababasa lang ang disk ng data folder ng app. Gawin itong nasusulatan ulit.',
  'problem.store_no_rights':
    'Hindi puwedeng basahin at sulatan ng Roost Relay ang {path}. Bigyan ng pahintulot ang account na ito: sa Windows, sa Properties, Security; kung may antivirus na nagbabantay ng mga folder (“Controlled folder access”), payagan doon ang Roost Relay.',
  'problem.store_damaged': 'Sira ang database sa PC na ito. I-restore ang huling backup.',
  'problem.store_missing':
    'Nawawala o walang laman ang database na {file}, kahit mayroon na dati. Ibalik ito, o i-restore ang huling backup. Para magsimula nang walang laman, alisin ang lahat sa folder na {folder}.',
  'problem.no_backup_here': 'Walang backup sa {folder} na puwedeng i-restore.',
  'problem.key_file_damaged':
    'Sira o hindi mabasa ang key file na {file}. Ibalik ito mula sa kopya, o mag-start nang isang beses na may --new-key: gagawa ng bagong key, at ilalagay ulit ang mga secret ng mga endpoint. Hindi apektado ang mga event.',
  'problem.key_file_missing':
    'Nawawala ang key file na {file}, at kasama nito ang nagbubukas sa mga secret sa database. Ibalik ito mula sa kopya, o mag-start nang isang beses na may --new-key: gagawa ng bagong key, at ilalagay ulit ang mga secret ng mga endpoint. Hindi apektado ang mga event.',
  'problem.store_held':
    'Hawak ng ibang program ang database, gaya ng backup software o virus scanner. Subukan ulit makalipas ang isang minuto; kung tumagal, huwag isama ang data folder sa kinokopya o ini-scan ng program na iyon.',
  'problem.store_gone':
    'Nabura o napalitan ang file na {file} habang umaandar ang Roost Relay. Wala munang tatanggapin. Ibalik ito, o i-restart ang Roost Relay at i-restore ang huling backup.',
  'problem.store_emptied':
    'Inalisan ng laman o pinutol ang file na {file} habang umaandar ang Roost Relay. Wala munang tatanggapin. I-restore ang huling backup, saka i-restart ang Roost Relay.',
  'problem.store_unreachable':
    'Hindi mabasa o masulatan ngayon ang data folder ng app. Tingnan kung naroon ang disk nito at walang nakaharang.',
  'problem.files_used_up':
    'Wala nang mabubuksang file: umabot na sa limitasyon ang mga file at koneksiyong bukas ng Roost Relay o ng PC na ito. Subukan ulit makalipas ang isang minuto; sinasabi ng doctor ang dapat gawin.',
  'problem.data_folder':
    'Hindi magawa ang data folder na {folder}. Gawin ito, o pumili ng ibang lugar gamit ang --data.',
  'problem.data_folder_file': '{named}: folder ang kailangan, pero {folder} ang ibinigay; file ang {file}.',

  'problem.vault_locked':
    'Hindi maitatago ngayon ang mga secret: hindi mabuksan ang key na nagpoprotekta sa mga ito. Mag-sign in sa PC na ito gaya ng dati, saka subukan ulit.',
  'problem.vault_locked_unchanged': 'Walang nabago. Kusang susubukan ulit ang mga secret.',
  'problem.vault_of_desktop':
    'Sa desktop app ang mga secret sa {folder} at doon lang mabubuksan. Buksan ang desktop app, o gumawa sa mga setting nito ng backup na may passphrase at i-restore iyon sa ibang data folder.',
  'problem.address_unreadable': 'Hindi ma-decrypt ang address sa PC na ito. Ilagay ulit.',
  'problem.secret_unreadable': 'Hindi ma-decrypt ang secret sa PC na ito. Ilagay ulit.',
  'problem.header_unreadable': 'Hindi ma-decrypt ang header sa PC na ito. Ilagay ulit.',
  'problem.template': 'Linya {line}, hanay {column}: {why}',
  'problem.enter_too.address': 'Hindi na mabasa ang address nito. Ilagay rin ito.',
  'problem.enter_too.secret': 'Hindi na mabasa ang secret nito. Ilagay rin ito.',
  'problem.enter_too.headers': 'Hindi na mabasa ang mga header nito. Ilagay rin ang mga ito.',
  'problem.enter_too.config': 'Hindi na mabasa ang lihim ng uri nito. Ilagay rin ito.',
  'problem.secret_unreadable_of': 'Hindi ma-decrypt ang secret ng {name}. Ilagay ulit.',

  'problem.no_such_endpoint': 'Walang ganitong endpoint.',
  'problem.endpoint_removed': 'Inalis ang {name}. Ibalik muna ito.',
  'problem.endpoint_not_removed': 'Hindi naman inalis ang {name}.',
  'problem.endpoint_draft': 'Hindi pa bukas ang {name}. I-test at buksan muna ito.',
  'problem.try_nothing_waits': 'Walang naghihintay para sa {name}.',
  'problem.try_all_paused': 'Nakahinto ang lahat, kaya walang naipadala sa {name}. Ituloy muna.',
  'problem.try_too_old':
    'Masyadong luma ang pinakamatandang event para sa {name} para lumabas nang wala ang utos mo: nasa listahan ito sa pahina ng endpoint.',
  'problem.not_held': 'Hindi pinigil dahil sa kalumaan ang padala {id} ng endpoint na ito.',
  'problem.try_offline': 'Walang maabot sa labas ngayon, kaya walang naipadala sa {name}. Ligtas ang mga event.',
  'problem.try_unanswered': 'Wala pang kinalabasan ang pagsubok sa {name}. Lalabas ito sa delivery log.',
  'problem.endpoint_paused': 'Nakahinto ang {name}. Ituloy muna ito.',
  'problem.endpoint_not_tested':
    'Wala pang test event na nagtagumpay sa kasalukuyang address ng {name}. Magpadala muna ng isa.',
  'problem.not_signed': 'Mail ang natatanggap ng {name}, na walang signature: walang secret na papalitan.',
  'problem.rotation_runs': 'Pinapalitan na ang secret ng {name}.',
  'problem.no_rotation': 'Hindi pinapalitan ang secret ng {name}.',

  'problem.address_no_scheme': 'Kulang ang nasa unahan: https://',
  'problem.address_invalid': 'Hindi ito address. Dapat ganito ang itsura: https://hooks.example.com/…',
  'problem.address_port': 'Walang ganoong port: 1 hanggang 65535 ang puwede, hindi {port}.',
  'problem.address_http':
    'May data ng mga guest ang mga event, kaya dapat magsimula sa https:// ang address (http:// ang simula nito).',
  'problem.address_plain_off':
    'Program ito sa mismong PC na ito gamit ang plain HTTP. Kailangan muna itong payagan: sa mga setting sa ilalim ng Network, o sa settings set --plain-http on. Hindi lumalabas ng PC ang data nito, pero baka may ibang program dito na makinig.',
  'problem.plain_off':
    'Ang {name} ay program sa mismong PC na ito gamit ang plain HTTP, na hindi pinapayagan ng mga setting. Payagan ito sa ilalim ng Network, o sa settings set --plain-http on.',
  'problem.address_not_https': 'Dapat magsimula sa https:// ang address.',
  'problem.address_no_mail_server':
    'Ganito ang address ng mail server: smtps://mail.example.com:465 (TLS), o smtp://mail.example.com:587 (STARTTLS).',
  'problem.address_login':
    'Wala sa address ang login name at password: ibinibigay ang mga ito kasama ng iba pang setup.',
  'problem.bench_not_for_kind':
    'Mail ang natatanggap ng {name}. Webhook lang ang tinatanggap ng test bench: magpadala na lang ng test event.',
  'problem.mail_port_25':
    'Para sa mail sa pagitan ng mga server ang port 25, at hinaharang ito ng karamihan ng network. 465 (smtps://) o 587 (smtp://) ang gamit ng mga program. Gamitin pa rin ang 25?',
  'problem.mail_other_port':
    'Sa port 465, smtps:// ang inaasahan ng mail server; sa 587 at 25, smtp://. Baligtad ang sa address na ito. Gamitin pa rin ito?',
  'problem.mail_app_password':
    'Hindi tumatanggap ang Gmail ng karaniwang password mula sa mga program: kailangan ng account ang 2-step verification at app password (myaccount.google.com/apppasswords). Mayroon ka ba nito?',
  'problem.mail_login_half': 'Pangalan (user) at password ang login, pareho o wala.',
  'problem.address_password':
    'Hindi ipinapadala ang username at password na nasa address. Ilagay ang mga ito sa header na Authorization.',
  'problem.header_needs_name': 'Kailangan ng pangalan ang header.',
  'problem.header_name': 'Hindi pangalan ng header ang {name}: bawal ang space, colon at may tuldik.',
  'problem.header_reserved': 'Ang Roost Relay mismo ang naglalagay ng header na {name}; hindi ito mapapalitan.',
  'problem.header_twice': 'Dalawang beses inilagay ang header na {name}.',
  'problem.header_value':
    'Mga simpleng letra, numero, simbolo at space lang, sa isang linya, ang puwede sa value ng header na {name}.',
  'problem.header_no_value': 'Walang value ang header na {name}. Ilagay ito.',
  'problem.no_such_header': 'Walang header na {name} ang endpoint na ito.',
  'problem.secret_spaces': 'May space sa simula o dulo ng secret. Alisin ito.',
  'problem.secret_characters':
    'Mga simpleng letra, numero, simbolo at space lang ang puwede sa secret (printable ASCII).',
  'problem.secret_short': 'Dapat {least} character o higit pa ang secret; {has} lang ang nandito.',
  'problem.secret_long': 'Hanggang {most} character lang ang secret.',
  'problem.ca_private_key':
    'May private key ang file na ito. Ang certificate lang ang ibigay, at iwan ang key sa kinalalagyan nito.',
  'problem.ca_none': 'Walang certificate sa file na ito. Dapat PEM text: -----BEGIN CERTIFICATE----- …',
  'problem.ca_no_authority':
    'Hindi sa isang awtoridad (CA) ang certificate na “{name}”: wala itong mapatutunayan. Hingin ang root certificate na pumipirma sa iba.',
  'problem.ca_unreadable': 'Hindi mabasa ang certificate sa file na ito. Hingin ulit ang file.',
  'problem.ca_one_unreadable': 'Hindi mabasa ang certificate {number} ng {total} sa file na ito. Hingin ulit ang file.',

  'problem.delivery_gone': 'Wala sa log ang padala na ito.',
  'problem.event_gone': 'Wala sa log ang event na ito.',
  'problem.event_forgotten':
    'Kinalimutan ang bisita nito: wala na nang tuluyan ang laman, kaya hindi na ito maipapadala. Ang naitago lang ay na nangyari ito.',
  'problem.event_data_gone':
    'Mas luma ito kaysa tagal ng pagtago ng laman: wala na ang laman, kaya hindi na ito maipapadala. Ang naitago lang ay na nangyari ito.',
  'problem.forget_locked':
    'Hindi mabuksan ngayon ang mga lihim, at bilang lihim itinatago kung sino ang kakalimutan hanggang matapos. Subukan ulit mamaya.',
  'problem.forget_nobody_name': 'Walang nakitang may ganoong pangalan. Walang kinalimutan, at walang binago.',
  'problem.forget_nobody_mail': 'Walang nakitang may ganoong mail address. Walang kinalimutan, at walang binago.',
  'problem.forget_nobody_phone':
    'Walang nakitang may ganoong numero ng telepono. Walang kinalimutan, at walang binago.',
  'problem.forget_nobody_booking': 'Walang nakitang booking na may ganoong id. Walang kinalimutan, at walang binago.',
  'problem.forget_nobody_any': 'Walang nakita sa alinman sa mga ito. Walang kinalimutan, at walang binago.',
  'problem.forget_not_found':
    'Wala sa mga nakita ang event na {id}, kaya hindi ito maiiwan. Walang kinalimutan, at walang binago.',
  'problem.forget_all_left_out': 'Iniwan ang lahat ng nakita. Walang kinalimutan, at walang binago.',
  'problem.forget_undelivered':
    'Hindi pa nakarating ang lahat tungkol sa bisitang ito: {count} pa ang para sa {names}. Makakansela ang mga iyon, at walang maibabalik.',
  'problem.forget_for_good': 'Ang kinalimutan ay wala na nang tuluyan. Nakita tungkol sa bisitang ito: {count} sa log.',
  'problem.delivery_on_its_way': 'Ipinapadala na ito ngayon. Tingnan ulit mamaya.',
  'problem.cancel_settled': 'Ang naghihintay o kailangang asikasuhin lang ang makakansela.',
  'problem.restore_uncancelled': 'Ang nakanselang padala lang ang maibabalik.',
  'problem.event_not_stored': 'Hindi naitago ang event.',

  'problem.too_much_kept':
    'Mahigit {most} mensahe na ng source na ito ang itinatago dahil hindi maintindihan. Ayusin ang hugis nito at tanggapin ang mga ito, o alisin.',
  'problem.no_such_message':
    'Walang mensaheng may ganitong numero. Ang huling limampu ng bawat source at ang mga itinatago lang ang natitira.',
  'problem.message_settled': 'Hindi na naghihintay ang mensaheng ito: tinanggap, hindi pinansin, o inalis na.',
  'problem.messages_under_way': 'Tinatanggap o inaalis na ngayon ang mga itinatagong mensahe ng source na ito.',
  'problem.handed_in_before':
    'Tinanggap na ang mga hanay na ito, bilang {name} ({cameAt}). Walang tinanggap ulit: madodoble ang matatanggap ng mga receiver.',
  'problem.handed_in_kept_one':
    'Tinanggap na ang mga hanay na ito, bilang {name} ({cameAt}). Isa sa mga ito ang itinago: kung naghihintay pa, ayusin at tanggapin ang isang iyon. Walang tinanggap ulit: madodoble ang iba sa mga receiver.',
  'problem.handed_in_kept_other':
    'Tinanggap na ang mga hanay na ito, bilang {name} ({cameAt}). {count} sa mga ito ang itinago: kung naghihintay pa, ayusin at tanggapin ang mga iyon. Walang tinanggap ulit: madodoble ang iba sa mga receiver.',
  'problem.source_is_draft': 'Draft pa ang source. Buksan muna ito; pagkatapos ay matatanggap na ang mga itinago.',
  'problem.which_messages': 'Aling mga mensahe? Magbigay ng isa, o ng source.',
  'problem.no_such_refusal': 'Walang tinanggihang request na may ganitong numero. Ang huling 1,000 lang ang itinatago.',
  'problem.refusal_taken': 'Natanggap na ang request na ito.',
  'problem.refusal_without_body': 'Walang naitago sa laman ng request na ito, kaya walang matatanggap.',
  'problem.no_such_source': 'Walang ganitong source.',
  'problem.source_not_started': 'Hindi masimulan ang source na {name}. {detail}',
  'problem.source_of_other_version':
    'Ibang bersyon ng Roost Relay ang nag-set up sa source na {name}, at hindi ito mabasa ng bersyong ito.',
  'problem.source_preset_kind':
    'Hindi para sa source na uri {kind} ang preset na {preset}. Para ito sa: {kinds}. Para sa ibang uri, magbigay ng sariling hugis.',
  'problem.source_same_name':
    'May source na {name} na ({id}). Bigyan ito ng ibang pangalan, gaya ng sa system o lugar nito, para makilala ang bawat isa.',
  'problem.source_revoked': 'Binawi na ang source na {name}. Magdagdag ng bago.',
  'problem.nothing_held':
    'Walang hilera ng source na {name} ang pinipigil bilang sabay-sabay na nawala; bumalik na, o nasabi na.',
  'problem.source_files_looked_at':
    'Ginagamit ang source na {name} at ito mismo ang tumitingin sa folder nito: alisin sa “rejected” ang naasikaso na.',

  'problem.no_such_session': 'Tapos na ang session na ito.',
  'problem.no_such_job': 'Walang ganitong job.',
  'problem.job_over': 'Tapos na ang job na ito, o hindi ito puwedeng ihinto.',
  'problem.job_no_file': 'Walang natapos na file ang job na ito.',
  'problem.resend_not_begun': 'Na-restart ang Roost Relay bago nagsimula ang resend na ito. Simulan ulit.',
  'problem.resend_in_turn': 'May naghihintay sa naunang event ng parehong booking o order, at lalabas pagkatapos nito.',
  'problem.resend_not_found': 'Hindi nahanap ang mga padala. Subukan ulit.',
  'problem.export_cut_off': 'Isinara ang app bago natapos ang export na ito.',
  'problem.export_file_lost': 'Hindi na masulatan ang file.',
  'problem.export_failed': 'Hindi natuloy ang export: {detail}',
  'problem.export_full':
    'Kasama sa buong export ang mga pangalan, contact, dokumento at tala ng mga bisita. Pananagutan ito ng tatanggap, at itatago sa audit ang dahilan mo.',
  'problem.export_sheet_full':
    'Hanggang {rows} row lang ang kasya sa isang sheet, at mas marami ito. I-export bilang CSV, o liitan ang filter.',
  'problem.export_filter': 'Hindi puwedeng mag-filter ayon sa {member} para sa {what}.',
  'problem.export_column': 'Walang column na {column} ang {what}. Ang mayroon: {known}.',
  'problem.retention_content':
    'Itinatago ang mga event nang {most} araw, at kasama nilang mawawala ang laman: hanggang {most} araw lang sana, {got} ang nakuha.',
  'problem.retention_answers':
    'Itinatago ang laman ng mga event nang {most} araw, at kasama nitong mawawala ang mga sagot: hanggang {most} araw lang sana, {got} ang nakuha.',
  'problem.privacy_broad':
    'Maiiwan ang lahat ng bisita sa tuntuning nagpapanatili ng {member}. Inaasahan ang pangalan ng isang miyembro, gaya ng tour_leader o room.remarks; nasa buong export, na may dahilan, ang lahat.',
  'problem.privacy_secret':
    'Walang mababago ang tuntunin para sa {member}: password, PIN o susi ang may ganitong pangalan, at hindi ito kailanman lumalabas.',
  'problem.no_such_schedule': 'Walang ganoong nakaiskedyul na export.',
  'problem.schedule_begins': 'Kasisimula pa lang nito.',
  'problem.schedules_many': 'Mayroon nang {most} nakaiskedyul na export. Mag-alis muna ng isa.',
  'problem.schedule_twice':
    'May ibang nakaiskedyul na export na nagsusulat ng parehong mga file sa {folder}. Pumili ng ibang folder, o baguhin iyon.',
  'problem.schedule_folder_whole_path':
    'Kailangan ang buong path ng folder, gaya ng D:\\Exports o /srv/exports; ang ibinigay ay {folder}.',
  'problem.schedule_folder_file': 'Folder ang kailangan; file ang {folder}.',
  'problem.schedule_folder_not_made': 'Wala ang folder na {folder} at hindi ito magawa ({code}).',
  'problem.schedule_folder_own':
    'Sa Roost Relay mismo ang folder na {folder}. Pumili ng iba, o huwag pumili para sa exports ng data folder nito.',
  'problem.backup_cut_off': 'Isinara ang app bago natapos ang backup na ito.',
  'problem.retention_failed': 'Natapos ito sa: {detail}',
  'problem.backup_failed': 'Hindi natuloy ang backup: {detail}',
  'problem.backup_lacks_secrets': 'Hindi mabasa ngayon ang mga secret, kaya hindi sila masasama sa backup na ito.',
  'problem.backup_no_room': 'Kulang ang espasyo para sa backup: doble ng laki nito ang kailangan.',
  'problem.restore_locked': 'Hindi maitatago ngayon ang mga secret. Mag-login ulit, saka mag-restore.',
  'problem.not_a_backup': 'Hindi ma-restore ang {file}: hindi ito backup ng Roost Relay.',
  'problem.backup_damaged': 'Hindi ma-restore ang {file}: sira ito o naputol. Gumamit ng iba.',
  'problem.backup_is_folder': 'Folder ang {file}. Magbigay ng backup na nasa loob nito.',
  'problem.backup_in_use': 'Ginagamit na database ang {file}, hindi backup. Gumawa ng backup gamit ang: {relay} backup',
  'problem.backup_unreadable': 'Hindi mabasa ang {file}. Bigyan ang user na ito ng pahintulot na basahin ito.',
  'problem.newer_backup':
    'Gawa ng mas bagong bersyon ng Roost Relay ang {file}. I-install ang bersyong iyon, saka ito i-restore.',
  'restore.holds.all':
    'Ginawa ito noong {madeAt} at laman nito ang lahat noon: {events} event, {waiting} padalang naghihintay o kailangan ng tao, {endpoints} endpoint.',
  'restore.holds.part':
    'Ginawa ito noong {madeAt} at laman nito ang mga setting, {endpoints} endpoint at {waiting} padalang naghihintay o kailangan ng tao: walang log ng mga naipadala at walang key na humaharang sa mga duplicate kapag ito ang ni-restore.',
  'restore.cut_off':
    'Naputol bago matapos ang isang pag-restore ng backup na ito. Tatapusin ito, at nakatabi ang naroon noon.',
  'restore.cut_off.other':
    'Naputol bago matapos ang pag-restore ng ibang backup. Iyon muna ang tatapusin, at nakatabi ang naroon noon.',
  'restore.leaves':
    'Itatabi at hindi na ipapadala ang mga dumating pagkatapos ng {madeAt}; ipapadala ulit ang mga naghihintay noon, kahit nakarating na ang ilan mula noon.',
  'restore.carries_over':
    'Sira ang kasalukuyang data: dadalhin ang mababasa pa sa mga dumating pagkatapos, at sasabihin ang hindi.',
  'restore.carries_over_again':
    'Galing ang kasalukuyang data sa pag-restore ng sirang data: dadalhin ulit ang mga dinala noon, at ang mga dumating mula noon.',
  'restore.set_up.left':
    'Na-set up pagkatapos noon, at mawawala: mga endpoint: {endpoints}; mga source: {sources}; mga nakaiskedyul na export: {schedules}; binago o inalis mula noon, at babalik sa dati: {changed}; mga setting: {settings}. Ibinabalik ng backup ang lahat sa dati: kailangang i-set up ulit ang mga ito.',
  'restore.set_up.carried':
    'Na-set up pagkatapos noon, wala sa backup, at dadalhin kung mababasa pa: mga endpoint: {endpoints}; mga source: {sources}; mga nakaiskedyul na export: {schedules}; binago o inalis mula noon: {changed}; mga setting: {settings}.',
  'restore.set_up.was_carried':
    'Na-set up pagkatapos ng backup, at nadala: mga endpoint: {endpoints}; mga source: {sources}; mga nakaiskedyul na export: {schedules}; binago o inalis mula noon: {changed}; mga setting: {settings}.',
  'restore.set_up.unreadable':
    'Hindi mabasa ang lahat ng kasalukuyang set-up: maaaring mawala ang mga endpoint, source at setting pagkatapos ng {madeAt}.',
  'restore.newer':
    'May mas bago, noong {madeAt}, pero walang log at walang key na humaharang sa mga duplicate, kaya hindi iyon ang pinili.',
  'problem.no_restore_told': 'Wala nang ibinabalitang na-restore.',
  'problem.no_restore_waits': 'Walang backup na naghihintay ma-restore.',
  'problem.wrong_passphrase': 'Hindi ito ang passphrase na ginamit sa backup.',

  'problem.whole_path': 'file: kailangan ang buong path.',
  'problem.no_such_file': 'Walang ganitong file.',
  'problem.folder_missing': 'Walang folder na {folder}. Gawin muna ito, o pumili ng iba.',
  'problem.file_exists': 'May file nang {path}. Pumili ng ibang pangalan, o palitan ito gamit ang --force.',
  'problem.file_of_data_folder': 'Nasa {path} ang sariling data ng Roost Relay. Pumili ng ibang folder.',
  'problem.file_in_the_way':
    'Nakaharang ang {path}: may isinusulat na ganitong file, o may naputol na nauna. Alisin ito, o pumili ng ibang pangalan.',
  'problem.no_plain_file': 'Hindi pangalan ng karaniwang file ang {path}. Pumili ng iba.',
  'problem.file_no_room':
    'Walang lugar para sa {path}: puno na ang disk nito. Magbakante doon, o pumili ng ibang folder.',
  'problem.file_not_written': 'Hindi masulatan ang file na {path}. Pumili ng ibang folder.',
  'problem.path_in_browser': 'file: hindi makakapili ng path sa PC na ito ang browser; null ang ibigay.',
  'problem.not_chosen': 'Piliin muna ang file sa dialog.',
  'problem.not_own_file': 'Mga file lang na isinulat ng Roost Relay ang maipapakita.',
  'problem.not_https': 'Mga karaniwang https address lang ang mabubuksan.',
  'problem.not_this_page': 'Hindi ito puwedeng gawin ng page na ito.',
  'problem.desktop_only.choose': 'Sa desktop app lang puwedeng pumili ng file. Dito, browser ang gagawa.',
  'problem.desktop_only.restart_engine': 'Sa desktop app lang puwedeng paandarin ulit ang engine.',
  'problem.desktop_only.save_pdf':
    'Sa desktop app lang nai-save nang kusa ang PDF. Dito, browser ang gagawa: i-print, at piliin ang PDF.',
  'problem.desktop_only.show': 'Sa desktop app lang maipapakita ang file sa folder nito. Dito, browser ang gagawa.',
  'problem.desktop_only.open': 'Sa desktop app lang mabubuksan ang ibang program. Dito, browser ang gagawa.',
  'problem.desktop_only.copy': 'Sa desktop app lang puwedeng kumopya. Dito, browser ang gagawa.',
  'problem.desktop_only.update':
    'Ang desktop app lang ang nag-a-update sa sarili. Dito, ang nag-install ng Roost Relay ang gagawa.',
  'problem.no_update_ready': 'Walang update na handang ilagay.',
  'problem.not_copied': 'Hindi nakopya ang text. Markahan ito at kopyahin nang mano-mano.',
  'problem.update_feed': 'Hindi kumukuha ng update mula sa {feed} ang build na ito ng Roost Relay.',
  'problem.stays': 'Sinimulan ang engine na ito para manatili. Isara ito kung saan ito sinimulan.',
  'problem.no_window': 'Sinimulan ang engine na ito nang walang window.',
  'problem.window_of_desktop': 'May sariling window ang desktop app; walang address na bubuksan.',

  'problem.intake_port.taken':
    'Ginagamit na ng ibang program ang port {port}. Libre ang port {free}: piliin ito sa --port, o bilang intake port sa mga setting.',
  'problem.port_taken': '{member}: gamit na ng ibang program ang port {port}. Libre ang port {free}.',
  'problem.port_forbidden': '{member}: nakalaan sa system ang port {port}. Libre ang port {free}.',
  'problem.intake_port.forbidden':
    'Nakalaan sa system ang port {port}. Libre ang port {free}: piliin ito sa --port, o bilang intake port sa mga setting.',
  'problem.intake_port.other':
    'Walang makapakinig sa port {port}. Pumili ng iba sa --port, o sa intake port sa mga setting.',
  'problem.lan_port.taken':
    'Ginagamit na ng ibang program ang port {port}. Libre ang port {free}: piliin ito sa mga setting ng local network.',
  'problem.lan_port.forbidden':
    'Nakalaan sa system ang port {port}. Libre ang port {free}: piliin ito sa mga setting ng local network.',
  'problem.lan_port.no_host':
    'Walang network address na {host} ang PC na ito. Pumili ng iba sa mga setting ng local network.',
  'problem.lan_port.other': 'Walang makapakinig sa port {port}. Pumili ng iba sa mga setting ng local network.',
  'problem.lan_failed': 'Hindi makapagsimula ang pagtanggap mula sa local network.',
  'problem.intake_host':
    'intakeHosts: hindi pangalan gaya ng pms-server o pms.hotel.local ang "{entry}". Isulat ito nang walang http:// at walang port.',
  'problem.lan_host':
    'lan.host: address ng PC na ito ang kailangan, tulad ng 192.168.1.10, o 0.0.0.0 para sa lahat, pero "{host}" ang ibinigay.',
  'problem.lan_allow': 'lan.allow: hindi address gaya ng 192.168.1.20 ni network gaya ng 192.168.1.0/24 ang "{entry}".',
  'problem.lan_certificate': 'Hindi mabasa ngayon ang certificate para sa local network.',
  'problem.window_not_opened': 'Hindi nabuksan ang window.',
  'problem.window_open_again':
    'Pagkatapos, patakbuhin ang {command} sa PC na ito at buksan ang address na ilalabas nito.',
  'problem.window_port.taken':
    'Walang window: ginagamit na ng ibang program ang port {port} para rito. Libre ang port {free}: simulan ulit ang Roost Relay nang may --window-port {free}. Dumarating at lumalabas pa rin ang mga event.',
  'problem.window_port.forbidden':
    'Walang window: nakalaan sa system ang port {port}. Libre ang port {free}: simulan ulit ang Roost Relay nang may --window-port {free}. Dumarating at lumalabas pa rin ang mga event.',
  'problem.window_port.other':
    'Walang window: walang makapakinig sa port {port}. Simulan ulit ang Roost Relay nang may iba sa --window-port. Dumarating at lumalabas pa rin ang mga event.',
  'problem.window_not_built': 'Walang window: hindi ito na-build. Patakbuhin ang `npm run build:window`.',
  'problem.window_not_yet': 'Inihahanda pa ang window. Subukan ulit mayamaya.',
  'problem.source_folder_whole_path':
    'config.folder: buong path ng folder ang inaasahan, gaya ng C:\\PMS\\export o /srv/pms/export; {folder} ang ibinigay.',
  'problem.source_folder_file': 'config.folder: folder ang inaasahan; file ang {folder}.',
  'problem.source_folder_of_system':
    'config.folder: sa operating system ang {folder}, at walang file doon na galing sa isang sistema. Piliin ang folder na sinusulatan nito.',
  'problem.source_check_late':
    'Hindi sumagot ang napili sa loob ng {seconds} segundo. Nakakabit ba ang drive, share o server nito? Walang binago.',
  'problem.source_no_signature_secret':
    '{member}: kailangan ng signature na {signature} ang key na ginagamit ng sistema sa pagpirma; walang ibinigay.',
  'problem.source_pattern_never':
    '{member}: walang makukuhang file na "{pattern}" ang pangalan. Gaya ng *.csv ang inaasahan: * para sa kahit ilang letra, ? para sa isa.',
  'problem.source_folder_own':
    'Nasa folder na {folder} ang sariling data ng Roost Relay. Piliin ang folder na sinusulatan ng kabilang sistema.',
  'problem.source_folder_aside':
    'Nasa loob ng “processed” o “rejected” ng isa’t isa ang folder na {folder} at ang sa pinagmulang {name}: papasok ulit ang nabasa na ng isa. Pumili ng iba.',
  'problem.source_folder_used': 'Binabasa na ng pinagmulang {name} ang folder na {folder}. Pumili ng iba.',
  'problem.source_folder_not_written':
    'Nababasa pero hindi nasusulatan ang folder na {folder}: hindi maililipat ang mga nakuha na. Bigyan ng karapatang magsulat doon ang account ng Roost Relay.',
  'problem.source_no_key_columns':
    '{member}: inaasahan ang mga kolum na nagsasabi kung alin ang alin, gaya ng "booking_id"; walang ibinigay.',
};
