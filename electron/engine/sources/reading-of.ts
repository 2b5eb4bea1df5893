/** How the messages of a source are read: by its shape, its types and its clocks. */
import type { Sentence } from '../../../shared/domain.ts';
import type { EventType } from '../../../shared/events.ts';
import type { Settings } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { presetOf } from '../../../shared/source-presets/index.ts';
import { effectiveShaping, readShaping, type SourceShaping } from '../../../shared/source-shaping.ts';
import type { JsonObject } from '../event-summary.ts';
import type { MessageReading } from '../intake/take.ts';
import { toUtcText } from '../intake/timestamp.ts';
import { backwardsStay } from '../shaping/message.ts';
import type { MessageScope } from '../shaping/scope.ts';
import { compileMessageShape, isShapeProblem, type ShapeProblem } from '../shaping/shape.ts';
import { utcOfSource } from '../source-time.ts';
import type { SourceRecord } from '../store/sources.ts';
import { openedRecord } from './kinds/fias/opened.ts';
import { isEnvelope, openedOutbox } from './reading/outbox-payload.ts';
import { openedXml } from './reading/posted-xml.ts';

/** Longer messages would hold up others while they are shaped, in characters. */
const longestShaped = 262_144;

/** What its shape sees of a message that its kind keeps in another form. */
function openedBy(kind: string, hasOwnShape: boolean): NonNullable<MessageReading['open']> {
  if (kind === 'fias') return openedRecord;
  return kind === 'sql' ? openedOutbox(hasOwnShape) : openedXml;
}

type ShapeOf = NonNullable<MessageReading['shape']>;
type Property = Pick<Settings, 'propertyName' | 'currency' | 'locale' | 'timeZone' | 'propertyId'>;

/** @param shaping instead of its own: as somebody tries one */
export function readingOf(
  record: Pick<SourceRecord, 'kind' | 'propertyId' | 'shaping' | 'draft'>,
  settings: Property,
  shaping: SourceShaping = readShaping(record.shaping),
): MessageReading {
  const { shape, types, numbers, times: chosen } = effectiveShaping(shaping);
  // A database's own times have no offset: unless a person says otherwise they are those of the property's clocks.
  const times = record.kind === 'sql' && shape === null && shaping.times === null ? 'property' : chosen;
  const zone = times === 'offset' ? null : times === 'utc' ? 'UTC' : settings.timeZone;
  const passesBy = (shapes: ShapeOf): ShapeOf => {
    if (record.kind !== 'sql' || shaping.preset === null) return shapes;
    return (raw) => {
      if (!isEnvelope(raw)) return shapes(raw);
      if (shaping.shape === null) return { text: raw };
      // A copy of the preset that somebody changed: what lacks its system's members passes it by as it does the preset.
      const made = shapes(raw);
      return 'trouble' in made && made.trouble.says.key === 'shape.missing_member' ? { text: raw } : made;
    };
  };
  return {
    isDraft: record.draft === 1,
    open: openedBy(record.kind, shaping.shape !== null),
    numbers,
    saysStates: shaping.shape === null && shaping.preset !== null && (presetOf(shaping.preset)?.saysStates ?? false),
    // What a program posts by our contract is its own word; what is read, or shaped, nobody has looked at.
    ...(shape === null && record.kind === 'http' ? {} : { refuses: refusesBackwards(settings) }),
    shape: shape === null ? null : passesBy(shapeBy(shape, { types, numbers }, record.propertyId, settings)),
    time: (value) => {
      if (shape === null && times === 'offset') return typeof value === 'string' ? toUtcText(value) : null;
      return typeof value === 'string' || typeof value === 'number' ? utcOfSource(String(value), zone) : null;
    },
  };
}

/** What is wrong with a shape before any message comes; null where it can be used. */
export function shapeProblem(shape: string): ShapeProblem | null {
  const compiled = compileMessageShape(shape);
  return isShapeProblem(compiled) ? compiled : null;
}

function shapeBy(
  template: string,
  tables: Pick<MessageScope, 'types' | 'numbers'>,
  ownProperty: string | null,
  { propertyId, propertyName, currency, locale, timeZone }: Property,
): ShapeOf {
  const compiled = compileMessageShape(template);
  const property = { name: propertyName === '' ? null : propertyName, currency, locale, timeZone };
  const wrong = ({ line, column, why }: ShapeProblem) => ({ trouble: { says: why, line, column, member: null } });
  return (raw) => {
    if (isShapeProblem(compiled)) return wrong(compiled);
    if (raw.length > longestShaped)
      return { trouble: plain(sentence('shape.message_too_long', { most: longestShaped })) };
    let made: ReturnType<typeof compiled.renderMessage>;
    try {
      made = compiled.renderMessage({ raw, ...tables, propertyId: ownProperty ?? propertyId, property });
    } catch {
      // What is no JSON is told as such by whoever reads it as our envelope.
      return { text: raw };
    }
    return made.ok ? { text: made.body } : wrong(made.problem);
  };
}

/** Of these a stay that ends before it begins is a mistake of whoever wrote it; nobody mends one that is cancelled. */
const ofStays: ReadonlySet<EventType> = new Set(['booking.created', 'booking.updated', 'guest.checkin']);

function refusesBackwards({
  propertyName: name,
  currency,
  locale,
  timeZone,
}: Property): NonNullable<MessageReading['refuses']> {
  const property = { name, currency, locale, timeZone };
  return ({ type, dataText }) => {
    const stay = ofStays.has(type) ? backwardsStay(JSON.parse(dataText) as JsonObject, property) : null;
    return stay === null ? null : sentence('refusal.stay_backwards', { from: stay.from, to: stay.to });
  };
}

const plain = (says: Sentence) => ({ says, member: null, line: null, column: null });
