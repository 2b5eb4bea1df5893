/**
 * Notices as events: what Roost Relay says of itself goes to every endpoint that asks for it by name, but the one that it
 * is about, and is stored and delivered as any event is. What one endpoint's trouble has grown to is not said again: two
 * endpoints that refuse what is said of each other would go on for ever.
 */
import { type EventId, utcMs } from '../../../shared/domain.ts';
import type { EventType } from '../../../shared/events.ts';
import { conditionTypes, type NoticeData, type NoticeType } from '../../../shared/notices.ts';
import type { Settings } from '../../../shared/schemas.ts';
import { renderSentence } from '../../../shared/sentences/index.ts';
import type { NewEvent } from '../store/events.ts';
import type { SaidNotice } from './decisions.ts';
import { ownEvent } from './own-event.ts';

export interface NoticeEvents {
  /** Whether any endpoint asks for any. */
  isWanted(): boolean;
  /** Stores what is wanted of it; inside a transaction. @returns how many events it became */
  record(said: readonly SaidNotice[]): number;
}

export interface NoticeEventParts {
  readonly recordEvent: (event: NewEvent) => unknown;
  /** The numbers of endpoints that get events of a type. */
  readonly wanting: (type: EventType) => readonly number[];
  /** Of an endpoint's or a source's id: what an endpoint is called, and its number; undefined where it is none. */
  readonly endpointOf: (id: string) => { readonly no: number; readonly name: string } | undefined;
  /** What events of the property say that it is. */
  readonly propertyId: () => string;
  readonly settings: () => Settings;
  readonly nextId: (wallMs: number) => EventId;
  readonly wallMs: () => number;
}

/** Of an outage only its end can be told: what is said while it lasts does not arrive. */
const isSaidAtItsEnd = new Set(['offline', 'silence', 'captive_portal', 'local_network', 'proxy', 'tls_interception']);

const byCondition: Readonly<Record<string, NoticeType>> = {
  endpoint_failing: 'relay.endpoint_failing',
  endpoint_gone: 'relay.endpoint_failing',
  endpoint_slow_down: 'relay.endpoint_failing',
  endpoint_recovered: 'relay.endpoint_recovered',
  delivery_needs_attention: 'relay.needs_attention',
  events_too_old: 'relay.needs_attention',
  mail_partly: 'relay.needs_attention',
  source_quiet: 'relay.source_quiet',
  source_away: 'relay.source_quiet',
  disk_full: 'relay.disk',
  disk_low: 'relay.disk',
  disk_read_only: 'relay.disk',
  disk_no_rights: 'relay.disk',
  restore_pending: 'relay.restore_waiting',
  restored_set_up: 'relay.restore_waiting',
  restored: 'relay.restore_waiting',
};

/** The type of event that a notice is; null where it is none. */
export function noticeTypeOf({ condition: { kind, about }, occasion }: SaidNotice): NoticeType | null {
  if (isSaidAtItsEnd.has(kind)) return occasion === 'over' ? 'relay.offline_over' : null;
  const type = byCondition[kind] ?? 'relay.this_pc';
  const ofOne = about !== null && type !== 'relay.source_quiet';
  return occasion === 'grown' && ofOne ? null : type;
}

export function createNoticeEvents(parts: NoticeEventParts): NoticeEvents {
  const { recordEvent, wanting, endpointOf, propertyId, settings, nextId, wallMs } = parts;

  function record(said: SaidNotice): boolean {
    const type = noticeTypeOf(said);
    if (type === null) return false;
    const about = said.condition.about === null ? undefined : endpointOf(said.condition.about);
    if (!wanting(type).some((no) => no !== about?.no)) return false;
    const at = utcMs(Math.round(wallMs()));
    const data = dataOf(said, about?.name ?? null, settings(), at);
    recordEvent(
      ownEvent({
        id: nextId(at),
        type,
        propertyId: propertyId(),
        about: `${said.condition.about ?? said.condition.kind}`,
        atMs: at,
        data,
        notTo: about?.no,
      }),
    );
    return true;
  }

  return {
    isWanted: () => conditionTypes.some((type) => wanting(type).length > 0),
    record: (said) => said.filter(record).length,
  };
}

/** Without what a receiver said in its own words: that is nobody else's. */
function dataOf(
  { notice, condition, occasion }: SaidNotice,
  endpointName: string | null,
  { notify: { language }, timeZone }: Settings,
  now: number,
): NoticeData {
  const { id, kind, tone, turn, since, about, said, incident = id, isEnd } = condition;
  const [title, ...further] = [notice.title, ...notice.body.filter((sentence) => sentence !== said)].map((sentence) =>
    renderSentence(sentence, language, { timeZone, now }),
  );
  return {
    condition: kind,
    incident,
    said: isEnd && occasion === 'first' ? 'over' : occasion,
    title: title ?? '',
    text: further.join(' '),
    language,
    tone: occasion === 'over' ? 'fine' : tone,
    turn: occasion === 'over' ? 'nobody' : turn,
    since: since === null ? null : new Date(since).toISOString(),
    endpoint_id: endpointName === null ? null : about,
    endpoint_name: endpointName,
  };
}
