/**
 * What the command line hands over with `emit`: the ids that the events are to have on the first line, then the
 * events. The ids are chosen before they are sent, so that events which the engine stored before the connection
 * broke are known again when they come a second time, from the spool folder.
 */
import { z } from 'zod';
import type { EventId } from '../../../shared/domain.ts';
import { eventId } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { IntakeRefusal } from '../intake/refusal.ts';

const eventIds = z.array(eventId);
const lineEnd = 0x0a;

export const emitBody = (ids: readonly EventId[], events: string): string => `${JSON.stringify(ids)}\n${events}`;

/** @throws IntakeRefusal 400 where the first line holds no ids */
export function readEmitBody(body: Buffer): { readonly ids: readonly EventId[]; readonly events: Buffer } {
  const end = body.indexOf(lineEnd);
  try {
    return { ids: eventIds.parse(JSON.parse(body.toString('utf8', 0, end))), events: body.subarray(end + 1) };
  } catch (cause) {
    const expected = "the events' ids, as a JSON array on a line of their own";
    throw new IntakeRefusal(400, 'bad_member', sentence('refusal.no_ids'), { member: 'body', expected, cause });
  }
}
