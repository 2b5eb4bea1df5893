/** Bakit hindi mabasa ang file na isinulat ng ibang sistema o ibinigay ng tao. */
import type { filesEn } from './files.en.ts';

export const filesFil: Readonly<Record<keyof typeof filesEn, string>> = {
  'file.empty': 'Wala itong laman.',
  'file.no_rows': 'Walang row dito, header lang kung mayroon man.',
  'file.is_workbook': 'Sariling file ito ng spreadsheet (.xlsx, .xls) o archive, at hindi teksto. I-save bilang CSV.',
  'file.no_text':
    'Hindi ito teksto: may mga byte ito na wala sa teksto, gaya ng larawan, PDF o file na naputol ang pagsulat. Ipasulat ulit bilang CSV, JSON o XML.',
  'file.too_large': 'Mas malaki ito sa {most} MB; hindi binabasa ang ganito kalaking file.',
  'file.cut_off': 'Natapos ito bago nabuo.',
  'file.not_charset':
    'Hindi {charset} ang teksto nito. I-save bilang UTF-8, o piliin sa pinagmulan ang character set nito.',
  'file.mixed_charsets':
    'Nasa dalawang character set ang teksto nito: UTF-8 ang line {line}, at hindi ang line {other}. Ipasulat ito sa isa lang, mas mabuti kung UTF-8; o piliin ang character set sa source, kung nasa ganoon ang parehong line.',
  'file.unknown_charset':
    'Sinasabi nitong {charset} ang teksto nito, na hindi binabasa. Ipasulat ito bilang UTF-8; o piliin ang character set nito sa source, kung iba ito.',
  'file.uneven_row': 'Ang hilera {row} ay may {found} na cell, ang header ay may {expected}.',
  'file.quote_open': 'Hilera {row}: may panipi na binuksan at hindi isinara.',
  'file.quote_followed': 'Hilera {row}: may nakasulat pagkatapos ng panipi na nagsasara ng cell.',
  'file.row_too_large': 'Sa {place}: may hilera na mas mahaba sa {most} na karakter.',
  'file.too_many_columns': 'May {found} na kolum; hanggang {most} lang ang binabasa.',
  'file.line_not_json': 'Hindi tamang JSON ang linya {line}.',
  'file.line_no_object': 'Hindi JSON object ang linya {line}.',
  'file.not_json_at': 'Hindi tamang JSON: nagkamali sa elemento {element}.',
  'file.element_no_object': 'Hindi JSON object ang elemento {element} ng listahan.',
  'file.no_objects': 'Inaasahan ang JSON object o listahan ng mga object; iba ang nakasulat.',
  'file.path_missing': 'Walang {path} dito.',
  'file.too_deep': 'Mahigit {most} ang lalim ng mga bahagi nito.',
  'file.not_xml': 'Hindi tamang XML: nagkamali sa linya {line}.',
  'file.own_entities': 'May sarili itong mga entity sa DOCTYPE, na hindi binabasa para sa kaligtasan.',
  'file.no_key': 'Walang laman ang {column} sa hilera {row}, na nagsasabi kung alin ang alin.',
  'file.key_twice':
    'Ang hilera {row} ay kapareho ng hilera {before} ayon sa {column}. Pumili ng mga kolum na magkakaiba ang laman.',
  'file.came_before': 'Nakuha na ito noon, bilang {name} noong {cameAt}: walang kinuha ulit.',
  'file.grown':
    'Ito ang file na may ganitong pangalan na kinuha noong {cameAt}, na may dagdag sa dulo: hindi na kinuhang muli ang unang {count} hilera nito, ang kasunod ang kinuha. Kung sinadyang ulitin ang mga iyon, ibigay ang file nang mano-mano ("source paste").',
  'file.too_many_rows':
    'Lampas {most} ang hilera nito, ang pinakamarami sa file na naglalaman ng lahat sa bawat pagkakataon. Bawasan ang isinusulat ng system, o isara iyon sa source: kukunin na ang bawat hilera.',
  'file.snapshot_empty':
    'Wala itong hilera, pero mayroon ang nauna. Walang kinuha: hindi maaaring mawala ang lahat nang sabay.',
  'file.written_after':
    'Sinulatan pa ito matapos makuha: matagal na itong hindi nagbabago noon, na may {count} row. Walang nakuha sa mga dumating pagkatapos, at maaaring kalahati lang ang huli sa mga row na iyon.',
  'file.written_after_rest':
    'Alisin ang mga row na nakuha na, maliban sa header, at ibalik ang file sa folder, o ipasok nang mano-mano ("source paste"). Sa susunod, ipasulat ito sa system sa ibang pangalan (.tmp) at palitan ang pangalan kapag buo na.',
  'file.written_after_again':
    'Ibalik ang file sa folder: kukunin ang mga naiiba. Sa susunod, ipasulat ito sa system sa ibang pangalan (.tmp) at palitan ang pangalan kapag buo na.',
  'file.rows_kept_one':
    'May isang hilera na hindi naging event. Nakatabi ito sa Roost Relay: ayusin doon, saka kunin. Huwag nang ibigay ulit ang file na ito.',
  'file.rows_kept_other':
    'May {count} hilera na hindi naging event. Nakatabi ang mga ito sa Roost Relay: ayusin doon, saka kunin. Huwag nang ibigay ulit ang file na ito.',
  'source_kind.fias': 'OPERA o Suite8 sa interface nito (FIAS); hindi pa nasusubukan sa totoong interface',
  'problem.fias_own_instance':
    'Isang client lang ang tinatanggap ng interface: tinatanggal ng ikalawa ang una, at titigil ang mga door lock o telepono. Magpa-set up ng instance ng interface (IFC) na walang ibang gumagamit, at sabihing ganoon nga: ownInstance.',
  'problem.fias_away': 'Hindi maabot ang interface sa {address}: {detail}',
  'problem.fias_resync_cut':
    'Inulit ng interface sa {address} kung sino ang nasa hotel at hindi sinabing tapos na. {count} record noon ang itinuring na hindi bago: tingnan sa PMS kung may bisitang dumating o umalis noon.',
  'problem.fias_ended':
    'Pinutol ng interface sa {address} ang koneksyon. Kung magpatuloy ito, may ibang system na kumokonekta rito: isang client lang ang tinatanggap nito.',
  'source_kind.folder': 'Mga file sa isang folder',
  'source.folder_away': 'Wala ang folder na {folder}. Nakakabit ba ang drive o share nito?',
  'source.folder_forbidden': 'Hindi puwedeng basahin ng account ng Roost Relay ang folder na {folder}.',
  'source.folder_unreadable': 'Hindi mabasa ang folder na {folder} ({code}).',
  'export.folder_not_written': 'Walang maisulat sa folder na {folder} ({code}).',
  'export.filter_forgotten':
    'Bisitang nakalimutan na ang nasa filter nito, kaya walang mailalaman dito: hindi na ito magsusulat hangga’t walang ibang filter.',
  'export.folder_silent': 'Hindi sumasagot ang folder na {folder}. Nakakabit ba ang drive o share nito?',
  'source.file_rejected': 'Hindi mabasa ang file na {name}. Nasa folder na "rejected" ito, katabi ang dahilan.',
  'source.file_written_after':
    'Sinulatan pa ang file na {name} matapos makuha, at walang nakuha sa mga dumating pagkatapos. Nasa folder na "rejected" ito, katabi ang dapat gawin.',
  'source.passed_over':
    'Sa folder na {folder} ay may hindi file kundi link, pipe o folder: {names}. Walang kinukuha roon. Ilagay ang mismong mga file sa folder, o ikonekta ang folder na nasa loob nito bilang sariling source.',
  'source.passed_over_more':
    'Sa folder na {folder} ay may hindi file kundi link, pipe o folder: {names} at {count} pa. Walang kinukuha roon. Ilagay ang mismong mga file sa folder, o ikonekta ang folder na nasa loob nito bilang sariling source.',
  'source.file_stuck': 'Hindi mabuksan o mailipat ngayon ang file na {name} ({detail}). Susubukan ulit.',
  'source.stuck_full': 'Puno ang disk ng folder na {folder}, kaya hindi mailipat doon ang mga nabasa na.',
  'source.stuck_rights':
    'Hindi puwedeng basahin o ilipat ang mga file sa folder na {folder}: kulang ang karapatan, o may program na gumagamit sa mga ito.',
  'source.stuck_held':
    'May program na gumagamit sa mga file sa folder na {folder}, kaya hindi mabasa o mailipat ang mga ito.',
  'source.stuck_unknown': 'Hindi mabasa o mailipat ngayon ang mga file sa folder na {folder} ({detail}).',
  'source_kind.sql': 'Table sa isang database',
  'source.database_away': 'Hindi mabasa ang database sa {place}: {detail}',
  'source.database_login':
    'Hindi pinapapasok ng database sa {place} si {user}. Tama ba ang user, password at pangalan ng database?',
  'source.database_no_tls':
    'Walang encryption (TLS) ang database sa {place}, at kailangan ito: walang binasa. Ipabukas ang TLS doon; o kung nasa PC na ito o sa network ng property ang database, piliin ang koneksyong walang encryption sa “Port at encryption” (tls=off).',
  'source.database_wants_tls':
    'Naka-encrypt na koneksyon lang ang tinatanggap ng database sa {place}. Buksan dito ang encryption (tls=verify).',
  'source.database_unknown_authority':
    'Galing sa authority na hindi kilala ng PC na ito ang certificate ng database sa {place}: walang binasa. Hingin sa namamahala nito ang certificate ng authority (ca.pem, root.crt), at ibigay sa “Port at encryption” (ca).',
  'source.database_other_name':
    'Hindi para sa {host} ang certificate ng database sa {place}, kundi para sa {names}: walang binasa. Isa sa mga pangalang iyon ang ibigay na address (host), o magpagawa ng certificate para sa {host}.',
  'source.database_certificate_date':
    'Hindi valid ngayon ang certificate ng database sa {place} ({detail}). Ipa-renew ito; kung dapat ay valid, tingnan ang orasan ng PC na ito.',
  'source.database_plain_far':
    'Wala sa PC na ito o sa network ng property ang database sa {place}: sa naka-encrypt na koneksyon lang ito binabasa. Buksan ang encryption (tls=verify).',
  'source.database_plain': 'Hindi naka-encrypt ang koneksyong ito.',
  'source.database_plain_here': 'Hindi naka-encrypt ang koneksyong ito; hindi ito lumalabas sa PC na ito.',
  'source.database_encrypted': 'Naka-encrypt ang koneksyong ito, at sinusuri ang certificate ng database.',
  'source.database_no_table':
    'Walang table na {table} ang database, o hindi ito nakikita ng user. Gawin ito gamit ang script na ipinapakita ng Roost Relay.',
  'source.database_no_watched':
    'Walang table na {table} ang database, o hindi ito nakikita ng user. Tama ba ang pangalan nito, kasama ang schema kung mayroon?',
  'source.database_no_column': 'Walang kolum na {column} ang table na {table}. Ang mayroon: {found}.',
  'source.database_key_twice':
    'Hindi natatangi ang key na {column} ng table na {table}: nasa {count} hilera ang {key}. Walang binabasa hangga’t hindi nito napag-iiba ang mga hilera: pumili ng ibang kolum (keyColumn), o ipaayos ang mga hilera.',
  'source.database_no_key':
    'May mga hilera ang table na {table} na walang laman ang {column}, na nagsasabi kung alin ang alin: hindi binabantayan ang mga iyon.',
  'source.database_gone_at_once':
    'Sa {of} hilera ng table na {table}, {gone} ang wala na. Walang sinabing nawala: hindi maaaring mawala ang lahat nang sabay. Kung wala pa rin ang mga ito sa {believedAt}, sasabihin na.',
  'source.database_gone_kept':
    'Sa {of} hilera ng table na {table}, {gone} ang wala na. Itinatabi ang mga ito, gaya ng sinabi ng isang tao: walang sasabihing nawala hangga’t hindi bumabalik ang lahat, o may magsabing wala na talaga.',
  'source.database_other_columns':
    'Iba na ang mga kolum ng table na {table} (bago: {added}; wala na: {dropped}). Tinandaan nang panibago ang mga hilera nito, at walang sinabing nagbago dahil doon. Tingnan kung tugma pa ang shape.',
  'source.database_no_outbox':
    'Walang kolum na {column} ang table na {table}, na mayroon ang isang outbox. Ang mayroon: {found}. Kung ang table mismo ang babantayan, iyon ang piliin (reads=table).',
  'source.database_no_number':
    'Buong numero dapat ang kolum na bumibilang sa mga hilera ng outbox, sa uri ng kolum na para sa mga numero: bilang teksto, nauuna ang 100 sa 99.',
  'source.look_failed': 'Hindi makuha ngayon ang nabasa: {detail}',
  'source.try_database': 'Sumasagot ang database, at nababasa ang table na {table}.',
  'source.try_folder_one': 'Nababasa at nasusulatan ang folder; isang file ang naghihintay dito.',
  'source.try_folder_other': 'Nababasa at nasusulatan ang folder; {count} file ang naghihintay dito.',
  'source.try_file': 'Ang {name} ay {format} sa {charset}.',
  'source.try_file_path': 'Ang {name} ay {format} sa {charset}; ang umuulit dito ay {path}.',
  'source.try_file_parted': 'Ang {name} ay {format} sa {charset}; ang nasa pagitan ng mga cell: {parted}.',
  'source.pasted': 'Ang text ay {format}.',
  'source.pasted_path': 'Ang text ay {format}; ang umuulit dito ay {path}.',
  'source.pasted_parted': 'Ang text ay {format}; ang nasa pagitan ng mga cell: {parted}.',
  'source.try_charset_guess':
    'Hindi ito UTF-8, kaya hula lang ang Windows-1252. Kung mali ang titik na gaya ng ñ, piliin ang character set: cp437 o cp850 ang isinusulat ng lumang programang DOS.',
  'problem.source_not_tried': 'Pinopostahan at hindi binabasa ang source na uri {kind}: walang masusubukan.',
};
