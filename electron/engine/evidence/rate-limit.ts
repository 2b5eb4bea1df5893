/**
 * What a receiver says of its own limits with an answer: `RateLimit` and `RateLimit-Policy` in the forms of the IETF's
 * drafts (draft-ietf-httpapi-ratelimit-headers, 03 to 10), `RateLimit-Remaining` and `-Reset`, and `X-RateLimit-*`.
 */
import type { UtcMs } from '../../../shared/domain.ts';
import { type HeaderPairs, headerValue } from './evidence.ts';
import { parseHttpDate } from './retry-after.ts';

export interface RateLimit {
  /** Requests that it still takes until then. */
  readonly remaining: number;
  /** How long from the answer until it takes more, in milliseconds. */
  readonly resetMs: number;
}

/** Longer than this, in milliseconds, no success makes us wait: what it says may be of something else. */
const longestWaitMs = 3_600_000;
/** Where it names no time. */
const usualWindowMs = 60_000;
const prefixes = ['ratelimit', 'x-ratelimit', 'x-rate-limit'];

/**
 * @param headers lower-case names
 * @param now the wall clock's time of the answer: some name a moment instead of a length of time
 * @returns null where it says nothing that can be read; the strictest where it says several things
 */
export function parseRateLimit(headers: HeaderPairs | null, now: UtcMs): RateLimit | null {
  if (headers === null || !headers.some(([name]) => name.includes('ratelimit') || name.includes('rate-limit'))) {
    return null;
  }
  const said = [...fieldLimits(headers), ...prefixes.flatMap((prefix) => separateLimits(headers, prefix, now))];
  return said.reduce<RateLimit | null>((strictest, each) => {
    if (strictest === null || each.remaining < strictest.remaining) return each;
    return each.remaining === strictest.remaining && each.resetMs > strictest.resetMs ? each : strictest;
  }, null);
}

/** `RateLimit: "default";r=50;t=30, "hour";r=900;t=1200`, and the older `limit=100, remaining=50, reset=5`. */
function fieldLimits(headers: HeaderPairs): RateLimit[] {
  const text = headerValue(headers, 'ratelimit');
  if (text === null) return [];
  const windowMs = policyWindowMs(headers);
  if (/\bremaining\s*=/i.test(text)) {
    return limitOf(numberIn(text, 'remaining'), secondsToMs(numberIn(text, 'reset')), windowMs);
  }
  return text.split(',').flatMap((each) => limitOf(numberIn(each, 'r'), secondsToMs(numberIn(each, 't')), windowMs));
}

function separateLimits(headers: HeaderPairs, prefix: string, now: UtcMs): RateLimit[] {
  const remaining = headerValue(headers, `${prefix}-remaining`);
  if (remaining === null) return [];
  const after = headerValue(headers, `${prefix}-reset-after`);
  const reset = headerValue(headers, `${prefix}-reset`);
  const resetMs = after === null ? resetIn(reset, headerValue(headers, 'date'), now) : secondsToMs(Number(after));
  return limitOf(Number.parseFloat(remaining), resetMs, policyWindowMs(headers, `${prefix}-limit`));
}

/** Seconds from now, a moment in seconds or milliseconds since 1970, or a date. */
function resetIn(text: string | null, serverDate: string | null, now: UtcMs): number | null {
  if (text === null || text.trim() === '') return null;
  const said = (serverDate === null ? null : parseHttpDate(serverDate, now)) ?? now;
  const value = Number(text);
  if (Number.isNaN(value)) {
    const at = parseHttpDate(text.trim(), now) ?? Date.parse(text);
    return Number.isNaN(at) ? null : at - said;
  }
  if (value > 1e11) return value - said;
  return value > 1e9 ? value * 1000 - said : value * 1000;
}

/** `RateLimit-Policy: 100;w=60`, or the same behind a `RateLimit-Limit`. */
function policyWindowMs(headers: HeaderPairs, limitName = 'ratelimit-limit'): number | null {
  const policy = headerValue(headers, 'ratelimit-policy') ?? headerValue(headers, limitName) ?? '';
  return secondsToMs(numberIn(policy, 'w'));
}

function numberIn(text: string, name: string): number | null {
  const found = new RegExp(`(?:^|[;,\\s])${name}\\s*=\\s*"?(\\d+(?:\\.\\d+)?)`, 'i').exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

const secondsToMs = (seconds: number | null) =>
  seconds === null || !Number.isFinite(seconds) ? null : Math.ceil(seconds * 1000);

function limitOf(remaining: number | null, resetMs: number | null, windowMs: number | null): RateLimit[] {
  if (remaining === null || !Number.isFinite(remaining)) return [];
  const ms = resetMs ?? windowMs ?? usualWindowMs;
  return [{ remaining: Math.max(0, Math.floor(remaining)), resetMs: Math.min(longestWaitMs, Math.max(0, ms)) }];
}
