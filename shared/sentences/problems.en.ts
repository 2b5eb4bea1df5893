/** Why a call was not answered, or a job failed, in English: one sentence for each case that there is. */
export const problemsEn = {
  'problem.internal': 'Something went wrong inside Roost Relay. Nothing was lost; the log has the details.',
  'problem.said_earlier': '{text}',
  'problem.engine_hung': 'The engine no longer answered and was ended. What was taken is safe.',
  'problem.engine_not_running': 'The engine is not running. It is being started again.',
  'problem.engine_stopping': 'The engine is stopping.',
  'problem.engine_start_failed': 'The engine could not start: {detail}',
  'problem.timed_out': 'The engine did not answer in time.',
  'problem.no_answer': 'Roost Relay does not answer.',
  'problem.reading_failed': 'Reading the log failed. Deliveries go on; try again.',
  'problem.already_running': 'Roost Relay is already running on the data folder {folder}.',
  'problem.newer_database':
    'The data on this PC was written by a newer version of Roost Relay. Install that version again; nothing was changed.',

  'problem.input_missing': '{member}: expected {expectedType}; it is missing.',
  'problem.input_empty': '{member}: it is empty.',
  'problem.input_unused': '{member}: with {because} it has no effect. Leave it out, or choose otherwise there.',
  'problem.input_type': '{member}: expected {expectedType}.',
  'problem.input_too_short': '{member}: expected {least} or more characters.',
  'problem.input_too_long': '{member}: expected at most {most} characters.',
  'problem.input_too_small': '{member}: expected at least {least}.',
  'problem.input_too_large': '{member}: expected at most {most}.',
  'problem.input_none': '{member}: expected at least 1 entry.',
  'problem.input_too_few': '{member}: expected {least} or more entries.',
  'problem.input_too_many': '{member}: expected a list of at most {most}.',
  'problem.input_not_one_of': '{member}: expected one of {values}.',
  'problem.input_id': '{member}: expected an id that begins with {prefix}.',
  'problem.input_format': '{member}: it does not look right.',
  'problem.input_length': '{member}: expected {length} characters.',
  'problem.input_unknown': '{member}: there is no such member.',
  'problem.input_mail': '{member}: expected a mail address, such as maria@example.com.',
  'problem.input_phone': '{member}: expected a telephone number of seven digits or more.',
  'problem.input_types': '{member}: expected {expectedTypes}, got {foundType}.',
  'problem.input_unexpected': '{member}: not as expected.',
  'problem.telegram_chat':
    '{member}: expected the number of a chat, such as -1001234567890, or the @name of a public channel.',
  'problem.token_characters':
    '{member}: expected a token of plain letters, digits and signs, with no space or line break.',
  'problem.header_expected': '{member}: expected the name of a header, such as X-Webhook-Secret.',
  'problem.host_expected':
    '{member}: expected a name or an address in the network, such as 192.168.1.20 or opera.hotel.local.',
  'problem.two_letters': '{member}: expected two capital letters, such as XX.',
  'problem.database_name': '{member}: expected a name in one line, such as roost_outbox.',
  'problem.got': '{what}, got {found}.',
  'problem.rule_path': '{member}: expected event, timestamp, property_id, or a member such as data.total.',
  'problem.signature_header':
    '{member}: expected a header of the receiver’s own, such as X-Hub-Signature-256. Reserved are Content-Type, Host, Date and the like, and what begins with X-RoostSync-, webhook- or proxy-.',
  'problem.answer_contradiction':
    '{member}: expected what a good answer does not say; what it must contain has this in it, so that no answer could be right.',
  'problem.success_status':
    '{member}: expected statuses that say that an event was taken, 200 to 399 or 409, got "{found}".',
  'problem.rule_contains_nothing': '{member}: expected what it must contain; it is empty, which everything contains.',
  'problem.rule_not_ordered': '{member}: expected a number such as 5000, or a day such as 2026-12-24, got "{found}".',
  'problem.rule_no_day': '{member}: expected a day that there is, such as 2026-12-24, got "{found}".',
  'problem.rule_no_event': '{member}: expected an event, one of {events}, got "{found}".',
  'problem.rule_event_like': '{member}: expected an event, got "{found}". Did you mean {nearest}?',
  'problem.rules_never': '{member}: expected rules that some event can pass, got {found}: no event can pass that.',
  'problem.rules_types':
    '{member}: expected rules that some event of this endpoint can pass, got {found}; it gets {events}.',
  'problem.input_not_json': 'The input is not valid JSON.',
  'problem.no_such_call': 'There is no call named {call}.',
  'problem.too_long': 'That is too long.',
  'problem.bad_cursor': '{member}: expected a cursor that a page gave.',
  'problem.quiet_hours':
    'quietHours.to: expected another time than quietHours.from, got {time} for both: notices would wait for ever. To have none, switch notices off.',
  'problem.time_zone': 'timeZone: expected a time zone such as Asia/Manila, got "{timeZone}".',
  'problem.currency': '{member}: expected the three letters of a currency, such as PHP, got "{currency}".',
  'problem.locale': '{member}: expected a language and country such as en-PH or de-DE, got "{locale}".',
  'problem.proxy_socks':
    'proxy: expected an HTTP proxy, such as http://proxy.hotel.local:3128, got "{proxy}": SOCKS proxies are not supported.',
  'problem.proxy':
    'proxy: expected system, none, or an address such as http://proxy.hotel.local:3128 that begins with http:// or https://, got "{proxy}".',

  'problem.internet_check_none':
    'internetCheck.own: expected one to five addresses to ask, got none. Choose the built-in ones, or none at all, to do without.',
  'problem.internet_check_address':
    '{member}: expected a plain address such as http://check.example/ok that begins with http://, got "{address}".',
  'problem.internet_check_https':
    '{member}: expected an address that begins with http://, got "{address}". A sign-in page cannot answer in the place of an https: address, and so would not be found.',
  'problem.internet_check_twice':
    '{member}: expected each address once, got "{address}" twice: one and the same cannot agree with itself.',
  'problem.internet_check_status':
    '{member}: expected a status from 200 to 299 or the text that is answered, got "{expects}". Any other status is what a sign-in page or an error answers.',

  'problem.pin_digits': 'A PIN has 4 to 12 digits and nothing else.',
  'problem.pin_easy': 'That PIN is guessed first: all the same, or digits in a row. Choose another.',
  'problem.pin_needed': 'This asks for the PIN.',
  'problem.pin_wrong_one': 'That is not the PIN. One more try.',
  'problem.pin_wrong_other': 'That is not the PIN. {count} more tries.',
  'problem.pin_closed':
    'The PIN was wrong five times. It can be tried again at {untilAt}. If it is forgotten, whoever looks after this PC can remove it: {relay} pin remove',
  'problem.pin_unreadable':
    'The file of the PIN cannot be read, so nothing is opened. Whoever looks after this PC can remove the PIN: {relay} pin remove',
  'problem.pin_none': 'There is no PIN yet. Set one first.',
  'problem.screen_locked': 'This window is locked. Enter the PIN.',

  'problem.disk_full': "This PC's disk is full. Free some space; nothing that was taken is lost.",
  'problem.store_read_only': "The disk of the app's data folder can only be read. Make it writable again.",
  'problem.store_no_rights':
    'Roost Relay may not read and write {path}. Give this account that right: on Windows under Properties, Security; where an antivirus guards folders (“Controlled folder access”), let Roost Relay through.',
  'problem.store_damaged': 'The database on this PC is damaged. Restore the last backup.',
  'problem.store_missing':
    'The database {file} is missing or empty, though there was one. Put it back, or restore the last backup. To begin with nothing, empty the folder {folder}.',
  'problem.no_backup_here': 'There is no backup in {folder} that can be restored.',
  'problem.key_file_damaged':
    'The key file {file} is damaged or cannot be read. Put it back from a copy, or start once with --new-key: then a new key is made, and the secrets of the endpoints are entered anew. Events are not affected.',
  'problem.key_file_missing':
    'The key file {file} is missing, and with it what opens the secrets in the database. Put it back from a copy, or start once with --new-key: then a new key is made, and the secrets of the endpoints are entered anew. Events are not affected.',
  'problem.store_held':
    'Another program holds the database, such as backup software or a virus scanner. Try again in a minute; should it last, leave the data folder out of what that program copies or scans.',
  'problem.store_gone':
    'The file {file} was deleted or replaced while Roost Relay runs. Nothing more is taken. Put it back, or restart Roost Relay and restore the last backup.',
  'problem.store_emptied':
    'The file {file} was emptied or cut off while Roost Relay runs. Nothing more is taken. Restore the last backup, then restart Roost Relay.',
  'problem.store_unreachable':
    "The app's data folder cannot be read or written now. See whether its disk is there and nothing stands in the way.",
  'problem.files_used_up':
    'No further file can be opened: Roost Relay, or this PC, has as many files and connections open as it may. Try again in a minute; doctor says what to do.',
  'problem.data_folder': 'The data folder {folder} cannot be made. Make it, or choose another place with --data.',
  'problem.data_folder_file': '{named}: expected a folder, got {folder}; {file} is a file.',

  'problem.vault_locked':
    'Secrets cannot be kept now: the key that protects them cannot be opened. Sign in to this PC as usual, then try again.',
  'problem.vault_locked_unchanged': 'Nothing was changed. The secrets are tried again by themselves.',
  'problem.vault_of_desktop':
    'The secrets in {folder} belong to the desktop app and open only in it. Start the desktop app, or make a backup with a passphrase in its settings and restore that into another data folder.',
  'problem.address_unreadable': 'The address cannot be decrypted on this PC. Enter it again.',
  'problem.secret_unreadable': 'The secret cannot be decrypted on this PC. Enter it again.',
  'problem.header_unreadable': 'The header cannot be decrypted on this PC. Enter it again.',
  'problem.template': 'Line {line}, column {column}: {why}',
  'problem.enter_too.address': 'Its address cannot be read any more. Enter it, too.',
  'problem.enter_too.secret': 'Its secret cannot be read any more. Enter it, too.',
  'problem.enter_too.headers': 'Its headers cannot be read any more. Enter them, too.',
  'problem.enter_too.config': 'What its kind keeps secret cannot be read any more. Enter it, too.',
  'problem.secret_unreadable_of': 'The secret of {name} cannot be decrypted. Enter it again.',

  'problem.no_such_endpoint': 'This endpoint does not exist.',
  'problem.endpoint_removed': '{name} was removed. Bring it back first.',
  'problem.endpoint_not_removed': '{name} is not removed.',
  'problem.endpoint_draft': '{name} is not enabled yet. Test and enable it first.',
  'problem.try_nothing_waits': 'Nothing waits for {name}.',
  'problem.try_all_paused': 'Everything is paused, so nothing was sent to {name}. Resume first.',
  'problem.try_too_old':
    'The oldest event for {name} is too old to go out without your word: it stands on the list of the endpoint’s page.',
  'problem.not_held': 'Delivery {id} of this endpoint is not held for being too old.',
  'problem.try_offline':
    'Nobody out there can be reached just now, so nothing was sent to {name}. The events are safe.',
  'problem.try_unanswered': 'Nothing has come of the try at {name} yet. The delivery log will show it.',
  'problem.endpoint_paused': '{name} is paused. Resume it first.',
  'problem.endpoint_not_tested': 'No test event to the present address of {name} has succeeded yet. Send one first.',
  'problem.not_signed': '{name} gets mail, which carries no signature: there is no secret to change.',
  'problem.rotation_runs': 'The secret of {name} is being changed already.',
  'problem.no_rotation': 'The secret of {name} is not being changed.',

  'problem.address_no_scheme': 'What comes in front is missing: https://',
  'problem.address_invalid': 'This is not an address. It should look like https://hooks.example.com/…',
  'problem.address_port': 'This address has a port that there is not: expected one from 1 to 65535, got {port}.',
  'problem.address_http':
    "Events carry guests' data, so the address must begin with https:// (this one begins with http://).",
  'problem.address_plain_off':
    'This is a program on this very PC over plain HTTP. That has to be allowed first: in the settings under Network, or with settings set --plain-http on. Its traffic never leaves this PC, but other programs on it could listen.',
  'problem.plain_off':
    '{name} is a program on this very PC over plain HTTP, which the settings do not allow. Allow it under Network, or with settings set --plain-http on.',
  'problem.address_not_https': 'The address must begin with https://.',
  'problem.address_no_mail_server':
    'The address of a mail server looks like smtps://mail.example.com:465 (TLS), or smtp://mail.example.com:587 (STARTTLS).',
  'problem.address_login':
    'Login name and password do not stand in the address: they are given with the rest of the set-up.',
  'problem.bench_not_for_kind': '{name} gets mail. The test bench takes webhooks only: send a test event instead.',
  'problem.mail_port_25':
    'Port 25 is for mail between servers, and most networks block it. Programs use 465 (smtps://) or 587 (smtp://). Use 25 all the same?',
  'problem.mail_other_port':
    'On port 465 a mail server expects smtps://, on 587 and 25 smtp://. This address has it the other way round. Use it all the same?',
  'problem.mail_app_password':
    'Gmail takes no ordinary password from programs: its account needs 2-step verification and an app password (myaccount.google.com/apppasswords). Do you have one?',
  'problem.mail_login_half': 'A login is a name (user) and a password, both or neither.',
  'problem.address_password':
    'A name and password in the address are not sent. Put them into a header named Authorization.',
  'problem.header_needs_name': 'A header needs a name.',
  'problem.header_name': '{name} is not a header name: no spaces, colons or accents.',
  'problem.header_reserved': 'The header {name} is set by Roost Relay itself and cannot be changed.',
  'problem.header_twice': 'The header {name} is there twice.',
  'problem.header_value':
    'The value of the header {name} may have only plain letters, digits, signs and spaces, in one line.',
  'problem.header_no_value': 'There is no value for the header {name}. Enter it.',
  'problem.no_such_header': 'This endpoint has no header {name}.',
  'problem.secret_spaces': 'The secret begins or ends with a space. Remove it.',
  'problem.secret_characters': 'The secret may have only plain letters, digits, signs and spaces (printable ASCII).',
  'problem.secret_short': 'The secret needs at least {least} characters; this one has {has}.',
  'problem.secret_long': 'The secret may have at most {most} characters.',
  'problem.ca_private_key': 'This file holds a private key. Give the certificate alone, and keep the key where it was.',
  'problem.ca_none': 'There is no certificate in this file. It must be PEM text: -----BEGIN CERTIFICATE----- …',
  'problem.ca_no_authority':
    'The certificate “{name}” is no authority’s (CA): it could vouch for nobody. Ask for the root certificate that signs the others.',
  'problem.ca_unreadable': 'The certificate in this file cannot be read. Ask for the file again.',
  'problem.ca_one_unreadable': 'Certificate {number} of {total} in this file cannot be read. Ask for the file again.',

  'problem.delivery_gone': 'This delivery is not in the log.',
  'problem.event_gone': 'This event is not in the log.',
  'problem.event_forgotten':
    'Its guest was forgotten: what it said is gone for good, so it cannot be sent. Only that it was there is kept.',
  'problem.event_data_gone':
    'It is older than content is kept: what it said is gone, so it cannot be sent. Only that it was there is kept.',
  'problem.forget_locked':
    'Secrets cannot be opened now, and whom to forget is kept as one until it is done. Try again later.',
  'problem.forget_nobody_name': 'Nobody of that name was found. Nothing was forgotten, and nothing was changed.',
  'problem.forget_nobody_mail':
    'Nobody with that mail address was found. Nothing was forgotten, and nothing was changed.',
  'problem.forget_nobody_phone':
    'Nobody with that telephone number was found. Nothing was forgotten, and nothing was changed.',
  'problem.forget_nobody_booking': 'No booking with that id was found. Nothing was forgotten, and nothing was changed.',
  'problem.forget_nobody_any': 'Nobody was found by any of these. Nothing was forgotten, and nothing was changed.',
  'problem.forget_not_found':
    'The event {id} is not among what was found, so it cannot be left out. Nothing was forgotten, and nothing was changed.',
  'problem.forget_all_left_out':
    'Everything that was found is left out. Nothing was forgotten, and nothing was changed.',
  'problem.forget_undelivered':
    'Not everything of this guest has arrived: {count} still to go to {names}. It would be cancelled, and nothing of it can be brought back.',
  'problem.forget_for_good': 'What is forgotten is gone for good. Found of this guest: {count} in the log.',
  'problem.delivery_on_its_way': 'It is being sent right now. Look again in a moment.',
  'problem.cancel_settled': 'Only what waits or needs attention can be cancelled.',
  'problem.restore_uncancelled': 'Only a cancelled delivery can be restored.',
  'problem.event_not_stored': 'The event was not stored.',

  'problem.too_much_kept':
    'More than {most} messages of this source are kept already, because they could not be understood. Mend its shape and take them in, or drop them.',
  'problem.no_such_message':
    'There is no message of this number. Of each source the last fifty stay, and what is kept.',
  'problem.message_settled': 'This message does not wait any more: it was taken in, ignored or dropped.',
  'problem.messages_under_way': 'Kept messages of this source are being taken in or dropped right now.',
  'problem.handed_in_before':
    'These rows were taken in already, as {name} ({cameAt}). Nothing was taken in again: receivers would get them twice.',
  'problem.handed_in_kept_one':
    'These rows were taken in already, as {name} ({cameAt}). One of them was kept: where it still waits, mend it and take that one in. Nothing was taken in again: receivers would get the others twice.',
  'problem.handed_in_kept_other':
    'These rows were taken in already, as {name} ({cameAt}). {count} of them were kept: where they still wait, mend them and take those in. Nothing was taken in again: receivers would get the others twice.',
  'problem.source_is_draft': 'The source is a draft. Switch it on first; what was kept can then be taken in.',
  'problem.which_messages': 'Which messages? Name one, or a source.',
  'problem.no_such_refusal': 'There is no refused request of this number. Only the last 1,000 are kept.',
  'problem.refusal_taken': 'This request was taken in already.',
  'problem.refusal_without_body': "Nothing was kept of this request's body, so there is nothing to take in.",
  'problem.no_such_source': 'There is no such source.',
  'problem.source_not_started': 'The source {name} could not be started. {detail}',
  'problem.source_of_other_version':
    'The source {name} was set up by another version of Roost Relay, and this one cannot read it.',
  'problem.source_preset_kind':
    'The preset {preset} is not for a source of the kind {kind}. It is for: {kinds}. For another kind give a shape of your own.',
  'problem.source_same_name':
    'There is a source {name} already ({id}). Give this one another name, such as that of its system or its place, so that both can be told apart.',
  'problem.source_revoked': 'The source {name} was revoked. Add a new one.',
  'problem.nothing_held': 'Of the source {name} no rows are held as gone at once; they are there again, or were told.',
  'problem.source_files_looked_at':
    'The source {name} is in use and looks at its folder itself: remove from “rejected” what is seen to.',

  'problem.no_such_session': 'This session is over already.',
  'problem.no_such_job': 'There is no such job.',
  'problem.job_over': 'This job is over, or cannot be held up.',
  'problem.job_no_file': 'There is no finished file of this job.',
  'problem.resend_not_begun': 'Roost Relay was restarted before this resend began. Start it again.',
  'problem.resend_in_turn': 'Some wait behind an earlier event of the same booking or order, and go out after it.',
  'problem.resend_not_found': 'The deliveries could not be looked up. Try again.',
  'problem.export_cut_off': 'The app was closed before this export was finished.',
  'problem.export_file_lost': 'The file cannot be written any more.',
  'problem.export_failed': 'The export failed: {detail}',
  'problem.export_full':
    "A full export holds guests' names, contact data, documents and notes. Whoever gets it is answerable for it, and your reason is kept in the audit.",
  'problem.export_sheet_full':
    'A sheet has room for {rows} rows, and there are more. Export as CSV, or narrow the filter.',
  'problem.export_filter': 'Filtering by {member} is not possible for {what}.',
  'problem.export_column': 'There is no column {column} of {what}. There are: {known}.',
  'problem.retention_content':
    'Events are kept for {most} days, and what they said goes with them: expected at most {most} days, got {got}.',
  'problem.retention_answers':
    'What events said is kept for {most} days, and the answers to it go with it: expected at most {most} days, got {got}.',
  'problem.privacy_broad':
    'A rule that keeps {member} would keep every guest. Expected the name of a member, such as tour_leader or room.remarks; a full export, with a reason, has everything.',
  'problem.privacy_secret':
    'A rule for {member} would change nothing: what is called so is a password, a PIN or a key, and never leaves.',
  'problem.no_such_schedule': 'There is no such scheduled export.',
  'problem.schedule_begins': 'It is just being begun.',
  'problem.schedules_many': 'There are {most} scheduled exports already. Remove one of them first.',
  'problem.schedule_twice':
    'Another scheduled export writes the same files into {folder}. Choose another folder, or change that one.',
  'problem.schedule_folder_whole_path':
    'Expected the whole path of a folder, such as D:\\Exports or /srv/exports; got {folder}.',
  'problem.schedule_folder_file': 'Expected a folder; {folder} is a file.',
  'problem.schedule_folder_not_made': 'The folder {folder} is not there and cannot be made ({code}).',
  'problem.schedule_folder_own':
    "The folder {folder} is Roost Relay's own. Choose another, or none for the exports of its data folder.",
  'problem.backup_cut_off': 'The app was closed before this backup was finished.',
  'problem.retention_failed': 'It ended with: {detail}',
  'problem.backup_failed': 'The backup failed: {detail}',
  'problem.backup_lacks_secrets': 'The secrets cannot be read now, so this backup would lack them.',
  'problem.backup_no_room': 'There is too little free space for a backup: it needs twice its size.',
  'problem.restore_locked': 'Secrets cannot be kept now. Log in again, then restore.',
  'problem.not_a_backup': '{file} cannot be restored: it is no backup of Roost Relay.',
  'problem.backup_damaged': '{file} cannot be restored: it is damaged or was cut off. Take another one.',
  'problem.backup_is_folder': '{file} is a folder. Give a backup that lies in it.',
  'problem.backup_in_use': '{file} is a database in use, no backup. Make one with: {relay} backup',
  'problem.backup_unreadable': '{file} cannot be read. Give this user the right to read it.',
  'problem.newer_backup': '{file} was made by a newer version of Roost Relay. Install that version, then restore it.',
  'restore.holds.all':
    'It was made at {madeAt} and holds everything of then. Events: {events}; deliveries that wait or need a person: {waiting}; endpoints: {endpoints}.',
  'restore.holds.part':
    'It was made at {madeAt} and holds settings, endpoints ({endpoints}) and deliveries that wait or need a person ({waiting}). Restoring it goes without the log of what was delivered and without the keys that drop duplicates.',
  'restore.cut_off':
    'A restore of this backup was cut off before its end. It is finished, and what was there before is kept aside.',
  'restore.cut_off.other':
    'A restore of another backup was cut off before its end. That one is finished first, and what was there before is kept aside.',
  'restore.leaves':
    'What came after {madeAt} would be put aside, and not be sent; what waited then is sent again, though it may have arrived since.',
  'restore.carries_over':
    'The present data is damaged: what can still be read of what came after is carried over, and what cannot is told.',
  'restore.carries_over_again':
    'The present data comes from a restore of damaged data: what was carried over then, and what came since, is carried over again.',
  'restore.set_up.left':
    'Set up since then, and gone afterwards: endpoints: {endpoints}; sources: {sources}; scheduled exports: {schedules}; changed or removed since, and as before that again: {changed}; settings: {settings}. A backup brings everything back as it was: this has to be set up again.',
  'restore.set_up.carried':
    'Set up since then, not in the backup, and carried over where it can still be read: endpoints: {endpoints}; sources: {sources}; scheduled exports: {schedules}; changed or removed since: {changed}; settings: {settings}.',
  'restore.set_up.was_carried':
    'Set up since the backup, and carried over: endpoints: {endpoints}; sources: {sources}; scheduled exports: {schedules}; changed or removed since: {changed}; settings: {settings}.',
  'restore.set_up.unreadable':
    'Not all of the present set-up can be read: endpoints, sources and settings of after {madeAt} may be gone.',
  'restore.newer':
    'A newer one, of {madeAt}, lacks the log and the keys that drop duplicates, and is therefore not the one.',
  'problem.no_restore_told': 'No restore is told of any more.',
  'problem.no_restore_waits': 'No backup waits to be restored.',
  'problem.wrong_passphrase': 'This is not the passphrase that the backup was made with.',

  'problem.whole_path': 'file: expected a whole path.',
  'problem.no_such_file': 'There is no such file.',
  'problem.folder_missing': 'There is no folder {folder}. Make it first, or choose another.',
  'problem.file_exists': 'There is already a file {path}. Choose another name, or replace it with --force.',
  'problem.file_of_data_folder': '{path} is where Roost Relay keeps its own data. Choose another folder.',
  'problem.file_in_the_way':
    '{path} is in the way: a file of this name is being written, or an earlier one was cut off. Remove it, or choose another name.',
  'problem.no_plain_file': '{path} is no name for an ordinary file. Choose another.',
  'problem.file_no_room':
    'There is no room for {path}: its disk is full. Free some space there, or choose another folder.',
  'problem.file_not_written': 'The file {path} cannot be written. Choose another folder.',
  'problem.path_in_browser': 'file: a browser cannot choose a path on this PC; give null.',
  'problem.not_chosen': 'Choose the file in the dialog first.',
  'problem.not_own_file': 'Only files that Roost Relay wrote can be shown.',
  'problem.not_https': 'Only ordinary https addresses can be opened.',
  'problem.not_this_page': 'This page may not do that.',
  'problem.desktop_only.choose': 'Choosing a file is possible in the desktop app only. Here the browser does it.',
  'problem.desktop_only.restart_engine': 'Starting the engine anew is possible in the desktop app only.',
  'problem.desktop_only.save_pdf':
    'Only the desktop app saves a PDF by itself. Here the browser does: print, and choose PDF.',
  'problem.desktop_only.show':
    'Showing a file in its folder is possible in the desktop app only. Here the browser does it.',
  'problem.desktop_only.open': 'Opening another program is possible in the desktop app only. Here the browser does it.',
  'problem.desktop_only.copy': 'Copying is possible in the desktop app only. Here the browser does it.',
  'problem.desktop_only.update': 'Only the desktop app updates itself. Here whoever installed Roost Relay does it.',
  'problem.no_update_ready': 'No update is ready to be put in place.',
  'problem.not_copied': 'The text could not be copied. Mark it and copy it by hand.',
  'problem.update_feed': 'This build of Roost Relay takes no updates from {feed}.',
  'problem.stays': 'This engine was started to stay. End it where it was started.',
  'problem.no_window': 'This engine was started without a window.',
  'problem.window_of_desktop': 'The desktop app has its own window; there is no address to open.',

  'problem.intake_port.taken':
    'Port {port} is already in use by another program. Port {free} is free: choose it with --port, or as the intake port in the settings.',
  'problem.port_taken': '{member}: port {port} is already in use by another program. Port {free} is free.',
  'problem.port_forbidden': '{member}: the system keeps port {port} for itself. Port {free} is free.',
  'problem.intake_port.forbidden':
    'The system keeps port {port} for itself. Port {free} is free: choose it with --port, or as the intake port in the settings.',
  'problem.intake_port.other':
    'Nothing can listen on port {port}. Choose another with --port, or the intake port in the settings.',
  'problem.lan_port.taken':
    'Port {port} is already in use by another program. Port {free} is free: choose it in the settings of the local network.',
  'problem.lan_port.forbidden':
    'The system keeps port {port} for itself. Port {free} is free: choose it in the settings of the local network.',
  'problem.lan_port.no_host':
    'This PC has no network address {host}. Choose another in the settings of the local network.',
  'problem.lan_port.other': 'Nothing can listen on port {port}. Choose another in the settings of the local network.',
  'problem.lan_failed': 'The listener for the local network could not start.',
  'problem.intake_host':
    'intakeHosts: "{entry}" is no name such as pms-server or pms.hotel.local. Give it without http:// and without a port.',
  'problem.lan_host':
    'lan.host: expected an address of this PC such as 192.168.1.10, or 0.0.0.0 for all of them, got "{host}".',
  'problem.lan_allow': 'lan.allow: "{entry}" is no address such as 192.168.1.20 and no network such as 192.168.1.0/24.',
  'problem.lan_certificate': 'The certificate for the local network cannot be read now.',
  'problem.window_not_opened': 'The window could not be opened.',
  'problem.window_open_again': 'Then run {command} on this PC and open the address that it prints.',
  'problem.window_port.taken':
    'There is no window: port {port} for it is already in use by another program. Port {free} is free: start Roost Relay again with --window-port {free}. Events come and go all the same.',
  'problem.window_port.forbidden':
    'There is no window: the system keeps port {port} for itself. Port {free} is free: start Roost Relay again with --window-port {free}. Events come and go all the same.',
  'problem.window_port.other':
    'There is no window: nothing can listen on port {port}. Start Roost Relay again with another one by --window-port. Events come and go all the same.',
  'problem.window_not_built': 'There is no window: it was not built. Run `npm run build:window`.',
  'problem.window_not_yet': 'The window is being made ready. Try again in a moment.',
  'problem.source_folder_whole_path':
    'config.folder: expected the whole path of a folder, such as C:\\PMS\\export or /srv/pms/export; got {folder}.',
  'problem.source_folder_file': 'config.folder: expected a folder; {folder} is a file.',
  'problem.source_folder_of_system':
    'config.folder: {folder} belongs to the operating system, and holds no files that a system exported. Choose the folder into which it writes.',
  'problem.source_check_late':
    'What was chosen did not answer within {seconds} seconds. Is its drive, share or server connected? Nothing was changed.',
  'problem.source_no_signature_secret':
    '{member}: the signature {signature} is checked with the key that the system signs with; none was given.',
  'problem.source_pattern_never':
    '{member}: no file that is taken can be called "{pattern}". Expected such as *.csv: * for any letters, ? for one.',
  'problem.source_folder_own':
    'The folder {folder} is where Roost Relay keeps its own data. Choose the one into which the other system writes.',
  'problem.source_folder_aside':
    'The folder {folder} and that of the source {name} lie within each other’s “processed” or “rejected”: what one has read would come in again. Choose another.',
  'problem.source_folder_used': 'The folder {folder} is read by the source {name} already. Choose another.',
  'problem.source_folder_not_written':
    'The folder {folder} can be read and not written: what was taken could not be moved away. Give the account of Roost Relay the right to write there.',
  'problem.source_no_key_columns':
    '{member}: expected the columns by which rows are told apart, such as "booking_id"; none was given.',
} as const;
