/** Receivers that take only so much, as real ones limit. Time is the clock's that is given. */
import type { Answer, Answering } from './receiver.ts';

interface Limit {
  /** Null where it is over it, else what its headers say. */
  ask(nowMs: number): Record<string, string> | null;
  /** With a refusal. */
  refusal(nowMs: number): Answer;
}

/** Whole requests within a window that begins with its first one. */
export function fixedWindow(
  most: number,
  windowMs: number,
  tells: 'headers' | 'retry_after' | 'nothing' = 'nothing',
): Limit {
  let began = Number.NEGATIVE_INFINITY;
  let count = 0;
  const left = (nowMs: number) => String(Math.ceil((began + windowMs - nowMs) / 1000));
  const said = (nowMs: number): Record<string, string> =>
    tells === 'headers'
      ? {
          'ratelimit-limit': String(most),
          'ratelimit-remaining': String(Math.max(0, most - count)),
          'ratelimit-reset': left(nowMs),
        }
      : {};
  return {
    ask(nowMs) {
      if (nowMs >= began + windowMs) [began, count] = [nowMs, 0];
      count += 1;
      return count > most ? null : said(nowMs);
    },
    refusal: (nowMs) => ({
      status: 429,
      headers: { ...said(nowMs), ...(tells === 'nothing' ? {} : { 'retry-after': left(nowMs) }) },
    }),
  };
}

/** nginx's `limit_req` (ngx_http_limit_req_module): what is over the burst is refused with 503, and counts for nothing. */
export function limitReq(perSecond: number, burst: number): Limit {
  let excess = 0;
  let lastMs: number | null = null;
  return {
    ask(nowMs) {
      const next = lastMs === null ? 0 : Math.max(0, excess - ((nowMs - lastMs) / 1000) * perSecond + 1);
      if (next > burst + 1e-6) return null;
      [excess, lastMs] = [next, nowMs];
      return {};
    },
    refusal: () => ({ status: 503, body: '<html>503 Service Temporarily Unavailable nginx</html>' }),
  };
}

/** A bucket that is filled evenly; says of itself what the IETF's draft says. */
export function tokenBucket(size: number, perSecond: number): Limit {
  let tokens = size;
  let lastMs: number | null = null;
  const said = () => ({
    'ratelimit-policy': `"default";q=${size};w=${Math.round(size / perSecond)}`,
    ratelimit: `"default";r=${Math.floor(tokens)};t=${Math.ceil((1 - (tokens % 1)) / perSecond)}`,
  });
  return {
    ask(nowMs) {
      tokens = Math.min(size, tokens + (lastMs === null ? 0 : ((nowMs - lastMs) / 1000) * perSecond));
      lastMs = nowMs;
      if (tokens < 1) return null;
      tokens -= 1;
      return said();
    },
    refusal: () => ({ status: 429, headers: said() }),
  };
}

export interface Counted {
  taken: number;
  refused: number;
  readonly answering: Answering;
}

/** Answers by a limit and counts. */
export function limiting(limit: Limit, now: () => number): Counted {
  const counted: Counted = {
    taken: 0,
    refused: 0,
    answering: () => {
      const headers = limit.ask(now());
      if (headers === null) {
        counted.refused += 1;
        return limit.refusal(now());
      }
      counted.taken += 1;
      return { status: 200, headers };
    },
  };
  return counted;
}
