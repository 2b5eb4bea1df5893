/** What became of a source's message that is no event, in English. */
export const sourceMessagesEn = {
  'source_message.no_event': 'The shape makes no event of it.',
  'source_message.ignored': 'The shape says: {why}',
  'source_message.ignored_type': 'The table of types says that messages of this type are to be ignored.',
  'source_message.forgotten':
    'What it said is gone, because the guest was forgotten: it cannot be taken in. The activity says by whom and when.',
  'source_message.forgotten_by':
    'What it said is gone, because the guest was forgotten on {goneOn} by {who}: it cannot be taken in.',
  'source_message.dropped_by': 'It was let go on {goneOn} by {who}: nothing became of it.',
  'source_message.fias_unnamed':
    'RN and G# are both missing or empty: nobody can tell which room or reservation it is about. Expected room_number or reservation_id in data.',
  'source_message.fias_no_day':
    '{field} ({member}) is no day: {found}. Expected year, month and day, as 261129, or 2026-11-29 where it is mended here.',
  'source_message.fias_cut_off':
    'The record was cut off before its end (ETX): by the end of the connection, by the next record, or because it is too long. Look up what is missing, complete "record" and take "cut_off" out, or write the event.',
  'source_message.fias_no_record':
    'It begins with "{found}", which is no record of a guest. Expected GI, GO or GC, then its fields: GI|RN101|G#4711|.',
  'source_message.fias_twice':
    'The field {field} stands there twice and says two things: which of them is true, nobody can tell. Leave one in "record".',
  'source_message.too_large':
    'It came in {size} characters. Its text is not kept here for shaping: that is done up to {most}.',
  'source_message.draft': 'The source is not switched on yet.',
} as const;
