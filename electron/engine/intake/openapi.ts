/** The OpenAPI document of the intake, made from the catalogue. */
import { catalogue, entityMembers, entityNames, eventTypes } from '../../../shared/events.ts';
import { intakePaths } from '../../../shared/intake-paths.ts';
import { mostEvents } from './messages.ts';
import { mostBytes } from './parse.ts';
import { refusalCodes } from './refusal.ts';
import { timestampExpected } from './timestamp.ts';

const answer = (description: string, schema: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
});

const retryLater = (description: string) => ({
  ...answer(description, 'Error'),
  headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
});

const postAnswers = {
  '202': answer('Stored: the events and their deliveries are on the disk.', 'Accepted'),
  '400': answer(
    'Something is wrong in the body; nothing of it was stored. The request is kept for its source, to be mended and taken in.',
    'Error',
  ),
  '401': answer('The token is missing, unknown or revoked.', 'Error'),
  '403': answer(
    'The request comes from a web page, names another host, or comes from an address not allowed.',
    'Error',
  ),
  '409': answer('The same key, of the request or of an event, came before with another content.', 'Error'),
  '413': answer(`More than ${mostBytes} bytes. The body is read to its end before this is answered.`, 'Error'),
  '415': answer('Another content type, character set or compression.', 'Error'),
  '429': retryLater('The disk is nearly full.'),
  '503': retryLater('Nothing can be stored now.'),
};

const requestBody = {
  required: true,
  description:
    'JSON, also as text/json. UTF-8, with or without a byte order mark; UTF-16, ISO-8859-1 and Windows-1252 where the charset is declared.',
  content: {
    'application/json': {
      schema: {
        oneOf: [
          { $ref: '#/components/schemas/Event' },
          { type: 'array', minItems: 1, maxItems: mostEvents, items: { $ref: '#/components/schemas/Event' } },
        ],
      },
      examples: Object.fromEntries(
        eventTypes.map((type) => [
          type,
          { summary: `Sent when ${catalogue[type].when}`, value: { event: type, data: catalogue[type].sample } },
        ]),
      ),
    },
    'application/x-ndjson': { schema: { type: 'string', description: `Up to ${mostEvents} events, one a line.` } },
  },
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Covers the whole request: the same key with the same body is stored once. The ids of its events are keys too.',
  schema: { type: 'string', maxLength: 255 },
};

const relayEventId = {
  name: 'X-RoostSync-Event-Id',
  in: 'header',
  description: "The event's id in another Roost Relay that hands it on: the same id is stored once.",
  schema: { type: 'string', maxLength: 255 },
};

const test = {
  name: 'X-RoostSync-Test',
  in: 'header',
  description: '`true`: it is checked, answered and shown with its source, and never stored.',
  schema: { type: 'string', enum: ['true'] },
};
const headers = [idempotencyKey, relayEventId, test];

const orderedBy = entityMembers
  .flatMap((member) => [...entityNames[member].members, ...entityNames[member].objects.map((name) => `${name}.id`)])
  .join(', ');

const securitySchemes = {
  sourceToken: { type: 'http', scheme: 'bearer' },
  basic: { type: 'http', scheme: 'basic', description: 'Any user, and the token as password.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
};

const schemas = {
  Event: {
    type: 'object',
    required: ['event', 'data'],
    additionalProperties: false,
    properties: {
      event: { enum: eventTypes },
      data: {
        type: 'object',
        description: `Reaches the receiver byte for byte; card numbers alone are masked. Kept in order by the first of these: ${orderedBy}, in camelCase too.`,
      },
      timestamp: {
        type: ['string', 'null'],
        format: 'date-time',
        description: `Now, unless given: ${timestampExpected}.`,
      },
      property_id: { type: ['string', 'number', 'null'], maxLength: 200, description: "The source's, unless given." },
      id: {
        type: ['string', 'number', 'null'],
        maxLength: 200,
        description: "The PMS's own id of the event: the same id is stored once. A number counts digit for digit.",
      },
    },
  },
  AcceptedEvent: {
    type: 'object',
    required: ['id', 'duplicate', 'masked'],
    properties: {
      id: { type: 'string', description: 'What the receiver gets as X-RoostSync-Event-Id.' },
      duplicate: { type: 'boolean', description: 'It came before, and was not stored again.' },
      masked: { type: 'integer', description: 'How many card numbers and card secrets were masked.' },
    },
  },
  Accepted: {
    oneOf: [
      { $ref: '#/components/schemas/AcceptedEvent' },
      {
        type: 'object',
        required: ['test', 'events'],
        description: 'The answer to a test: nothing was stored.',
        properties: { test: { const: true }, events: { type: 'integer' } },
      },
      {
        type: 'object',
        required: ['accepted', 'duplicate', 'masked', 'events'],
        properties: {
          accepted: { type: 'integer' },
          duplicate: { type: 'boolean' },
          masked: { type: 'integer' },
          events: { type: 'array', items: { $ref: '#/components/schemas/AcceptedEvent' } },
        },
      },
    ],
  },
  Error: {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['code', 'message'],
        properties: {
          code: { enum: refusalCodes },
          message: { type: 'string' },
          member: { type: 'string', examples: ['[17].data'] },
          expected: { type: 'string' },
        },
      },
    },
  },
};

/** OpenAPI 3.1, for this version of the app. */
export function openApiDocument(version: string): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Roost Relay intake', version, description: 'Where a PMS posts its events.' },
    paths: {
      [intakePaths.events]: {
        post: {
          operationId: 'postEvents',
          summary: 'Post one event, or many',
          security: [{ sourceToken: [] }, { basic: [] }, { apiKey: [] }],
          parameters: headers,
          requestBody,
          responses: postAnswers,
        },
      },
      [`${intakePaths.bySecret}{secret}`]: {
        post: {
          operationId: 'postEventsBySecretPath',
          summary:
            'The same, for a PMS that cannot set headers; the content type may be missing, text/plain or a form’s',
          parameters: [{ name: 'secret', in: 'path', required: true, schema: { type: 'string' } }, ...headers],
          requestBody,
          responses: postAnswers,
        },
      },
      [intakePaths.health]: {
        get: {
          operationId: 'health',
          summary: 'Whether the engine runs, and whether it takes events',
          responses: { '200': { description: 'It runs; `takes_events` is false while nothing can be stored.' } },
        },
      },
      [intakePaths.status]: {
        get: {
          operationId: 'status',
          summary: 'What waits, since when, and how the endpoints are',
          responses: { '200': { description: 'Counts only; no names and no data.' } },
        },
      },
    },
    components: { schemas, securitySchemes },
  };
}
