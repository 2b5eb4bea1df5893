import type { WordsLike } from '../../i18n/catalogue.ts';
import type { en } from './words.en.ts';

export const fil: WordsLike<typeof en> = {
  title: 'I-export',
  note: 'mga padala bilang file',
  'what.title': 'Ano ang papasok sa file',
  'what.count': '{{shown}} padala ang tugma sa mga filter na ito.',
  'what.none': 'Walang tugma sa mga filter na ito. Luwagan ang mga ito para may ma-export.',
  'what.counting': 'Nagbibilang…',
  'what.show': 'Ipakita sa log',
  'format.label': 'Format',
  'format.csv': 'CSV, para sa spreadsheet',
  'format.jsonl': 'JSON Lines, para sa programa',
  'guests.title': 'Kasama sa file na ito ang datos ng mga bisita',
  'guests.text':
    'Laman ng file ang sinabi ng PMS: mga pangalan, pananatili, kuwarto, order at halaga. Nakatakip ang mga numero ng card, pero hindi ang iba. Itago ito kung saan ang makakabasa lang ay ang puwedeng bumasa ng PMS ninyo, at burahin kapag hindi na kailangan.',
  start: 'I-export sa file…',
  running: 'Pag-export',
  done: 'Tapos na ang pag-export.',
  'recent.title': 'Mga na-export mula nang magsimula',
  'recent.when': 'Kailan',
  'recent.state': 'Kalagayan',
  'recent.rows': 'Mga padala',
  'recent.file': 'File',
  'state.running': 'Tumatakbo',
  'state.paused': 'Nakahinto',
  'state.done': 'Tapos na',
  'state.cancelled': 'Itinigil',
  'state.failed': 'Pumalya',
};
