/** Whole deliveries as they leave: redacted, or for whoever asked for everything with what is secret taken out. */
import type { Attempt, Delivery } from '../../../shared/schemas.ts';
import { maskedValue } from '../masked-value.ts';
import type { EventRedaction } from '../privacy/redact.ts';

export interface EventOfDelivery {
  readonly type: string;
  readonly occurredAt: string;
  readonly propertyId: string;
}

/** The body that a webhook gets of this event, with what may leave of its data. */
const bodyOf = ({ type, occurredAt, propertyId }: EventOfDelivery, redaction: EventRedaction): string =>
  `{"event":${JSON.stringify(type)},"timestamp":${JSON.stringify(occurredAt)},` +
  `"data":${redaction.dataText()},"property_id":${JSON.stringify(propertyId)}}`;

/** Header names tell what was asked and answered; their values are tokens as often as not. */
const withoutValues = (headers: readonly (readonly [string, string])[]): [string, string][] =>
  headers.map(([name]) => [name, maskedValue]);

export function deliveryAsItLeaves(
  delivery: Delivery,
  event: EventOfDelivery,
  redaction: EventRedaction,
  full: boolean,
): Delivery {
  const { text, body, id } = redaction;
  const told = (sentence: Delivery['sentence']) => sentence && redaction.sentence(sentence);
  const attempt = (made: Attempt): Attempt => ({
    ...made,
    sentence: told(made.sentence),
    detail: made.detail && text(made.detail),
    requestHeaders: withoutValues(made.requestHeaders),
    responseHeaders: made.responseHeaders && withoutValues(made.responseHeaders),
    responseBody: made.responseBody && (full ? body(made.responseBody) : redaction.takenOut('answer')),
    sentBody: made.sentBody && (full ? body(made.sentBody) : redaction.takenOut('body')),
  });
  return {
    ...delivery,
    summary: redaction.summary(delivery.summary),
    entity: delivery.entity && { ...delivery.entity, id: redaction.about(delivery.entity) },
    body: bodyOf(event, redaction),
    pmsId: delivery.pmsId && id(delivery.pmsId),
    sentence: told(delivery.sentence),
    hints: delivery.hints.map(redaction.sentence),
    attemptsMade: delivery.attemptsMade.map(attempt),
  };
}
