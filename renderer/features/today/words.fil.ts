import type { WordsLike } from '../../i18n/catalogue.ts';
import type { en } from './words.en.ts';

export const fil: WordsLike<typeof en> = {
  since: '{{count}} event mula hatinggabi',
  sinceNone: 'walang event mula hatinggabi',

  'steps.title': 'Mga unang hakbang',
  'steps.done': 'tapos na',
  'steps.property': 'Pangalanan ang property',
  'steps.propertyText':
    'Sinasabi ng id nito sa tumatanggap kung saan galing ang event; ng time zone nito, kung ano ang “ngayong araw”.',
  'steps.propertyAct': 'Buksan ang mga setting',
  'steps.source': 'Ikonekta ang PMS',
  'steps.sourceText': 'Magkakaroon ito ng address sa PC na ito at ng token.',
  'steps.sourceAct': 'Magkonekta ng source',
  'steps.endpoint': 'Magdagdag ng endpoint',
  'steps.endpointText': 'Ang address na pupuntahan ng mga event. Subukan muna ito bago buksan.',
  'steps.endpointAct': 'Magdagdag ng endpoint',
  'steps.event': 'Papasukin ang unang event',
  'steps.eventText': 'May sample na maipe-paste sa pahina ng source, kasama na ang address ng PC na ito.',
  'steps.eventAct': 'Ipakita ang sample',

  'story.title': 'Ano ang nangyari ngayong araw',
  'story.interrupted': '{{count}} naputol na padala ang ipinadala ulit nang may parehong id, {{at}}.',

  'trouble.label': 'Mga dapat malaman',
  'trouble.same': 'Ganoon din ang {{count}} pa:',
  'trouble.trying': 'Sinusubukan na ang {{name}}.',
  'trouble.resumed': 'Lumalabas na ulit ang mga padala.',

  'endpoints.title': 'Mga endpoint',
  'endpoints.none': 'Wala pang endpoint: idagdag ang address na pupuntahan ng mga event ninyo.',
  'endpoints.add': 'Magdagdag ng endpoint',
  'endpoints.local': 'lokal na network',
  'endpoints.plain': 'plain HTTP, PC na ito',
  'endpoints.waiting': '{{count}} ang naghihintay',
  'endpoints.nextTry': 'susubukan ulit {{at}}',
  'endpoints.pausedBy': 'ni {{by}}, hanggang {{until}}',
  'endpoints.pausedUntil': 'hanggang {{until}}',
  'endpoints.pausedByOnly': 'ni {{by}}',
  'endpoints.benchUntil': 'ngayon: test bench, hanggang {{until}}',
  'endpoints.benchTook': '{{count}} sa test bench',
  'endpoints.notUsed': 'hindi pa ginagamit',
  'endpoints.noAnswer': 'wala pang naipadala',

  'sources.title': 'Mga source',
  'sources.none': 'Wala pang source: ikonekta ang PMS ninyo.',
  'sources.add': 'Magkonekta ng source',
  'sources.today': '{{count}} event ngayon',
  'sources.todayNone': 'wala pa ngayong araw',
  'sources.usual': 'karaniwang {{usual}} na sa ganitong oras, wala pa',
  'sources.usualSome': 'karaniwang {{usual}} na sa ganitong oras, {{count}} pa lang',

  'chart.title': 'Mga padala, huling 24 na oras',
  'chart.delivered': '{{count}} ang naihatid',
  'chart.failed': '{{count}} pagsubok ang pumalya',
  'chart.showTable': 'Ipakita bilang talahanayan',
  'chart.showChart': 'Ipakita bilang tsart',
  'chart.hour': 'Oras',
  'chart.deliveredColumn': 'Naihatid',
  'chart.failedColumn': 'Pumalyang pagsubok',
  'chart.empty': 'Walang naipadala nitong huling 24 na oras.',
};
