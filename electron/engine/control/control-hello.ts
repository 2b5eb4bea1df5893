/**
 * Whether the engine of `control.json` is who answers at its port: asked before it is told anything. An engine that was
 * killed leaves its file behind, and whoever on this PC takes the port over would be handed the token, a guest's event,
 * an endpoint's secret. Only who knows the token can answer a challenge.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ControlFile } from './control-file.ts';

export const helloPath = '/control/hello';
/** Asks an engine to end, so that another can have its folder. */
export const giveWayPath = '/control/give-way';

/** As `introduce` makes them. */
export const challengePattern = /^[\w-]{43}$/;

/** Words before the challenge: what is answered here is good for nothing else. */
export const proofOf = (token: string, challenge: string): string =>
  createHmac('sha256', token).update(`roost-relay control ${challenge}`).digest('base64url');

/**
 * @returns false where somebody else answers
 * @throws what `fetch` throws, where nobody does
 */
export async function isThatEngine({ port, token }: ControlFile, signal: AbortSignal): Promise<boolean> {
  const challenge = randomBytes(32).toString('base64url');
  const response = await fetch(`http://127.0.0.1:${port}${helloPath}?challenge=${challenge}`, {
    method: 'POST',
    redirect: 'manual',
    signal,
  });
  const expected = Buffer.from(proofOf(token, challenge));
  const answered = Buffer.from(await beginningOf(response, expected.length));
  return answered.length === expected.length && timingSafeEqual(answered, expected);
}

/** Of a stranger's answer, which may have no end. */
async function beginningOf(response: Response, most: number): Promise<string> {
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += Buffer.from(bytes).toString('latin1');
    if (text.length > most) break;
  }
  return text;
}
