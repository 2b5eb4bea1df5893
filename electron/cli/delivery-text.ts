/** One delivery with all its attempts, in plain words. */
import type { Attempt, Delivery, DeliveryRow } from '../../shared/schemas.ts';
import { inWords } from './endpoint-text.ts';
import { facts, localTime, summaryText } from './output.ts';

export function deliveryText(delivery: Delivery): string {
  const about = [summaryText(delivery.summary), delivery.entity?.id].filter((part) => part).join(', ');
  const head = facts([
    ['Delivery', delivery.id],
    ['Event', `${delivery.event} (${delivery.eventId})`],
    ['About', about === '' ? null : about],
    ['Endpoint', `${delivery.endpointName} (${delivery.endpointId})`],
    ['Address', delivery.address],
    [
      'State',
      delivery.toBench
        ? 'to the test bench: its endpoint did not get it'
        : `${delivery.state.replace('_', ' ')}${delivery.reason === null ? '' : ` (${delivery.reason.replaceAll('_', ' ')})`}`,
    ],
    ['Why', delivery.sentence === null ? null : inWords(delivery.sentence)],
    ['Resend', delivery.resendWaits === null ? null : `asked for; ${waitingWords(delivery)}`],
    ['Next try', delivery.nextAttemptAt === null ? null : localTime(delivery.nextAttemptAt)],
    ['Hints', delivery.hints.length === 0 ? null : delivery.hints.map(inWords).join('; ')],
  ]);
  const attempts = delivery.attemptsMade.map(attemptText).join('');
  return `${head}\nBody\n  ${delivery.body}\n${attempts}`;
}

/** What came of asking for a delivery again. */
export function resentText(row: DeliveryRow): string {
  if (row.resendWaits === null || row.resendWaits === 'due') {
    return `${row.id} is being sent again to ${row.endpointName}, with the same event id.\n`;
  }
  return `${row.id} will be sent again to ${row.endpointName}, with the same event id: ${waitingWords(row)}. A restart does not forget it.\n`;
}

function waitingWords({ resendWaits, endpointName }: DeliveryRow): string {
  switch (resendWaits) {
    case 'offline':
      return 'it goes out as soon as the internet is back';
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

function attemptText(attempt: Attempt): string {
  const { timings } = attempt;
  const status = attempt.status === null ? '' : `, answer ${attempt.status}`;
  const counts = `${attempt.toBench ? ', to the test bench' : ''}${attempt.counts ? '' : ', does not count'}`;
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
  const lines = [
    `\nAttempt ${attempt.ordinal}  ${localTime(attempt.startedAt)}  ${attempt.kind}${counts}${status}`,
    attempt.sentence && `  ${inWords(attempt.sentence)}`,
    attempt.detail && `  ${attempt.detail}`,
    times && `  ${times}`,
    '  Request',
    ...attempt.requestHeaders.map(([name, value]) => `    ${name}: ${value}`),
    attempt.responseHeaders && '  Answer',
    ...(attempt.responseHeaders ?? []).map(([name, value]) => `    ${name}: ${value}`),
    attempt.responseBody && `    ${attempt.responseBody}${attempt.responseTruncated ? ' … (cut at 64 KiB)' : ''}`,
  ];
  return `${lines.filter((line) => line).join('\n')}\n`;
}
