/**
 * Engines for groups as their public documentation has them: what they take of an event, their key, their tenant, and what
 * they answer. Each knows one tenant, `prop_test`, and one kind of event, `booking.created`.
 */
import { z } from 'zod';
import type { Answer } from './answers.ts';
import type { Answering, ReceivedRequest } from './receiver.ts';

const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const tenant = 'prop_test';
const topic = 'booking.created';
const data = z.record(z.string(), z.unknown());
/** The four members of the contract. */
const event = z.strictObject({ event: z.string(), timestamp: z.iso.datetime(), data, property_id: z.string() });

/** Asks for the login and the schema first; an id that it knows is answered with `known`. */
function service<Schema extends z.ZodType>(asks: {
  readonly authorization: string;
  readonly schema: Schema;
  readonly idOf: (body: z.output<Schema>) => string;
  readonly takes: (body: z.output<Schema>, known: boolean) => Answer;
}): Answering {
  const seen = new Set<string>();
  return ({ headers, text, method }: ReceivedRequest) => {
    if (headers.authorization !== asks.authorization) return json(401, { message: 'unauthorized' });
    if (method !== 'POST' || headers['content-type'] !== 'application/json') return json(415, {});
    const parsed = asks.schema.safeParse(JSON.parse(text));
    if (!parsed.success) return json(422, { message: z.prettifyError(parsed.error) });
    const id = asks.idOf(parsed.data);
    const known = seen.has(id);
    seen.add(id);
    return asks.takes(parsed.data, known);
  };
}

/** https://outpost.hookdeck.com/docs/publishing/publish, and as Outpost 1.2 answered. */
export const outpostService = (): Answering =>
  service({
    authorization: 'Bearer key_outpost',
    schema: z.strictObject({
      id: z.string().startsWith('evt_'),
      tenant_id: z.string(),
      topic: z.string(),
      time: z.iso.datetime(),
      metadata: z.record(z.string(), z.string()),
      data,
    }),
    idOf: ({ id }) => id,
    takes: (body, duplicate) => {
      const isForSome = body.tenant_id === tenant && body.topic === topic && !duplicate;
      return json(202, { id: body.id, duplicate, destination_ids: isForSome ? ['des_1'] : [] });
    },
  });

/** https://api.svix.com/docs#tag/Message/operation/v1.message.create */
export const svixService = (): Answering =>
  service({
    authorization: 'Bearer key_svix',
    schema: z.strictObject({
      eventType: z.string().regex(/^[a-zA-Z0-9\-_.]+$/),
      eventId: z.string().regex(/^[a-zA-Z0-9\-_.]+$/),
      tags: z.tuple([z.literal(tenant)]),
      payload: event,
    }),
    idOf: ({ eventId }) => eventId,
    takes: ({ eventId }, known) =>
      known ? json(409, { code: 'message_exists', detail: 'exists' }) : json(202, { id: 'msg_1', eventId }),
  });

/** https://www.getconvoy.io/docs/api-reference/events/fan-out-an-event */
export const convoyService = (): Answering =>
  service({
    authorization: 'Bearer key_convoy',
    schema: z.strictObject({
      owner_id: z.literal(tenant),
      event_type: z.string(),
      idempotency_key: z.string().startsWith('evt_'),
      data: event,
    }),
    idOf: (body) => body.idempotency_key,
    takes: () => json(201, { status: true, message: 'Event created successfully' }),
  });

/** https://www.rabbitmq.com/docs/http-api-reference: one queue, bound to one kind of event. */
export const rabbitmqService = (): Answering =>
  service({
    authorization: `Basic ${Buffer.from('relay:s3cret-rabbit').toString('base64')}`,
    schema: z.strictObject({
      properties: z.strictObject({
        message_id: z.string().startsWith('evt_'),
        type: z.string(),
        content_type: z.literal('application/json'),
        delivery_mode: z.literal(2),
        timestamp: z.number().int(),
        headers: z.strictObject({ property_id: z.literal(tenant), test: z.boolean().optional() }),
      }),
      routing_key: z.string(),
      payload: z.string().refine((text) => event.safeParse(JSON.parse(text)).success),
      payload_encoding: z.literal('string'),
    }),
    idOf: ({ properties }) => properties.message_id,
    takes: (body) => json(200, { routed: body.routing_key === topic }),
  });
