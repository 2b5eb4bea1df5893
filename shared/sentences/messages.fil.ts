/** What chat and mail say of an event, in Filipino; the same keys as in English, checked by the type. */
import type { messagesEn } from './messages.en.ts';

export const messagesFil: Readonly<Record<keyof typeof messagesEn, string>> = {
  'message.booking.created': 'Bagong booking',
  'message.booking.updated': 'Binago ang booking',
  'message.booking.cancelled': 'Kinansela ang booking',
  'message.guest.checkin': 'Nag-check in',
  'message.guest.checkout': 'Nag-check out',
  'message.order.created': 'Bagong order',
  'message.order.completed': 'Bayad na ang order',
  'message.inventory.low': 'Paubos na ang stock',
  'message.payment.received': 'May natanggap na bayad',
  'message.relay.endpoint_failing': 'May endpoint na hindi gumagana',
  'message.relay.endpoint_recovered': 'Gumagana na ulit ang endpoint',
  'message.relay.needs_attention': 'Kailangang asikasuhin',
  'message.relay.source_quiet': 'Tahimik ang source',
  'message.relay.offline_over': 'May internet na ulit',
  'message.relay.disk': 'Disk',
  'message.relay.restore_waiting': 'Naghihintay ang restore',
  'message.relay.this_pc': 'Ang PC na ito',
  'message.relay.week': 'Pahina tuwing Lunes',
  'message.test': 'Subok: {what}',
  'message.stay': '{from} hanggang {to}',
  'message.room': 'Kuwarto {code}',
  'message.table': 'Mesa {code}',
  'message.and_more': '{item} at {count} pa',
  'message.left': '{quantity} na lang',
};
