/**
 * Every kind that goes out over HTTP is signed over the bytes that are sent: a ready-made library verifies each, in
 * JavaScript and, where Python has it (`pip install standardwebhooks`), in Python.
 */
import { spawnSync } from 'node:child_process';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endpointKindNames, isSigned } from '../../shared/endpoint-kinds/index.ts';
import { posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { isSignedWith, startReceiver } from '../support/receiver.ts';

/** What a kind cannot do without. */
const needed: Readonly<Record<string, Record<string, unknown>>> = {
  telegram: { chatId: '-1001234567890' },
  rabbitmq_http: { user: 'relay', password: 'secret-of-rabbit' },
  outpost: { token: 'token-of-outpost' },
  svix: { token: 'token-of-svix' },
  convoy: { token: 'token-of-convoy' },
  roost_relay: { token: 'token-of-headquarters' },
};

const python = process.env.PYTHON ?? 'python3';
const hasPython = spawnSync(python, ['-c', 'import standardwebhooks']).status === 0;
if (!hasPython) console.warn(`Skipped, aloud: ${python} has no standardwebhooks.`);

/** Says of each request whether the library takes it, and takes it with a blank more. */
const inPython = `
import json, sys
from standardwebhooks import Webhook, WebhookVerificationError
def takes(secret, body, headers):
    try:
        Webhook(secret).verify(body, headers, json_parse=False)
        return True
    except WebhookVerificationError:
        return False
print(json.dumps([[kind, takes(secret, body, headers), takes(secret, body + ' ', headers)]
    for kind, secret, body, headers in json.load(sys.stdin)]))
`;
const came: [kind: string, secret: string, body: string, headers: object][] = [];

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

it.each(endpointKindNames.filter(isSigned))('%s', async (kind) => {
  await using receiver = await startReceiver();
  const config = needed[kind];
  const more = { kind, events: ['order.created' as const], ...(config === undefined ? {} : { config }) };
  const { id, secret } = await engine.addEndpoint(receiver, more);
  const event = await posted(engine, 'order.created', { order_id: `or_${kind}`, outlet: 'Bar “Ñ”', total: 6000.5 });
  const [request] = await receiver.received(1);
  if (request === undefined) throw new Error('nothing came');
  const headers = request.headers as Record<string, string>;
  expect(() => new Webhook(secret).verify(request.text, headers)).not.toThrow();
  expect(() => new Webhook(secret).verify(`${request.text} `, headers)).toThrow();
  expect(headers['webhook-id']).toBe(event);
  expect(headers['x-roostsync-event-id']).toBe(event);
  expect(isSignedWith(request, secret)).toBe(true);
  came.push([kind, secret, request.text, headers]);
  await engine.call('endpoints.remove', { id });
});

it.runIf(hasPython)('the same in Python', () => {
  const { stdout, stderr } = spawnSync(python, ['-c', inPython], { input: JSON.stringify(came), encoding: 'utf8' });
  const said = JSON.parse(stdout || JSON.stringify(stderr)) as unknown;
  expect(said).toEqual(endpointKindNames.filter(isSigned).map((kind) => [kind, true, false]));
});
