/** The same in Filipino. */
import type { sourceMessagesEn } from './source-messages.en.ts';

export const sourceMessagesFil: Record<keyof typeof sourceMessagesEn, string> = {
  'source_message.no_event': 'Walang event na ginagawa ang hugis mula rito.',
  'source_message.ignored': 'Sabi ng hugis: {why}',
  'source_message.ignored_type': 'Sabi ng talaan ng mga uri, hindi papansinin ang mga mensaheng ganito ang uri.',
  'source_message.forgotten':
    'Wala na ang sinabi nito dahil kinalimutan ang bisita: hindi na ito maipapasok. Nasa mga ginawa kung sino at kailan.',
  'source_message.forgotten_by':
    'Wala na ang sinabi nito dahil kinalimutan ang bisita noong {goneOn} ni {who}: hindi na ito maipapasok.',
  'source_message.dropped_by': 'Inalis ito noong {goneOn} ni {who}: walang nangyari rito.',
  'source_message.fias_unnamed':
    'Parehong wala o walang laman ang RN at G#: walang makapagsabi kung aling kuwarto o reservation ito. Dapat may room_number o reservation_id sa data.',
  'source_message.fias_no_day':
    'Hindi petsa ang {field} ({member}): {found}. Dapat taon, buwan at araw, gaya ng 261129, o 2026-11-29 kapag dito inaayos.',
  'source_message.fias_cut_off':
    'Naputol ang record bago ang dulo nito (ETX): natapos ang koneksyon, nagsimula ang kasunod na record, o masyado itong mahaba. Alamin ang kulang, kumpletuhin ang "record" at alisin ang "cut_off", o isulat ang event.',
  'source_message.fias_no_record':
    'Nagsisimula ito sa "{found}", na hindi record ng bisita. Dapat GI, GO o GC, saka ang mga field nito: GI|RN101|G#4711|.',
  'source_message.fias_twice':
    'Dalawang beses ang field na {field} at magkaiba ang sinasabi: walang makapagsabi kung alin ang totoo. Mag-iwan ng isa sa "record".',
  'source_message.too_large':
    'Dumating ito na may {size} character. Hindi itinatago rito ang teksto nito para sa pagsubok ng hugis: hanggang {most} lang iyon.',
  'source_message.draft': 'Hindi pa nakabukas ang source.',
};
