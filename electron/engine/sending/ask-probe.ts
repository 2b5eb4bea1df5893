/** Asks one address of the settings whether the internet is there, by the way and as the program that deliveries are sent by. */
import type { InternetCheck } from '../../../shared/internet-check.ts';
import { wallTime } from '../context.ts';
import { answerText } from '../evidence/answer-text.ts';
import type { ProbeAnswer } from '../evidence/probes.ts';
import type { Clock } from '../ports.ts';
import { notSent } from './not-sent.ts';
import type { ProxyChoice } from './proxy/proxy.ts';
import { hostAndPortOf } from './proxy/proxy-list.ts';
import { refusalOf } from './proxy/proxy-tunnel.ts';
import type { SignedSender } from './signed-sender.ts';

export interface ProbeParts {
  readonly clock: Clock;
  readonly sender: Pick<SignedSender, 'probe'>;
  readonly proxies: Pick<ProxyChoice, 'wayTo'>;
}

/** Never rejects: an address that could not even be asked says nothing. */
export async function askProbe(
  { clock, sender, proxies }: ProbeParts,
  { address }: InternetCheck,
): Promise<ProbeAnswer> {
  const proxy = await proxies.wayTo(address);
  const startedAt = wallTime(clock);
  const sent = await sender
    .probe({ url: address, proxy })
    .catch((error: unknown) => notSent('aborted', 'DEFECT', String(error)));
  return {
    status: sent.status,
    headers: sent.responseHeaders,
    text: answerText(sent.responseBody, sent.responseTruncated),
    error: proxy !== null && sent.status === 407 ? refusalOf(proxy, sent.responseHeaders) : sent.error,
    proxy: proxy === null ? null : hostAndPortOf(proxy),
    startedAt,
    endedAt: wallTime(clock),
  };
}
