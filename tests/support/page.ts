/** A page of the window without a browser: it signs in, meets the engine, and shows with each request whose it is. */
import { createHmac, randomBytes } from 'node:crypto';

export interface TestPage {
  readonly origin: string;
  /** `name=value`. */
  readonly cookie: string;
  readonly key: string;
  /** The answer to a challenge; the channel of a 200 is used from then on. */
  meet(challenge?: string): Promise<Response>;
  /** The cookie and the session's header for one request. Meets the engine before the first. */
  headers(path: string, body?: string, method?: string): Promise<Record<string, string>>;
  call(name: string, input: unknown, more?: Record<string, string>): Promise<Response>;
}

/** Who answers may have been started anew since the last request. */
const fresh = { connection: 'close' };

/** @param address a one-time address of the engine */
export async function openPage(address: string): Promise<TestPage> {
  const { origin } = new URL(address);
  const opened = await fetch(address, { redirect: 'manual', headers: fresh });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const key = /^\/#key=([\w-]{43})$/.exec(opened.headers.get('location') ?? '')?.[1] ?? '';
  let channel: string | null = null;
  let count = 0;

  const codeOf = (text: string) => createHmac('sha256', key).update(text).digest('base64url');

  async function meet(challenge = randomBytes(32).toString('base64url')): Promise<Response> {
    const answer = await fetch(`${origin}/session/meet?challenge=${challenge}`, {
      method: 'POST',
      headers: { cookie },
    });
    if (answer.status !== 200) return answer;
    const met = (await answer.clone().json()) as { channel: string; proof: string };
    if (met.proof !== codeOf(`roost-relay window engine ${origin} ${challenge} ${met.channel}`))
      throw new Error('a stranger');
    channel = met.channel;
    return answer;
  }

  async function headers(path: string, body = '', method = 'POST'): Promise<Record<string, string>> {
    if (channel === null) await meet();
    count += 1;
    const code = codeOf(`roost-relay window page ${origin} ${channel} ${count} ${method} ${path}\n${body}`);
    return { cookie, 'x-roost-relay': `${channel}.${count}.${code}` };
  }

  return {
    ...{ origin, cookie, key, meet, headers },
    async call(name, input, more = {}) {
      const [path, body] = [`/api/${name}`, JSON.stringify(input)];
      const own = await headers(path, body);
      return fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...own, ...fresh, ...more },
        body,
      });
    },
  };
}
