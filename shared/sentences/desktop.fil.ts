/** The words of the tray, its menu and the desktop's own dialogs in Filipino. */
import type { desktopEn } from './desktop.en.ts';

export const desktopFil: Readonly<Record<keyof typeof desktopEn, string>> = {
  'tray.more': 'at {count} pa',
  'tray.last_event': 'Huling event: {lastAt}',
  'tray.no_event_yet': 'Wala pang event',
  'tray.open': 'Buksan ang Roost Relay',
  'tray.pause': 'Ihinto ang mga padala nang isang oras',
  'tray.resume': 'Ituloy ang mga padala',
  'tray.quit': 'Isara…',

  'desktop.quit.title': 'Isara ang Roost Relay?',
  'desktop.quit.detail':
    'Hangga’t hindi ito nabubuksan ulit, walang event na tatanggapin mula sa PMS at walang ipapadala. Ligtas sa PC na ito ang mga natanggap na at ipapadala pagkabukas ulit.',
  'desktop.quit.confirm': 'Isara',
  'desktop.quit.cancel': 'Hayaang gumana',
  'desktop.new_key.title': 'Bibitawan ba ang mga secret na hindi mabasa?',
  'desktop.new_key.detail':
    'Nawawala, sira, o hindi mabuksan ng user na ito sa PC na ito ang key na nagpoprotekta sa mga ito. Kapag itinuloy, gagawa ng bagong key, at kailangang ilagay ulit ang secret ng bawat endpoint. Itatabi ang lumang key; hindi apektado ang mga event.',
  'desktop.new_key.confirm': 'Gumawa ng bagong key',
  'desktop.new_key.cancel': 'Maghintay muna',
  'desktop.restore_last.title': 'I-restore ang huling backup?',
  'desktop.restore_last.detail':
    'Sira o nawawala ang database sa PC na ito, kaya hindi makapagsimula ang Roost Relay. Kapag itinuloy, papalit dito ang pinakabagong backup na buo. Dadalhin ang mababasa pa sa mga dumating pagkatapos nito, at sasabihin sa Ngayon ang hindi. Itatabi ang naroon ngayon.',
  'desktop.restore_last.confirm': 'I-restore ang huling backup',
  'desktop.restore_last.cancel': 'Huwag muna',
  'desktop.closed_to_tray.title': 'Patuloy na gumagana ang Roost Relay',
  'desktop.closed_to_tray.body': 'Makikita ito sa tray. Para ihinto, piliin doon ang Isara.',
  'desktop.start_failed.title': 'Hindi makapagsimula ang Roost Relay',
  'desktop.choose.page': 'I-save bilang PDF',
  'desktop.choose.export': 'I-export ang mga padala',
  'desktop.choose.backup': 'Mag-save ng backup',
  'desktop.choose.restore': 'Pumili ng backup',
  'desktop.choose.folder': 'Piliin ang folder na pinag-iiwanan ng mga file',
};
