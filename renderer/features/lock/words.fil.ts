import type { WordsLike } from '../../i18n/catalogue.ts';
import type { en } from './words.en.ts';

export const fil: WordsLike<typeof en> = {
  pin: 'PIN',
  'ask.title': 'Ilagay ang PIN',
  'ask.why':
    'May ipapakita o babaguhin ito na hindi para sa lahat ng gumagamit ng PC na ito. Hindi na ito itatanong sa loob ng dalawang minuto.',
  'ask.verb': 'Ituloy',
  'screen.title': 'Naka-lock',
  'screen.goesOn': 'Tuloy pa rin ang mga padala.',
  'screen.unlock': 'Buksan',
  'forgotten.title': 'Nakalimutan ang PIN?',
  'forgotten.text':
    'Maaalis ito ng nangangalaga sa PC na ito, gamit ang user na nagpapatakbo sa Roost Relay. Nakatala sa Mga ginawa na inalis ito.',
  'forgotten.command': 'Utos na nag-aalis ng PIN',

  'card.title': 'PIN at lock',
  'card.what':
    'Itinatanong bago ipakita o palitan ang isang secret, bago ang buong export, backup, sabay-sabay na muling pagpapadala, pagbabago ng tuntunin sa privacy, at bago kalimutan ang isang bisita.',
  'card.limits':
    'Binabantayan nito ang window na ito at ang nasa browser. Hindi nagtatanong ang command line: ang makapagpapatakbo nito sa PC na ito ay nakababasa ng data folder. Nakatala lahat sa Mga ginawa.',
  'card.set': 'Magtakda ng PIN…',
  'card.change': 'Palitan ang PIN…',
  'card.remove': 'Alisin ang PIN…',
  'card.lockNow': 'I-lock ngayon',
  'card.lockAfter': 'I-lock ang window kapag walang gumagamit',
  'card.lockAfterHint': 'Pati pagkagising ng PC. Tuloy ang tray at ang mga paalala.',
  'card.never': 'Hindi kailanman',
  'card.minutes': 'Pagkalipas ng {{count}} minuto',
  'card.backup': 'Nananatili ang PIN sa PC na ito: wala ito sa backup, at hindi ito ginagalaw ng pag-restore.',
  'set.present': 'Kasalukuyang PIN',
  'set.new': 'Bagong PIN',
  'set.newHint': '4 hanggang 12 numero',
  'set.again': 'Ulitin ito',
  'set.differs': 'Hindi magkapareho ang dalawa.',
  'set.done': 'Naitakda na ang PIN.',
  'remove.text': 'Wala nang magtatanong nito, at hindi na magla-lock ang mga window.',
  'remove.verb': 'Alisin',
  'remove.done': 'Inalis na ang PIN.',
};
