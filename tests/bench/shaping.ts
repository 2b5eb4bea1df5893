/** What shapes and rules take of the thread that they run on, an event, beside `JSON.parse` and `stringify` of the same. */
import { behaviourOf } from '../../electron/engine/endpoints/kinds/index.ts';
import { compileRules, type EventToMatch } from '../../electron/engine/shaping/rules.ts';
import type { ShapeScope } from '../../electron/engine/shaping/scope.ts';
import { compileShape, isShapeProblem } from '../../electron/engine/shaping/shape.ts';
import { chatPresets } from '../../shared/endpoint-kinds/chat-presets.ts';
import { endpointKindNames, kindNamed, usualOptionsOf } from '../../shared/endpoint-kinds/index.ts';
import { type EventType, isEventType } from '../../shared/events.ts';
import { startEngineUnderTest } from './engine-under-test.ts';
import { eventNumber } from './events.ts';
import { startPlainReceiver } from './plain-receiver.ts';
import { postAll, postAtRate } from './posting.ts';
import type { Measured } from './report.ts';
import { barePostsElsewhere, batches } from './throughput.ts';
import { watched, watching } from './watched.ts';

/** An operator's own, of the size that they are. */
const own = `{
  "id": "{{ event_id }}", "type": "{{ event }}", "at": "{{ timestamp }}", "hotel": "{{ property.name }}",
  "guest": "{{ data.guest_name }}", "room": {{ data.room.name | json }}, "total": {{ data.total | json }},
  "shown": "{{ data.total | money }}, {{ data.check_in | day }}, {{ data.check_in | nights: data.check_out }} nights",
  {% if data.items %}"items": [{% for item in data.items %}"{{ item.name | upcase }}"{% unless forloop.last %},{% endunless %}{% endfor %}],{% endif %}
  "data": {{ data | json }}
}`;

const rules = compileRules({
  match: 'all',
  of: [
    { path: 'data.status', is: 'is_not', value: 'cancelled' },
    { path: 'data.total', is: 'greater', value: 5000 },
    { path: 'data.room.name', is: 'contains', value: 'deluxe' },
  ],
});

/** What is asked of it: so many events a second, for so long. */
const paced = 1_000;
const pacedSeconds = 10;
/** Of them in a post. */
const inEach = 10;

/** Messages for Slack out of the whole engine to one endpoint: posted, stored, shaped at the attempt, sent. */
export async function measureShapedDelivery(events: number, nodeOptions: readonly string[]): Promise<Measured[]> {
  await using receiver = await startPlainReceiver();
  await using engine = await startEngineUnderTest({
    urls: [receiver.url(1)],
    kind: 'slack',
    ...watching,
    nodeOptions: [...watching.nodeOptions, ...nodeOptions],
  });
  const bare = await barePostsElsewhere([receiver.url(1)], Math.ceil(events / 2));
  receiver.reset();
  const { target } = engine;
  const warm = Math.ceil(events / 2);
  await postAll(target.port, batches(target, warm, 50, 'warm'), 2);
  await receiver.counted(warm);
  receiver.reset();
  await watched(engine);
  const began = performance.now();
  await postAll(target.port, batches(target, events, 50, 'shaped'), 4);
  await receiver.counted(events);
  const seconds = (performance.now() - began) / 1000;
  const loop = await watched(engine);
  receiver.reset();
  const count = paced * pacedSeconds;
  const requests = [...batches(target, count, inEach, 'paced')];
  const posted = await postAtRate(target.port, requests, paced / inEach, () => {});
  await receiver.counted(count);
  const calm = await watched(engine);
  const part = 'shaped for 1 endpoint';
  return [
    { part, what: 'end to end, deliveries', value: events / seconds, unit: '1/s', bare, goal: { atLeast: 1000 } },
    { part, what: 'as fast as it goes: most CPU time in a turn', value: loop.longestCpu, unit: 'ms' },
    { part, what: 'the same where nothing was collected', value: loop.longestOwnCpu, unit: 'ms' },
    {
      part,
      what: `${paced} a second, deliveries`,
      value: posted.perSecond * inEach,
      unit: '1/s',
      goal: { atLeast: 0.97 * paced },
    },
    {
      part,
      what: `${paced} a second: most CPU time in a turn`,
      value: calm.longestCpu,
      unit: 'ms',
      goal: { atMost: 20 },
    },
    { part, what: `${paced} a second: longest turn without its commit`, value: calm.longest, unit: 'ms' },
  ];
}

