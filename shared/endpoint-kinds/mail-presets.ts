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
  ['Guest', 'Bisita', '{{ message.guest }}'],
  ['Room', 'Kuwarto', '{% if message.table == "" %}{{ message.room | default: data.room_id | plain }}{% endif %}'],
  ['Table', 'Mesa', '{{ message.table }}'],
  ['Arrives', 'Darating', '{{ message.arrives | date }}'],
  ['Leaves', 'Aalis', '{{ message.leaves | date }}'],
  ['Nights', 'Gabi', '{{ data.nights | plain }}'],
  ['Guests', 'Mga bisita', '{{ data.guests | plain }}'],
  ['Outlet', 'Outlet', '{{ message.outlet }}'],
  [
    'Items',
    'Mga order',
    '{% assign before = "" %}{% for one in data.items %}{% assign name = one.name | default: one | plain %}{% if name != "" %}{{ before }}{{ one.quantity | default: 1 | plain }} × {{ name }}{% assign before = ", " %}{% endif %}{% endfor %}',
  ],
  ['Item', 'Item', '{% unless data.items or message.item == data.sku %}{{ message.item }}{% endunless %}'],
  ['On hand', 'Natitira', '{{ data.on_hand | plain }} {{ data.unit | plain }}'],
  ['Reorder at', 'Umorder sa', '{{ data.reorder_level | plain }}'],
  ['SKU', 'SKU', '{{ data.sku | plain }}'],
  ['Amount', 'Halaga', sumOf('amount')],
  ['Total', 'Kabuuan', sumOf('total')],
  ['Balance', 'Balanse', sumOf('balance')],
  ['Method', 'Paraan', '{{ data.method | default: data.payment_method | plain }}'],
  ['Source', 'Mula sa', '{{ data.source | plain }}'],
  ['Changed', 'Nabago', "{{ data.changed | plain | join: ', ' }}"],
  ['Reason', 'Dahilan', '{{ data.reason | plain }}'],
  ['Reference', 'Reference', '{{ data.reference | plain }}'],
  ['Booking', 'Booking', '{{ data.booking_id | plain }}'],
  ['Order', 'Order', '{{ data.order_id | plain }}'],
  ['Payment', 'Bayad', '{{ data.payment_id | plain }}'],
];

/** As the first line of the mail says it, where it is of that; an event can have several. */
function sumOf(member: string): string {
  return `{% if message.amount_of == "${member}" %}{{ message.amount }}{% else %}{{ data.${member} | plain | money: message.currency }}{% endif %}`;
}

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
