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
  'message.test': 'Subok: {what}',
  'message.stay': '{from} hanggang {to}',
  'message.left': '{quantity} na lang',
};
