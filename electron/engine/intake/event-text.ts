/** One event as a PMS would post it, with `data` put in as text, so that its bytes stay as they came. */
import { sentence } from '../../../shared/sentences/sentence.ts';
import { IntakeRefusal } from './refusal.ts';

export interface EventParts {
  readonly event: string;
  readonly dataText: string;
  readonly id?: string | undefined;
  readonly timestamp?: string | undefined;
  readonly propertyId?: string | undefined;
}

/** @throws IntakeRefusal 400 where `dataText` is no JSON: it could end `data` early and go on with members of its own */
export function eventText({ event, dataText, id, timestamp, propertyId }: EventParts): string {
  try {
    JSON.parse(dataText);
  } catch (cause) {
    throw new IntakeRefusal(400, 'not_json', sentence('refusal.not_json', { member: 'data' }), {
      member: 'data',
      expected: 'a JSON object',
      cause,
    });
  }
  const head = JSON.stringify({ event, id, timestamp, property_id: propertyId });
  return `${head.slice(0, -1)},"data":${dataText}}`;
}
