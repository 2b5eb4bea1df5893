/** Something that Roost Relay says, as the event that its log, its queue and its receivers know. */
import { type EventId, utcMs } from '../../../shared/domain.ts';
import type { NoticeData, NoticeType } from '../../../shared/notices.ts';
import type { NewEvent } from '../store/events.ts';

export interface OwnNotice {
  readonly id: EventId;
  readonly type: NoticeType;
  readonly propertyId: string;
  /** What is said of one thing stays in order: that it is back must not come before that it was away. */
  readonly about: string;
  /** The wall clock's time. */
  readonly atMs: number;
  readonly data: NoticeData;
  /** The endpoint that it is about, and so never goes to. */
  readonly notTo?: number | undefined;
}

export const ownEvent = ({ id, type, propertyId, about, atMs, data, notTo }: OwnNotice): NewEvent => ({
  id,
  sourceNo: null,
  type,
  propertyId,
  entityMember: 'incident',
  entityId: about,
  occurredAt: new Date(atMs).toISOString(),
  receivedAt: utcMs(atMs),
  data: JSON.stringify(data),
  summary: { item: data.title },
  guest: null,
  hints: [],
  masked: 0,
  ...(notTo === undefined ? {} : { notTo }),
});
