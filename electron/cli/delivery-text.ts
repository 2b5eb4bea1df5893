/** One delivery with all its attempts, in plain words. */
import { remedyOfDelivery } from '../../shared/remedies.ts';
import type { Attempt, Delivery, DeliveryRow, Endpoint } from '../../shared/schemas.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import {
  attemptStateSaid,
  deliveryFace,
  deliveryStateSaid,
  goneSaid,
  isUncounted,
  saidOfDelivery,
} from '../../shared/told.ts';
import { inOrder, tryOf, trySaid } from '../../shared/tries.ts';
import type { AtProperty } from './at-property.ts';
import { stepText } from './endpoint-text.ts';
import { block, facts, type Shown, shown, summaryText, together } from './output.ts';

/** @param endpoint its own, as it is now; null where it was removed */
export function deliveryText(delivery: Delivery, endpoint: Endpoint | null, at: AtProperty): Shown {
  const step = {
    id: delivery.endpointId,
    name: delivery.endpointName,
    status: delivery.status ?? 0,
    sinceAt: endpoint?.trouble?.since ?? delivery.at,
  };
  const about = [summaryText(delivery.summary), delivery.entity?.id].filter((part) => part).join(', ');
  const gone = goneSaid(delivery);
  const head = facts([
    ['Delivery', delivery.id],
    ['Event', `${delivery.event} (${delivery.eventId})`],
    ['About', about === '' ? null : about],
    ['Endpoint', `${delivery.endpointName} (${delivery.endpointId})`],
    ['Address', delivery.address],
    ['PMS id', delivery.pmsId],
    [
      'State',
      delivery.toBench
        ? 'to the test bench: its endpoint did not get it'
        : `${at.state(deliveryStateSaid(delivery))}${delivery.reason === null || deliveryFace(delivery) !== delivery.state ? '' : ` (${delivery.reason.replaceAll('_', ' ')})`}`,
    ],
    ['Skipped', delivery.skipped && `by ${skippedBy(delivery.skipped.by)}, ${at.time(delivery.skipped.at)}`],
    // What it answered before is no reason of a person's.
    [
      delivery.skipped === null ? 'Why' : 'Last answer',
      delivery.sentence && at.all(delivery.sentence, saidOfDelivery(delivery)),
    ],
    ['To do', stepText(remedyOfDelivery(delivery, endpoint), step, at)],
    ['Resend', delivery.resendWaits === null ? null : `asked for; ${waitingWords(delivery)}`],
    ['Next try', delivery.nextAttemptAt === null ? null : at.time(delivery.nextAttemptAt)],
    ['Hints', delivery.hints.length === 0 ? null : delivery.hints.map(at.words).join('; ')],
  ]);
  return together(
    head,
    ...(gone === null ? [shown`\nBody\n`, block(delivery.body, '  ')] : [shown`\n${at.words(gone)}\n`]),
    ...inOrder(delivery.attemptsMade).map((attempt, index, all) => attemptText(attempt, all.slice(0, index), at)),
  );
}

const skippedBy = ({ account, surface }: NonNullable<Delivery['skipped']>['by']): string =>
  `${account === '' ? 'Roost Relay' : account} (${surface.replace('_', ' ')})`;

/** What came of asking for a delivery again. */
export function resentText(row: DeliveryRow): Shown {
  if (row.resendWaits === null || row.resendWaits === 'due') {
    return shown`${row.id} is being sent again to ${row.endpointName}, with the same event id.\n`;
  }
  return shown`${row.id} will be sent again to ${row.endpointName}, with the same event id: ${waitingWords(row)}. A restart does not forget it.\n`;
}

function waitingWords({ resendWaits, endpointName }: DeliveryRow): string {
  switch (resendWaits) {
    case 'offline':
      return 'it goes out as soon as the internet is back';
    case 'silence':
      return 'it goes out as soon as somebody out there answers again';
    case 'all_paused':
      return 'all deliveries are paused, and it goes out when they are resumed';
    case 'endpoint_paused':
      return `${endpointName} is paused, and it goes out when that is resumed`;
    case 'throttled':
      return `${endpointName} asked us to slow down, and it goes out after that`;
    default:
      return 'it is next in line';
  }
}

/** @param before of the same delivery, in order */
function attemptText(attempt: Attempt, before: readonly Attempt[], at: AtProperty): Shown {
  const { timings } = attempt;
  const state = attemptStateSaid(attempt);
  const came = [
    attempt.toBench ? 'to the test bench' : null,
    state && at.state(state),
    isUncounted(attempt) ? at.words(sentence('state.attempt.uncounted')) : null,
    attempt.status === null ? null : `answer ${attempt.status}`,
  ]
    .flatMap((part) => (part === null ? [] : [`, ${part}`]))
    .join('');
  const spans = timings && [
    ['DNS', timings.dnsMs],
    ['connect', timings.connectMs],
    ['TLS', timings.tlsMs],
    ['first byte', timings.firstByteMs],
    ['total', timings.totalMs],
  ];
  const times = spans
    ?.filter(([, ms]) => ms !== null)
    .map(([name, ms]) => `${name} ${Math.round(Number(ms))} ms`)
    .join(', ');
  return together(
    shown`\nAttempt ${attempt.ordinal}  ${at.time(attempt.startedAt)}  ${at.words(trySaid(tryOf(attempt, before)))}${came}\n`,
    attempt.sentence && shown`  ${at.words(attempt.sentence)}\n`,
    attempt.detail ? shown`  ${attempt.detail}\n` : null,
    times ? shown`  ${times}\n` : null,
    // One that was cut off has none that is known.
    attempt.requestHeaders.length > 0 ? shown`  Request\n` : null,
    ...attempt.requestHeaders.map(([name, value]) => shown`    ${name}: ${value}\n`),
    attempt.responseHeaders && shown`  Answer\n`,
    ...(attempt.responseHeaders ?? []).map(([name, value]) => shown`    ${name}: ${value}\n`),
    attempt.responseBody ? block(attempt.responseBody, '    ') : null,
    attempt.responseTruncated ? shown`    … (cut at 64 KiB)\n` : null,
  );
}
