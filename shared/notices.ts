/**
 * What Roost Relay says of itself, as events: conditions that a person should hear of who does not sit at this PC. Which
 * condition is which, and what `data` brings: `electron/engine/notices/`.
 */
import type { Tone } from './domain.ts';
import type { Turn } from './remedies.ts';

export const noticeTypes = [
  'relay.endpoint_failing',
  'relay.endpoint_recovered',
  'relay.needs_attention',
  'relay.source_quiet',
  'relay.offline_over',
  'relay.disk',
  'relay.restore_waiting',
  'relay.this_pc',
  'relay.week',
] as const;
export type NoticeType = (typeof noticeTypes)[number];

/** Monday's page is asked for by itself, the others are conditions that somebody should hear of. */
export const conditionTypes = noticeTypes.filter((type) => type !== 'relay.week');

export const isNoticeType = (text: string): text is NoticeType => (noticeTypes as readonly string[]).includes(text);

/** A notice's `data`, in the order in which it stands there. */
export interface NoticeData {
  /** The condition: `endpoint_failing`. */
  readonly condition: string;
  /** The same for all that is said of one incident: that it is there, that it still is, that it is over. */
  readonly incident: string;
  readonly said: 'first' | 'grown' | 'still' | 'over';
  /** A sentence for a manager, and further ones, in the language of the settings. */
  readonly title: string;
  readonly text: string;
  readonly language: 'en' | 'fil';
  readonly tone: Tone;
  readonly turn: Turn;
  /** UTC, ISO 8601; null where it is not known. */
  readonly since: string | null;
  readonly endpoint_id: string | null;
  readonly endpoint_name: string | null;
}

/** A notice as it would come, for tests and previews. */
export const noticeSample = (type: NoticeType, language: NoticeData['language'] = 'en'): NoticeData => {
  const { said, tone, turn, ofEndpoint, ends } = samples[type];
  const [title, text] = said[language];
  const condition = type.slice('relay.'.length);
  return {
    condition,
    incident: `${ends ?? condition}:sample`,
    said: ends === undefined ? 'first' : 'over',
    title,
    text,
    language,
    tone,
    turn,
    since: '2024-03-20T06:12:40.000Z',
    endpoint_id: null,
    endpoint_name: ofEndpoint ? 'Door locks' : null,
  };
};

interface Sampled extends Pick<NoticeData, 'tone' | 'turn'> {
  /** Title and text. */
  readonly said: Readonly<Record<NoticeData['language'], readonly [title: string, text: string]>>;
  readonly ofEndpoint?: true;
  /** The condition whose end it tells. */
  readonly ends?: string;
}

const samples: Readonly<Record<NoticeType, Sampled>> = {
  'relay.endpoint_failing': {
    said: {
      en: ['Door locks does not answer.', '5 events are safe and wait for it. Your IT helper should look at it.'],
      fil: [
        'Hindi sumasagot ang Door locks.',
        'Ligtas at naghihintay para rito ang 5 event. Dapat itong tingnan ng IT ninyo.',
      ],
    },
    ...{ tone: 'bad', turn: 'it_helper', ofEndpoint: true },
  },
  'relay.endpoint_recovered': {
    said: {
      en: ['Door locks works again.', 'All 5 events that waited went out.'],
      fil: ['Gumagana na ulit ang Door locks.', 'Naipadala na ang lahat ng 5 event na naghintay.'],
    },
    ...{ tone: 'fine', turn: 'nobody', ofEndpoint: true, ends: 'endpoint_failing' },
  },
  'relay.needs_attention': {
    said: {
      en: ['1 event needs attention: Door locks refused it.', 'Other events get through.'],
      fil: ['May 1 event na kailangan ng pansin: tinanggihan ito ng Door locks.', 'Nakararating ang ibang event.'],
    },
    ...{ tone: 'bad', turn: 'it_helper', ofEndpoint: true },
  },
  'relay.source_quiet': {
    said: {
      en: ['Front desk is quieter than usual.', 'Look whether the PMS still sends its events.'],
      fil: ['Mas tahimik kaysa karaniwan ang Front desk.', 'Tingnan kung nagpapadala pa ng mga event ang PMS.'],
    },
    ...{ tone: 'wait', turn: 'manager' },
  },
  'relay.offline_over': {
    said: {
      en: ['The internet is back. All 37 events that waited went out.', ''],
      fil: ['Bumalik na ang internet. Naipadala na ang lahat ng 37 event na naghintay.', ''],
    },
    ...{ tone: 'fine', turn: 'nobody', ends: 'offline' },
  },
  'relay.disk': {
    said: {
      en: ["This PC's disk is nearly full.", 'New events are refused before it is full. Make room.'],
      fil: [
        'Malapit nang mapuno ang disk ng PC na ito.',
        'Tatanggihan ang mga bagong event bago ito mapuno. Magbakante ng lugar.',
      ],
    },
    ...{ tone: 'bad', turn: 'manager' },
  },
  'relay.restore_waiting': {
    said: {
      en: ['A backup waits to be restored.', 'It takes the place of the present data when Roost Relay starts anew.'],
      fil: [
        'May backup na naghihintay na maibalik.',
        'Papalitan nito ang kasalukuyang data kapag nagsimula ulit ang Roost Relay.',
      ],
    },
    ...{ tone: 'wait', turn: 'manager' },
  },
  'relay.this_pc': {
    said: {
      en: ["This PC's clock is wrong.", 'Fix date and time.'],
      fil: ['Mali ang orasan ng PC na ito.', 'Ayusin ang petsa at oras.'],
    },
    ...{ tone: 'wait', turn: 'manager' },
  },
  'relay.week': {
    said: {
      en: [
        'The week: Bay Breeze Hotel, 11 March 2024 to 17 March 2024',
        'Events that came in\n  New booking: 41\n  Check-in: 38\n\nWhat became of it\n  Delivered: 158\n  Of these at the first try: 97.4 %',
      ],
      fil: [
        'Ang linggo: Bay Breeze Hotel, Marso 11, 2024 hanggang Marso 17, 2024',
        'Mga dumating na event\n  Bagong booking: 41\n  Check-in: 38\n\nAng nangyari sa mga ito\n  Naipadala: 158\n  Sa unang subok: 97.4 %',
      ],
    },
    ...{ tone: 'still', turn: 'nobody' },
  },
};