/** @param events how many of each */
export function measureShaping(events: number): Measured[] {
  const scopes = Array.from({ length: events }, (_, n) => scopeNumber(n));
  const bareMs = timed(scopes, ({ dataText }) => JSON.stringify(JSON.parse(dataText)).length);
  const shapes = [
    ["an operator's template", own],
    ['the message for Slack', chatPresets.slack],
    ['the card for Teams', chatPresets.teams],
  ] as const;
  const rates = shapes.flatMap(([what, template]): Measured[] => {
    const shape = compileShape(template, 'json');
    if (isShapeProblem(shape)) throw new Error(`line ${shape.line}: ${shape.why.key}`);
    const all = timed(scopes, (scope) => {
      const made = shape.render(scope);
      if (!made.ok) throw new Error(`line ${made.problem.line}: ${made.problem.why.key}`);
      return made.body.length;
    });
    return [
      {
        part: 'shaping',
        what: `${what}, events on one thread`,
        value: events / (all.wholeMs / 1000),
        unit: '/s',
        bare: events / (bareMs.wholeMs / 1000),
        goal: { atLeast: 1000 },
      },
      { part: 'shaping', what: `${what}, the longest event`, value: all.longestMs, unit: 'ms', goal: { atMost: 20 } },
    ];
  });
  const asked = timed(scopes, (scope) => Number(rules(scope)));
  const each = ({ wholeMs }: Timed) => (wholeMs * 1000) / events;
  return [
    ...rates,
    { part: 'shaping', what: 'three rules, an event', value: each(asked), unit: 'µs', bare: each(bareMs) },
  ];
}

/** What a kind cannot do without. */
const needed: Readonly<Record<string, object>> = {
  telegram: { chatId: '-1001234567890' },
  rabbitmq_http: { user: 'relay', password: 'secret-of-rabbit' },
  mail: { from: 'desk@hotel.example', to: 'manager@hotel.example' },
};

/** Each kind that makes a body of its own for each attempt, set up as it usually is. @param events how many of each */
export function measureKinds(events: number): Measured[] {
  const scopes = Array.from({ length: events }, (_, n) => scopeNumber(n));
  return endpointKindNames.flatMap((kind): Measured[] => {
    const behaviour = behaviourOf(kind);
    if (behaviour.isShared) return [];
    const config = kindNamed(kind).config.parse(needed[kind] ?? {});
    const setUp = { kind, options: usualOptionsOf(kind), config, secrets: [] };
    const all = timed(scopes, (scope) => {
      const made = behaviour.shape(scope, setUp);
      if (!made.ok) throw new Error(`${kind}: ${made.problem.why.key}`);
      return made.body.length;
    });
    const value = events / (all.wholeMs / 1000);
    return [
      { part: 'kinds', what: `${kind}, events on one thread`, value, unit: '/s', goal: { atLeast: 1000 } },
      { part: 'kinds', what: `${kind}, the longest event`, value: all.longestMs, unit: 'ms', goal: { atMost: 20 } },
    ];
  });
}

interface Timed {
  readonly wholeMs: number;
  /** Of the thread's own time: what the machine does besides is not the shape's. */
  readonly longestMs: number;
}

/** After a tenth of them, by which all is compiled. What comes out is used, so that it is not left out. */
function timed(scopes: readonly ShapeScope[], work: (scope: ShapeScope) => number): Timed {
  let used = 0;
  for (const scope of scopes.slice(0, scopes.length / 10)) used += work(scope);
  let longestMs = 0;
  const beganAll = performance.now();
  for (const scope of scopes) {
    const before = process.threadCpuUsage();
    used += work(scope);
    const { user, system } = process.threadCpuUsage(before);
    longestMs = Math.max(longestMs, (user + system) / 1000);
  }
  const wholeMs = performance.now() - beganAll;
  if (used < 0) throw new Error('nothing is shorter than empty');
  return { wholeMs, longestMs };
}

function scopeNumber(n: number): ShapeScope & EventToMatch {
  const { id, event, data } = eventNumber(n, 'shaping');
  if (!isEventType(event)) throw new Error(`not in the catalogue: ${event}`);
  return {
    event: event satisfies EventType,
    timestamp: '2024-03-15T10:30:00Z',
    dataText: JSON.stringify(data),
    propertyId: 'prop_1',
    eventId: id,
    test: false,
    property: { name: 'Casa Azul', currency: 'PHP', locale: 'en-PH', timeZone: 'Asia/Manila' },
  };
}
