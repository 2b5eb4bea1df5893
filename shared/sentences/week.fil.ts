import type { weekEn } from './week.en.ts';

/** Ang mga salita ng pahina tuwing Lunes, sa Filipino. */
export const weekFil: Readonly<Record<keyof typeof weekEn, string>> = {
  'week.title': 'Ang linggo',
  'week.span': '{from} hanggang {to}',
  'week.of': '{property}, {from} hanggang {to}',
  'week.events': 'Mga event na dumating',
  'week.none': 'Wala.',
  'week.guests': 'Mga bisita',
  'week.checked_in': 'Mga booking na nag-check-in',
  'week.checked_out': 'Mga booking na nag-check-out',
  'week.money': 'Pera, ayon sa mga event',
  'week.money_note': 'Hiwalay ang bawat uri ng event: hindi pinagsasama ang order at ang bayad nito.',
  'week.unread_amounts': 'Wala sa mga suma: mga halagang hindi nabasa',
  'week.deliveries': 'Ang kinahinatnan',
  'week.delivered': 'Naihatid',
  'week.first_try': 'Sa mga iyon, sa unang subok',
  'week.waiting': 'Naghihintay pa',
  'week.attention': 'May kailangang tao',
  'week.bench': 'Sa test bench, hindi sa tumatanggap',
  'week.cancelled': 'Nilaktawan o kinansela',
  'week.unwanted': 'Mga event na walang gustong tumanggap',
  'week.slowest': 'Pinakamabagal na tumatanggap',
  'week.slowest_took': '{took}, ang gitna sa {count}',
  'week.outages': 'Mga pagkaantala',
};
