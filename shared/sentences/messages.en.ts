/** What chat and mail say of an event, in English. */
export const messagesEn = {
  'message.booking.created': 'New booking',
  'message.booking.updated': 'Booking changed',
  'message.booking.cancelled': 'Booking cancelled',
  'message.guest.checkin': 'Checked in',
  'message.guest.checkout': 'Checked out',
  'message.order.created': 'New order',
  'message.order.completed': 'Order paid',
  'message.inventory.low': 'Low stock',
  'message.payment.received': 'Payment received',
  'message.test': 'Test: {what}',
  'message.stay': '{from} to {to}',
  'message.left': '{quantity} left',
} as const;
