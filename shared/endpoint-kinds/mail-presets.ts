/**
 * What a mail says of an event unless a person writes it otherwise: as its subject the event in a line, as everywhere, and
 * in its text a line for each thing that the event brings. Templates like any other (`shaping/`).
 */
import type { MailConfig } from './mail.ts';

export interface MailTemplate {
  readonly subject: string;
  readonly text: string;
}

export type MailLanguage = MailConfig['language'];

/** A line's label in each language, and what stands behind it. */
type Line = readonly [en: string, fil: string, shown: string];

/** In the order of the text, for every type of event: a line whose member an event does not have is left out. */
const lines: readonly Line[] = [
  ['Guest', 'Bisita', '{{ data.guest_name | default: data.guest.name }}'],
  // Where one PMS has an object, another has a text.
  [
    'Room',
    'Kuwarto',
    '{{ data.room.name | default: data.room_name | default: data.room_number | default: data.room_id }}',
  ],
  ['Arrives', 'Darating', '{{ data.check_in | date }}'],
  ['Leaves', 'Aalis', '{{ data.check_out | date }}'],
  ['Nights', 'Gabi', '{{ data.nights }}'],
  ['Guests', 'Mga bisita', '{{ data.guests }}'],
  ['Outlet', 'Outlet', '{{ data.outlet }}'],
  [
    'Items',
    'Mga order',
    '{% for one in data.items %}{{ one.quantity | default: 1 }} × {{ one.name }}{% unless forloop.last %}, {% endunless %}{% endfor %}',
  ],
  ['Item', 'Item', '{{ data.name | default: data.sku }}'],
  ['On hand', 'Natitira', '{{ data.on_hand }} {{ data.unit }}'],
  ['Reorder at', 'Umorder sa', '{{ data.reorder_level }}'],
  ['SKU', 'SKU', '{{ data.sku }}'],
  ['Amount', 'Halaga', '{{ data.amount | money: data.currency }}'],
  ['Total', 'Kabuuan', '{{ data.total | money: data.currency }}'],
  ['Balance', 'Balanse', '{{ data.balance | money: data.currency }}'],
  ['Method', 'Paraan', '{{ data.method | default: data.payment_method }}'],
  ['Source', 'Mula sa', '{{ data.source }}'],
  ['Changed', 'Nabago', "{{ data.changed | join: ', ' }}"],
  ['Reason', 'Dahilan', '{{ data.reason }}'],
  ['Reference', 'Reference', '{{ data.reference }}'],
  ['Booking', 'Booking', '{{ data.booking_id }}'],
  ['Order', 'Order', '{{ data.order_id }}'],
  ['Payment', 'Bayad', '{{ data.payment_id }}'],
];

/** The template in a language; the event's own words come by the property's locale. */
export const mailPreset = (language: MailLanguage): MailTemplate => presets[language];

const presets: Readonly<Record<MailLanguage, MailTemplate>> = { en: presetIn('en'), fil: presetIn('fil') };

function presetIn(language: MailLanguage): MailTemplate {
  // A guest's name of several lines would make lines of its own, with a total of its own among them.
  const labelled = lines.map(([en, fil, shown]) =>
    unlessEmpty(shown, `${language === 'fil' ? fil : en}: {{ part | one_line }}\n`),
  );
  return {
    subject: '{{ message.subject }}',
    text: `{{ message.line }}\n\n${labelled.join('')}\n{% if property.name %}{{ property.name | one_line }} · {% endif %}{{ timestamp | date }}, {{ timestamp | time }}\n`,
  };
}

function unlessEmpty(shown: string, then: string): string {
  return `{% capture part %}${shown}{% endcapture %}{% assign part = part | strip %}{% if part != '' %}${then}{% endif %}`;
}
