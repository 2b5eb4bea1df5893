/** Why the intake did not take a request, and what in an event is not as usual, in English: PMSs are answered so. */
export const refusalsEn = {
  'refusal.not_utf8':
    'body: it is not UTF-8. Expected UTF-8, or the character set that Content-Type declares (UTF-16, ISO-8859-1, Windows-1252).',
  'refusal.not_utf16':
    'body: Content-Type or the first bytes say UTF-16, and it is not. Expected UTF-8, or what is declared.',
  'refusal.stay_backwards': 'Check-out ({to}) is before check-in ({from}).',
  'refusal.empty': '{member}: it is empty. Expected a JSON object with "event" and "data".',
  'refusal.not_json_end': '{member}: not valid JSON. It ends before it is complete.',
  'refusal.not_json': '{member}: not valid JSON.',
  'refusal.not_json_at': '{member}: not valid JSON. It goes wrong at character {place}.',
  'refusal.no_events': 'body: there is no event in it. Expected at least one.',
  'refusal.too_many_events': 'body: {found} events, but at most {most} are taken at once.',
  'refusal.expected_event': '{member}: expected an object with "event" and "data"; got {foundType}.',
  'refusal.expected_object': '{member}: expected an object; got {foundType}.',
  'refusal.expected_name': '{member}: expected one of {events}; got {foundType}.',
  'refusal.expected_id': '{member}: expected a text of 1 to {most} characters, or a number; got {foundType}.',
  'refusal.empty_text': '{member}: expected a text of 1 to {most} characters; got an empty one.',
  'refusal.long_text': '{member}: expected a text of 1 to {most} characters; got {found}.',
  'refusal.broken_text': '{member}: expected a text of 1 to {most} characters; got half of a character in it.',
  'refusal.expected_timestamp':
    '{member}: expected a text in ISO 8601 with an offset, such as 2024-03-15T18:30:00+08:00 or 2024-03-15T10:30:00Z; got {foundType}.',
  'refusal.timestamp_no_offset':
    '{member}: got a time without its offset from UTC. Expected ISO 8601 with an offset, such as 2024-03-15T18:30:00+08:00 or 2024-03-15T10:30:00Z.',
  'refusal.timestamp_order':
    '{member}: got {found}, of which nobody can tell whether the day or the month comes first. In a shape, | local_time: "d/m/y" (or "m/d/y") says so; else expected ISO 8601 with an offset, such as 2024-03-15T18:30:00+08:00.',
  'refusal.no_timestamp':
    '{member}: got a text that is no such time. Expected ISO 8601 with an offset, such as 2024-03-15T18:30:00+08:00 or 2024-03-15T10:30:00Z.',
  'refusal.too_deep': '{member}: objects and arrays lie more than {most} deep in each other.',
  'refusal.unknown_member': '{member}: there is no such member. Put it inside "data".',
  'refusal.member_twice': '{member}: it is there twice.',
  'refusal.unknown_event': '{member}: "{event}" is not an event. Expected one of {events}.',
  'refusal.no_property': '{member}: no property is known. Give one here, with the source, or in the settings.',
  'refusal.several_properties': '{member}: the sources are of several properties. Say which: {properties}.',
  'refusal.no_ids': "body: expected the events' ids, as a JSON array on a line of their own.",
  'refusal.one_event': 'expected one event, got an array.',
  'refusal.bad_key': '{member}: expected 1 to 255 visible ASCII characters.',
  'refusal.key_conflict': '{member}: this key came before with another content.',
  'refusal.incomplete': 'body: the request is not complete or not well formed.',
  'refusal.too_large': 'body: more than {mostBytes}. Send fewer events at once.',
  'refusal.larger': 'body: more than {mostBytes}; it has {foundBytes}. Send fewer events at once.',
  // As it was said before what came was named; it stands in what was kept then.
  'refusal.unsupported_type':
    'Content-Type: expected application/json or application/x-ndjson, in a character set that is known, and not compressed.',
  'refusal.type_xml':
    'Content-Type: {found} is XML, and this source takes JSON (application/json). A source with a preset or a shape takes XML as it is: connect the system as one, or give this source a preset or a shape with "source change".',
  'refusal.body_xml':
    'body: it looks like XML, and this source takes JSON (application/json). A source with a preset or a shape takes XML as it is: connect the system as one, or give this source a preset or a shape with "source change".',
  'refusal.type_form':
    'Content-Type: {found} is a form, and this source takes JSON (application/json). A source with a preset or a shape takes a form\'s fields: connect the system as one, or give this source a preset or a shape with "source change".',
  'refusal.type_parts':
    'Content-Type: {found} is a form in parts, and this source takes JSON (application/json). A source with a preset or a shape takes its fields and files: connect the system as one, or give this source a preset or a shape with "source change". A whole file belongs into the folder of a source of the kind folder, or is handed in on the source\'s page.',
  'refusal.type_table':
    'Content-Type: {found} is a table, and this source takes JSON (application/json). Leave the file in the folder of a source of the kind folder, hand it in on the source\'s page (or with "source paste"), or send each row as a JSON object.',
  'refusal.type_text':
    'Content-Type: {found} is text, and this source takes JSON (application/json). A source with a shape takes any text, as message.body: connect the system as one, or give this source a shape with "source change".',
  'refusal.type_of_json':
    'Content-Type: it says {found}, and the body looks like JSON. Expected application/json, or application/x-ndjson for one event a line. A PMS that cannot set it posts to the secret address of the source, where a form, plain text or nothing may be said.',
  'refusal.type_unsaid':
    'Content-Type: it is missing, and the body looks like JSON. Expected application/json, or application/x-ndjson for one event a line. A PMS that cannot set it posts to the secret address of the source, where it may be left out.',
  'refusal.type_missing':
    'Content-Type: it is missing, and the body does not look like JSON. Expected JSON (application/json). A source with a preset or a shape takes what a system sends as it is: connect the system as one, or give this source a preset or a shape with "source change".',
  'refusal.type_unknown':
    'Content-Type: {found} is not taken here. Expected JSON: application/json, or application/x-ndjson for one event a line.',
  'refusal.type_charset':
    'Content-Type: {found} names a character set that is not known here. Expected UTF-8, UTF-16, ISO-8859-1 or Windows-1252.',
  'refusal.compressed':
    'Content-Encoding: the body is compressed ({found}), which is not taken here. Expected gzip, deflate or br, or a body that is not compressed.',
  'refusal.not_compressed':
    'Content-Encoding: the body is said to be compressed ({found}), and is not, or not all of it came. Expected what the header says, or a body that is not compressed and no such header.',
  'refusal.internal': 'Something went wrong inside Roost Relay. Nothing was stored; send it again.',
  'refusal.too_many_under_way':
    'This PC is short of memory for so much at once. Nothing was stored; try again in a moment.',
  'refusal.disk_nearly_full': "This PC's disk is nearly full. Nothing was stored; it is tried again.",
  'refusal.too_much_kept': 'Too many messages of this source wait to be understood. Nothing was stored.',
  'refusal.signature_missing': '{member}: it is missing. This source signs what it sends.',
  'refusal.signature_wrong':
    '{member}: it does not fit this body and the secret of the source. Is the secret the same on both sides?',
  'refusal.signature_time': '{member}: it is no number. Expected seconds since 1970, such as 1767225600.',
  'refusal.login_missing': '{member}: it is missing. This source says with it who sends.',
  'refusal.login_wrong': '{member}: it is not what this source is set up with. Is it the same on both sides?',
  'refusal.signature_late': '{member}: it is more than five minutes from the time on this PC.',
  'refusal.signature_not_ready':
    'The secret of this source cannot be read now, so that nobody can tell whether this is from it.',
  'refusal.disk_full': "This PC's disk is full. Nothing was stored.",
  'refusal.cannot_store': "The app's data folder cannot be read or written now. Nothing was stored; send it again.",
  'refusal.files_used_up':
    'Roost Relay has as many files and connections open as it may. Nothing was stored; send it again.',
  'refusal.store_read_only':
    "The disk of Roost Relay's data folder can only be read. Nothing was stored; send it again once it can be written.",
  'refusal.store_no_rights':
    "Roost Relay's account may not write its data folder. Nothing was stored; send it again once it may.",
  'refusal.store_held':
    "Another program, such as backup software, holds Roost Relay's database now. Nothing was stored; send it again.",
  'refusal.store_damaged':
    "Roost Relay's database is damaged. Nothing was stored; send it again once a backup is restored.",
  'refusal.store_gone':
    "Roost Relay's database was deleted or replaced while it runs. Nothing was stored; send it again once it is back.",
  'refusal.store_emptied':
    "Roost Relay's database was emptied or cut off while it runs. Nothing was stored; send it again once a backup is restored.",
  'refusal.web_page': 'Web pages may not post here. This address is for the PMS itself.',
  'refusal.other_host': 'The Host header names another host. Use the address that the app shows.',
  'refusal.address_not_allowed': 'The address {address} is not among those that may post here.',
  'refusal.no_token':
    'Authorization: expected "Bearer" and the token of a source, or the token as the password of Basic or as X-Api-Key.',
  'refusal.unknown_token': "This token is not known. Make a new one on the source's page.",
  'refusal.source_revoked': 'This source was revoked. Its token is no longer taken.',
  'refusal.control_token': "The control token is not this engine's.",
  'refusal.use_post': 'Use POST at this address.',
  'refusal.nothing_here': 'There is nothing at this address. Events are posted to /v1/events.',
  'refusal.unreadable_file': 'The file cannot be read: {detail}',

  'hint.no_booking':
    'No id of a booking was found, so the order of its events cannot be kept. Looked for: {names}, also in camelCase.',
  'hint.long_id': '{member}: longer than {most} characters, so it is not taken as an id and keeps no order.',
  'hint.amount':
    '{member}: no number could be made of it, so it is in no sum. For a source with a preset or a shape, choose how it writes numbers.',
  'hint.type': '{member}: usually {usualType}, here {foundType}',
} as const;
