/** What an outage was and what became of the events, once it is over, in Filipino. */
import type { outagesEn } from './outages.en.ts';

export const outagesFil: Readonly<Record<keyof typeof outagesEn, string>> = {
  'outage.offline': 'Nawala ang internet mula {sinceAt} hanggang {untilAt}.',
  'outage.offline.short': 'Nawala ang internet nang {lastedMs} noong {sinceAt}.',
  'outage.sign_in_page': 'Humingi ng sign-in ang Wi-Fi mula {sinceAt} hanggang {untilAt}.',
  'outage.sign_in_page.short': 'Humingi ng sign-in ang Wi-Fi nang {lastedMs} noong {sinceAt}.',
  'outage.interception': 'May humarang sa mga secure na koneksiyon mula {sinceAt} hanggang {untilAt}.',
  'outage.interception.short': 'May humarang sa mga secure na koneksiyon nang {lastedMs} noong {sinceAt}.',
  'outage.proxy': 'Hindi pinadaan ng proxy ng opisina ang Roost Relay mula {sinceAt} hanggang {untilAt}.',
  'outage.proxy.short': 'Hindi pinadaan ng proxy ng opisina ang Roost Relay nang {lastedMs} noong {sinceAt}.',
  'outage.clock': 'Mali ang orasan ng PC na ito mula {sinceAt} hanggang {untilAt}.',
  'outage.clock.short': 'Mali ang orasan ng PC na ito nang {lastedMs} noong {sinceAt}.',
  'outage.clock.set': 'Mali ang orasan ng PC na ito hanggang ibinalik ito sa {untilAt}.',
  'outage.local_network':
    'Hindi naabot ng PC na ito ang {hosts} sa sariling network ng property mula {sinceAt} hanggang {untilAt}.',
  'outage.local_network.short':
    'Hindi naabot ng PC na ito ang {hosts} sa sariling network ng property nang {lastedMs} noong {sinceAt}.',
  'outage.receiver': 'Walang tinanggap ang {name} mula {sinceAt} hanggang {untilAt}.',
  'outage.receiver.short': 'Walang tinanggap ang {name} nang {lastedMs} noong {sinceAt}.',
  'outage.none': 'Walang event na kinailangang maghintay.',
  'outage.out_one': 'Naitago ang event na naghintay at naihatid bago mag-{byAt}.',
  'outage.out_other': 'Naitago at naihatid ang lahat ng {count} event bago mag-{byAt}.',
  'outage.skipped_one': 'Nilaktawan ang event na naghintay.',
  'outage.skipped_other': 'Nilaktawan ang lahat ng {count} event na naghintay.',
  'outage.skipped_for_some': 'Nilaktawan ang event na naghintay para sa ilan, at naihatid sa iba bago mag-{byAt}.',
  'outage.some_skipped_one': 'Sa {events} event na naghintay, isa ang nilaktawan; naihatid ang iba bago mag-{byAt}.',
  'outage.some_skipped_other':
    'Sa {events} event na naghintay, {count} ang nilaktawan; naihatid ang iba bago mag-{byAt}.',
  'outage.left_one': '{count} sa {events} event na naghintay ang narito pa.',
  'outage.left_other': '{count} sa {events} event na naghintay ang narito pa.',
  'outage.left_all_one': 'Narito pa ang event na naghintay.',
  'outage.left_all_other': 'Narito pa ang {count} event na naghintay.',
  'outage.not_everywhere_one': '{count} sa {events} event na naghintay ang hindi pa nakarating sa lahat.',
  'outage.not_everywhere_other': '{count} sa {events} event na naghintay ang hindi pa nakarating sa lahat.',
  'outage.nowhere_yet_one': 'Hindi pa nakarating sa lahat ang event na naghintay.',
  'outage.nowhere_yet_other': 'Wala pa sa {count} event na naghintay ang nakarating sa lahat.',
  'outage.asking_one': 'Isa ang nangangailangan ng tao.',
  'outage.asking_other': '{count} ang nangangailangan ng tao.',
};
