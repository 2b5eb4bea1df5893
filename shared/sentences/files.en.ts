/** Why a file that a system wrote, or that was given by hand, cannot be read, in English. */
export const filesEn = {
  'file.empty': 'It is empty.',
  'file.no_rows': 'There is no row in it, a header alone at most.',
  'file.is_workbook': 'It is a spreadsheet’s own file (.xlsx, .xls) or an archive, and no text. Save it as CSV.',
  'file.no_text':
    'It is no text: there are bytes in it that no text has, as in a picture, a PDF or a file whose writing was cut off. Have it written again as CSV, JSON or XML.',
  'file.too_large': 'It is larger than {most} MB; such a file is not read.',
  'file.cut_off': 'It ends before it is complete.',
  'file.not_charset': 'Its text is not {charset}. Save it as UTF-8, or choose its character set at the source.',
  'file.mixed_charsets':
    'Its text is in two character sets: line {line} is UTF-8, line {other} is not. Have it written in one, best UTF-8; or choose the character set at the source, where both lines are in that.',
  'file.unknown_charset':
    'It says that its text is {charset}, which is not read. Have it written as UTF-8; or choose its character set at the source, if it is another one.',
  'file.uneven_row': 'Row {row} has {found} cells, the header has {expected}.',
  'file.quote_open': 'Row {row}: a quotation mark is opened and never closed.',
  'file.quote_followed': 'Row {row}: something stands behind the quotation mark that closes a cell.',
  'file.row_too_large': 'At {place}: one row is longer than {most} characters.',
  'file.too_many_columns': 'It has {found} columns; at most {most} are read.',
  'file.line_not_json': 'Line {line} is not valid JSON.',
  'file.line_no_object': 'Line {line} is no JSON object.',
  'file.not_json_at': 'It is not valid JSON: it goes wrong at element {element}.',
  'file.element_no_object': 'Element {element} of the list is no JSON object.',
  'file.no_objects': 'Expected a JSON object, or a list of objects; something else stands there.',
  'file.path_missing': 'There is no {path} in it.',
  'file.too_deep': 'Its parts lie more than {most} deep in each other.',
  'file.not_xml': 'It is not valid XML: it goes wrong at line {line}.',
  'file.own_entities': 'It defines entities of its own in its DOCTYPE, which are not read, for safety.',
  'file.no_key': 'Row {row} has nothing in {column}, by which its rows are told apart.',
  'file.key_twice': 'Row {row} is the same one as row {before}: {column} says so. Choose columns that tell them apart.',
  'file.came_before': 'This was taken before, as {name} at {cameAt}: nothing was taken again.',
  'file.grown':
    'It is the file of this name that was taken at {cameAt}, with more behind it: its first {count} rows were not taken again, what came after them was. Where they are meant once more, hand the file in by hand ("source paste").',
  'file.too_many_rows':
    'It has more than {most} rows, the most of a file that holds all there is each time. Let the system write fewer, or switch that off at the source: then every row is taken.',
  'file.snapshot_empty':
    'It has no rows, though the one before had some. Nothing was taken: not everything can be gone at once.',
  'file.written_after':
    'It was written to after it was taken: it had been still for a while, with {count} rows then. Nothing of what came later was taken, and the last of those rows may be half of one.',
  'file.written_after_rest':
    'Take the rows out that were taken, all but the header, and move the file back into the folder, or hand it in by hand ("source paste"). In future let the system write it under another name (.tmp) and rename it once it is whole.',
  'file.written_after_again':
    'Move the file back into the folder: what differs is taken. In future let the system write it under another name (.tmp) and rename it once it is whole.',
  'file.rows_kept_one':
    'One row could not be made an event. Roost Relay keeps it: mend it there, then take it in. Do not hand this file in again.',
  'file.rows_kept_other':
    '{count} rows could not be made events. Roost Relay keeps them: mend them there, then take them in. Do not hand this file in again.',
  'source_kind.fias': 'OPERA or Suite8 by its interface (FIAS); not yet tried on a real interface',
  'problem.fias_own_instance':
    'The interface takes one client: a second one throws the other one out, and door locks or phones stop. Have an instance of the interface (IFC) set up that nothing else uses, and say that it is so: ownInstance.',
  'problem.fias_away': 'The interface at {address} cannot be reached: {detail}',
  'problem.fias_resync_cut':
    'The interface at {address} said again who is in house and never said that it was done. {count} records of then were taken for no news: look in the PMS whether a guest came or left just then.',
  'problem.fias_ended':
    'The interface at {address} ended the connection. If that goes on, another system connects to the same one: it takes one client only.',
  'source_kind.folder': 'Files in a folder',
  'source.folder_away': 'The folder {folder} is not there. Is its drive or share connected?',
  'source.folder_forbidden': 'The folder {folder} may not be read by the account that Roost Relay runs as.',
  'source.folder_unreadable': 'The folder {folder} cannot be read ({code}).',
  'export.folder_not_written': 'Nothing can be written into the folder {folder} ({code}).',
  'export.filter_forgotten':
    'Its filter names a guest who was forgotten, so nothing could be in it: it writes no more until it has another filter.',
  'export.folder_silent': 'The folder {folder} does not answer. Is its drive or share connected?',
  'source.file_rejected':
    'The file {name} cannot be read. It lies in the folder "rejected", with the reason beside it.',
  'source.file_written_after':
    'The file {name} was written to after it was taken, and nothing of what came later was taken. It lies in the folder "rejected", with what to do beside it.',
  'source.passed_over':
    'In the folder {folder} something lies that is no file but a link, a pipe or a folder: {names}. Nothing of it is taken. Put the files themselves into the folder, or connect a folder in it as a source of its own.',
  'source.passed_over_more':
    'In the folder {folder} something lies that is no file but a link, a pipe or a folder: {names} and {count} more. Nothing of it is taken. Put the files themselves into the folder, or connect a folder in it as a source of its own.',
  'source.file_stuck': 'The file {name} cannot be opened or moved now ({detail}). It is tried again.',
  'source.stuck_full':
    'The disk of the folder {folder} is full, so that nothing that was read can be moved out of the way there.',
  'source.stuck_rights':
    'In the folder {folder} files may not be read or moved: the rights are missing, or a program holds them.',
  'source.stuck_held': 'A program holds files in the folder {folder}, so that they cannot be read or moved.',
  'source.stuck_unknown': 'In the folder {folder} files cannot be read or moved now ({detail}).',
  'source_kind.sql': 'A table in a database',
  'source.database_away': 'The database at {place} cannot be read: {detail}',
  'source.database_login':
    'The database at {place} does not let {user} in. Are user, password and the database’s name right?',
  'source.database_no_tls':
    'The database at {place} offers no encryption (TLS), and it is demanded: nothing is read. Have TLS switched on there; or, where it stands on this PC or the property’s network, choose a connection without encryption under “Port and encryption” (tls=off).',
  'source.database_wants_tls':
    'The database at {place} lets in over an encrypted connection alone. Switch encryption on here (tls=verify).',
  'source.database_unknown_authority':
    'The certificate of the database at {place} comes from an authority that this PC does not know: nothing is read. Ask whoever runs it for that authority’s certificate (ca.pem, root.crt), and give it under “Port and encryption” (ca).',
  'source.database_other_name':
    'The certificate of the database at {place} is not for {host}, but for {names}: nothing is read. Give one of those names as the address (host), or have a certificate made for {host}.',
  'source.database_certificate_date':
    'The certificate of the database at {place} is not valid now ({detail}). Have it renewed; where it should be valid, look at this PC’s clock.',
  'source.database_plain_far':
    'The database at {place} is neither on this PC nor on the property’s network: it is read over an encrypted connection alone. Switch encryption on (tls=verify).',
  'source.database_plain': 'This connection is not encrypted.',
  'source.database_plain_here': 'This connection is not encrypted; it does not leave this PC.',
  'source.database_encrypted': 'This connection is encrypted, and the database’s certificate is checked.',
  'source.database_no_table':
    'The database has no table {table}, or its user may not see it. Make it by the script that Roost Relay shows.',
  'source.database_no_watched':
    'The database has no table {table}, or its user may not see it. Is its name right, with its schema where it has one?',
  'source.database_no_column': 'The table {table} has no column {column}. It has: {found}.',
  'source.database_key_twice':
    'The key {column} of the table {table} is not unique: {key} stands in {count} rows. Nothing is read until it tells the rows apart: choose another column (keyColumn), or have the rows put right.',
  'source.database_no_key':
    'The table {table} has rows with nothing in {column}, by which its rows are told apart: those are not watched.',
  'source.database_gone_at_once':
    'Of {of} rows that the table {table} had, {gone} are not there any more. None is told as gone: not everything can be gone at once. Where they are still away at {believedAt}, they are told.',
  'source.database_gone_kept':
    'Of {of} rows that the table {table} had, {gone} are not there any more. They are kept, as a person said: no row is told as gone until all are there again, or a person says that they are gone.',
  'source.database_other_columns':
    'The table {table} has other columns than before (new: {added}; no longer there: {dropped}). Its rows were remembered anew, and none was told as changed for that. Look whether the shape still fits.',
  'source.database_no_outbox':
    'The table {table} has no column {column}, which an outbox has. It has: {found}. Is the table itself to be watched, choose that (reads=table).',
  'source.database_no_number':
    'The column that numbers the rows of the outbox must hold whole numbers, in a type of numbers: as texts, 100 stands before 99.',
  'source.look_failed': 'What was read cannot be taken in now: {detail}',
  'source.try_database': 'The database answers, and the table {table} can be read.',
  'source.try_folder_one': 'The folder can be read and written; one file waits in it.',
  'source.try_folder_other': 'The folder can be read and written; {count} files wait in it.',
  'source.try_file': '{name} is {format} in {charset}.',
  'source.try_file_path': '{name} is {format} in {charset}; what repeats in it is {path}.',
  'source.try_file_parted': '{name} is {format} in {charset}; what stands between its cells: {parted}.',
  'source.pasted': 'The text is {format}.',
  'source.pasted_path': 'The text is {format}; what repeats in it is {path}.',
  'source.pasted_parted': 'The text is {format}; what stands between its cells: {parted}.',
  'source.try_charset_guess':
    'It is no UTF-8, so Windows-1252 is a guess. If a letter such as ñ is wrong, choose the character set: an old DOS program writes cp437 or cp850.',
  'problem.source_not_tried': 'A source of the kind {kind} is not read, it is posted to: there is nothing to try.',
} as const;
