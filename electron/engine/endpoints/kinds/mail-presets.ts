/**
 * What a mail says of an event unless a person writes it otherwise: a subject that tells all that most readers want, and
 * a line for each thing that the event brings. Templates like any other (`shaping/`), in the property's language.
 */
import type { MailConfig } from '../../../../shared/endpoint-kinds/mail.ts';
import type { EventType } from '../../../../shared/events.ts';

export interface MailTemplate {
  readonly subject: string;
  readonly text: string;
}

export type MailLanguage = MailConfig['language'];

/** A line's label in each language, and what stands behind it. */
type Line = readonly [en: string, fil: string, shown: string];

/** Where one PMS has an object, another has a text. */
const room = '{{ data.room.name | default: data.room_name | default: data.room_number | default: data.room_id }}';
const guest = '{{ data.guest_name | default: data.guest.name }}';
const item = '{{ data.name | default: data.sku | default: data.item_id }}';
const total = '{{ data.total | money: data.currency }}';
const amount = '{{ data.amount | money: data.currency }}';

/** `20 to 22 March`, `30 March to 2 April`, `March 20 to March 22`: as the locale writes a day. */
const stay = (to: string): string =>
  '{% if data.check_in and data.check_out %}' +
  "{% assign from = data.check_in | day %}{% assign first = from | slice: 0, 1 %}{% assign month = data.check_in | date: '%Y-%m' %}" +
  "{% assign until_month = data.check_out | date: '%Y-%m' %}" +
  "{% if month == until_month and '0123456789' contains first %}{{ data.check_in | date: '%-d' }}{% else %}{{ from }}{% endif %}" +
  ` ${to} {{ data.check_out | day }}{% endif %}`;

const booking: readonly Line[] = [
  ['Guest', 'Bisita', guest],
  ['Room', 'Kuwarto', room],
  ['Arrives', 'Darating', '{{ data.check_in | date }}'],
  ['Leaves', 'Aalis', '{{ data.check_out | date }}'],
  ['Nights', 'Gabi', '{{ data.nights }}'],
  ['Total', 'Kabuuan', total],
  ['Source', 'Mula sa', '{{ data.source }}'],
];
const bookingId: Line = ['Booking', 'Booking', '{{ data.booking_id }}'];
const stayIn: readonly Line[] = [
  ['Guest', 'Bisita', guest],
  ['Room', 'Kuwarto', room],
];
const order: readonly Line[] = [
  ['Outlet', 'Outlet', '{{ data.outlet }}'],
  [
    'Items',
    'Mga order',
    '{% for one in data.items %}{{ one.quantity | default: 1 }} × {{ one.name }}{% unless forloop.last %}, {% endunless %}{% endfor %}',
  ],
  ['Total', 'Kabuuan', total],
  ['Room', 'Kuwarto', '{{ data.room_id }}'],
];
const orderId: Line = ['Order', 'Order', '{{ data.order_id }}'];

interface Preset {
  readonly says: Readonly<Record<MailLanguage, string>>;
  /** Of the subject, behind what it is: those that are empty are left out. */
  readonly subject: (language: MailLanguage) => readonly string[];
  readonly lines: readonly Line[];
}

const ofBooking = (language: MailLanguage) => [guest, room, stay(language === 'fil' ? 'hanggang' : 'to'), total];
const ofGuest = () => [guest, room];
const ofOrder = () => ['{{ data.outlet }}', total];

const presets: Readonly<Record<EventType, Preset>> = {
  'booking.created': {
    says: { en: 'New booking', fil: 'Bagong booking' },
    subject: ofBooking,
    lines: [...booking, bookingId],
  },
  'booking.updated': {
    says: { en: 'Booking changed', fil: 'Binagong booking' },
    subject: ofBooking,
    lines: [...booking, ['Changed', 'Nabago', "{{ data.changed | join: ', ' }}"], bookingId],
  },
  'booking.cancelled': {
    says: { en: 'Booking cancelled', fil: 'Kinanselang booking' },
    subject: ofBooking,
    lines: [...booking, ['Reason', 'Dahilan', '{{ data.reason }}'], bookingId],
  },
  'guest.checkin': {
    says: { en: 'Check-in', fil: 'Check-in' },
    subject: ofGuest,
    lines: [...stayIn, ['Guests', 'Mga bisita', '{{ data.guests }}'], bookingId],
  },
  'guest.checkout': {
    says: { en: 'Check-out', fil: 'Check-out' },
    subject: ofGuest,
    lines: [...stayIn, ['Balance', 'Balanse', '{{ data.balance | money: data.currency }}'], bookingId],
  },
  'order.created': { says: { en: 'New order', fil: 'Bagong order' }, subject: ofOrder, lines: [...order, orderId] },
  'order.completed': {
    says: { en: 'Order paid', fil: 'Bayad na order' },
    subject: ofOrder,
    lines: [...order, ['Paid by', 'Binayaran sa', '{{ data.payment_method }}'], orderId],
  },
  'inventory.low': {
    says: { en: 'Item running low', fil: 'Paubos nang item' },
    subject: (language) => [
      item,
      language === 'fil' ? '{{ data.on_hand }} {{ data.unit }} na lang' : '{{ data.on_hand }} {{ data.unit }} left',
    ],
    lines: [
      ['Item', 'Item', item],
      ['On hand', 'Natitira', '{{ data.on_hand }} {{ data.unit }}'],
      ['Reorder at', 'Umorder sa', '{{ data.reorder_level }}'],
      ['SKU', 'SKU', '{{ data.sku }}'],
    ],
  },
  'payment.received': {
    says: { en: 'Payment received', fil: 'Natanggap na bayad' },
    subject: () => [amount, '{{ data.method }}'],
    lines: [
      ['Amount', 'Halaga', amount],
      ['Method', 'Paraan', '{{ data.method }}'],
      ['Reference', 'Reference', '{{ data.reference }}'],
      bookingId,
      ['Payment', 'Bayad', '{{ data.payment_id }}'],
    ],
  },
};

/** The template of a type of event. */
export function mailPreset(event: EventType, language: MailLanguage): MailTemplate {
  const { says, subject, lines } = presets[event];
  const parts = subject(language).map((shown) => unlessEmpty(shown, ', {{ part }}'));
  const labelled = lines.map(([en, fil, shown]) =>
    unlessEmpty(shown, `${language === 'fil' ? fil : en}: {{ part }}\n`),
  );
  const test = language === 'fil' ? 'Pagsubok' : 'Test';
  // What stands first is said with a colon, the rest with commas.
  const whole = `{% capture all %}${parts.join('')}{% endcapture %}${says[language]}{% if all != '' %}: {{ all | slice: 2, 500 }}{% endif %}`;
  return {
    subject: `{% if test %}${test}: {% endif %}${whole}`,
    text: `${whole}\n\n${labelled.join('')}\n{% if property.name %}{{ property.name }} · {% endif %}{{ timestamp | date }}, {{ timestamp | time }}\n`,
  };
}

const unlessEmpty = (shown: string, then: string): string =>
  `{% capture part %}${shown}{% endcapture %}{% assign part = part | strip %}{% if part != '' %}${then}{% endif %}`;
