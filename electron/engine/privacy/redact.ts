/**
 * Redaction: what of an event may leave the property. Pure but for the pseudonyms, which are stable within one export.
 * What was taken out is named in brackets; `mark` lets a preview show where that is.
 */
import type { Sentence } from '../../../shared/domain.ts';
import type { EventType } from '../../../shared/events.ts';
import { literally } from '../../../shared/literally.ts';
import type { EventSummary, OwnPrivacyRule, Treatment } from '../../../shared/schemas.ts';
import { bookingsIn, createBookingNames } from './booking-names.ts';
import {
  isBlob,
  isDocumentNumber,
  isPlainValue,
  isSerialNumber,
  withoutLookalikes,
  withoutPaths,
  withoutTokens,
} from './looks-like.ts';
import {
  hasPeopleAsKeys,
  isMoney,
  isOfGoods,
  isOfPerson,
  isOfVocabulary,
  isThingOnItsWay,
  membersBy,
  memberWords,
  thingWords,
} from './members.ts';
import {
  createPseudonyms,
  isShortWord,
  type KnownNames,
  knownNames,
  knownOnceAsked,
  nameHeads,
  namesHeaded,
  namesTold,
} from './names.ts';
import { withoutPairs } from './pairs.ts';
import { withoutQuotes } from './quoted-words.ts';
import { entityAsItLeaves, summaryAsItLeaves } from './redact-columns.ts';
import { withoutShapedSecrets } from './secret-shapes.ts';
import { isOwnNumber, isTakenOut, memberOf, type Place, parsedWithDigits, placesIn, topOf, visitAll } from './walk.ts';

export interface RedactionOptions {
  /** A property's own rules. */
  readonly own?: readonly OwnPrivacyRule[];
  /** A person asked for everything, with a reason: only what is secret is taken out. */
  readonly full?: boolean;
  /** The property's own name, and those of its endpoints and sources: no guest's, whoever is called alike. */
  readonly labels?: readonly string[];
  /**
   * Of a booking's or an order's id the guests of its events, as they are searched by: they go from all of its texts,
   * whichever is read first.
   */
  readonly guestsOf?: (id: string) => readonly string[];
  /** The same as whole events, for a property by whose rules a name in them may stay. */
  readonly eventsOf?: (id: string) => readonly NamingEvent[];
  /** What stands for what was taken out; as it is unless given. */
  readonly mark?: (text: string) => string;
}

export interface NamingEvent {
  readonly event: EventType;
  readonly dataText: string;
}

export interface Redaction {
  /**
   * For what belongs to one event. Names that other events of its booking told go from it too, where `guestsOf` has
   * them, or these came before it was first asked for something. @param dataText its data as JSON; what is none is taken for empty
   */
  ofEvent(event: EventType, dataText: string): EventRedaction;
  /** For what belongs to no event: texts of ours in which somebody else's may stand. */
  readonly ofNone: EventRedaction;
}

export interface EventRedaction {
  /** The event's data as JSON, without what is personal. */
  dataText(): string;
  /** By the rules for the members that it was taken from. */
  summary(summary: EventSummary): EventSummary;
  /** The id by which it is in order, likewise. */
  about(entity: { readonly member: string; readonly id: string }): string;
  /** A label, or words of somebody else: without the event's names, and without what looks personal. */
  text(text: string): string;
  /** The same for what a program said: many digits in it are sizes and moments, and seldom somebody's. */
  message(text: string): string;
  /** The same for an id, in which digits are what one expects. */
  id(text: string): string;
  /** A body as it went or came, for whoever asked for everything: without its members that are secret. */
  body(text: string): string;
  /** What stands for something that is taken out whole: an answer's body. */
  takenOut(what: 'answer' | 'body'): string;
  /** A sentence of ours: without what it quotes of an answer or a message, and each text in it as `text`. */
  sentence(sentence: Sentence): Sentence;
}

export function createRedaction({
  own = [],
  full = false,
  labels = [],
  guestsOf = () => [],
  eventsOf = () => [],
  mark = (text) => text,
}: RedactionOptions = {}): Redaction {
  const members = membersBy(own);
  const labelled = labelsIn(labels);
  const pseudonyms = createPseudonyms(labels);
  const keepsSome = own.some(({ treatment }) => treatment === 'keep');
  const bookingNames = createBookingNames((id) =>
    keepsSome ? eventsOf(id).flatMap(({ event, dataText }) => namesIn(event, parsedOr({}, dataText))) : guestsOf(id),
  );
  const out = (treatment: Treatment): string => mark(`[${treatment}]`);

  function namesIn(event: EventType, data: unknown): string[] {
    const names: string[] = [];
    visitAll(data, topOf(event), members, (text, { treatment, path }) => {
      if (treatment === 'name') names.push(...[personIn(text)].filter((person) => isName(person, path)));
      else if (treatment === 'keep' || treatment === 'id') names.push(...toldIn(text, path));
    });
    return names;
  }

  function ofEvent(event: EventType, dataText: string): EventRedaction {
    const data = parsedOr({}, dataText);
    const names = full ? [] : namesIn(event, data);
    const bookings = full ? [] : bookingsIn(data);
    bookingNames.remember(bookings, names);
    const known = () => knownNames([...new Set([...names, ...bookingNames.of(bookings)])], pseudonyms);
    return redactionOf(knownOnceAsked(known), event, data);
  }

  function redactionOf(known: KnownNames, event: EventType, data: unknown): EventRedaction {
    const secretless = (text: string): string => withoutShapedSecrets(text, () => out('secret'));
    const scrubbed = (given: string, isId: boolean, staysAlone = isId ? isShortWord : undefined): string => {
      const text = secretless(given);
      if (full) return withoutTokens(text);
      const plain = withoutLookalikes(withoutPaths(text), isId, out);
      if (known.isEmpty) return plain;
      return labelled.around(plain, (rest) => known.takenOutOf(rest, mark, staysAlone), known.isOnlyNames);
    };
    const label = (text: string) => (labelled.isOne(text) && !known.isOnlyNames(text) ? text : scrubbed(text, false));
    /** "Massage for Maria": what is sold is called like nobody, and is for somebody. */
    const withoutTheirs = (text: string): string =>
      known.isEmpty
        ? text
        : text.replace(forSomebody, (whole: string, lead: string, name: string) =>
            thingWords.has(name.toLowerCase()) ? whole : `${lead}${known.takenOutOf(name, mark)}`,
          );
    /** What a thing of the property is called. */
    const thing = (text: string, path: string) => {
      if (labelled.isOne(text) && !known.isOnlyNames(text)) return text;
      if (isOfGoods(path)) return withoutTheirs(scrubbed(text, false, () => true));
      return scrubbed(text, false, known.isOnlyNames(text) ? undefined : (word) => thingWords.has(word));
    };
    /** Of ours: a whole text that is the name of an endpoint stands for that, also where a guest is called alike. */
    const said = (text: string) => {
      if (labelled.isOne(text)) return text;
      return full ? withoutSecrets(scrubbed(text, false)) : scrubbed(text, false);
    };
    const name = (text: string, path: string) => {
      const person = personIn(text);
      if (isName(person, path)) return mark(known.of(person));
      if (person !== text) return withoutLookalikes(text, false, out);
      if (isThingOnItsWay(path, text)) return scrubbed(text, false);
      return isSerialNumber(text) ? text : plainOr(text, 'text');
    };
    const plainOr = (text: string, treatment: Treatment) => (isPlainValue(text) ? text : out(treatment));
    const id = (text: string, path: string): string => {
      const hasDigit = /\d/.test(text);
      if (/\p{L}\s+\p{L}/u.test(text)) return hasDigit ? out('text') : name(text, path);
      if (hasDigit && !isOfGoods(path) && hasOwnWord(text)) return out('text');
      return !hasDigit && isOfPerson(path) ? name(text, path) : scrubbed(text, true);
    };

    function text(value: string, { treatment, path }: Place): string {
      if (treatment === 'secret') return value === '' ? '' : out('secret');
      if (full || value === '') return scrubbed(value, true);
      if ((treatment === 'keep' || treatment === 'id' || treatment === 'link') && isBlob(value)) return out('text');
      switch (treatment) {
        case 'keep':
          return thing(value, path);
        case 'id': {
          const rest = secretless(value);
          return rest === value ? id(value, path) : scrubbed(rest, true);
        }
        case 'name':
          return name(value, path);
        case 'link':
          return value.includes('://') ? label(value) : out('link');
        case null:
          return isMoney(path) && /^[-+]?\d[\d.,' ]*$/.test(value) ? value : plainOr(value, 'text');
        default:
          return out(treatment);
      }
    }

    /** @param digits as it stands in the data */
    function number(value: unknown, digits: string, { treatment, path }: Place): unknown {
      if (treatment === 'secret') return out('secret');
      if (full) return value;
      if (isTakenOut(treatment)) return out(treatment);
      const isMoment = ofTime.test(path) && /^1\d{9}(?:\d{3})?$/.test(digits);
      const isLong = /^\d{9,}$/.test(digits) && !isMoment && !isMoney(path);
      return isLong && (treatment === null || treatment === 'name') ? out('number') : value;
    }

    function redacted(value: unknown, place: Place, inList = false): unknown {
      if (typeof value === 'string') return text(value, place);
      if (typeof value === 'number') return number(value, String(value), place);
      if (typeof value !== 'object' || value === null) return value;
      if (isOwnNumber(value)) return number(value, value.rawJSON, place);
      if (Array.isArray(value)) return value.map((element) => redacted(element, place, true));
      // Without a prototype, `__proto__` is a name like any other.
      const rest: Record<string, unknown> = Object.create(null);
      const placeOf = placesIn(value as Readonly<Record<string, unknown>>, place, members);
      const byPerson = !inList && hasPeopleAsKeys(place.path);
      for (const [member, inside] of Object.entries(value)) {
        let shown = full ? scrubbed(member, true) : key(member, byPerson);
        while (Object.hasOwn(rest, shown)) shown += "'";
        rest[shown] = redacted(inside, placeOf(member));
      }
      return rest;
    }

    /** A member's name: usually a word of whoever wrote the program, and now and then a guest. */
    function key(member: string, byPerson: boolean): string {
      const isProgramsOwn = isOfVocabulary(memberWords(member));
      if (isProgramsOwn && !known.isSpelt(member)) return withoutLookalikes(member, true, out);
      if (isDocumentNumber(member)) return out('document');
      const scrubbedKey = scrubbed(member, true);
      // With digits it is an id.
      if (byPerson && scrubbedKey === member && !/\d/.test(member) && /\p{L}/u.test(member))
        return mark(known.of(member));
      return scrubbedKey !== member || !/[^\x21-\x7e]/.test(member) || isProgramsOwn ? scrubbedKey : out('text');
    }

    function texts<Value>(value: Value): Value {
      if (typeof value === 'string') return said(value) as Value;
      if (typeof value !== 'object' || value === null) return value;
      if (Array.isArray(value)) return value.map(texts) as Value;
      return Object.fromEntries(Object.entries(value).map(([member, inside]) => [member, texts(inside)])) as Value;
    }

    /** A receiver often repeats what it was sent. */
    function body(given: string): string {
      const value = parsedOr(null, given);
      if (typeof value === 'object' && value !== null) return JSON.stringify(redacted(value, topOf(event)));
      return withoutSecrets(withoutTokens(given));
    }

    const withoutSecrets = (given: string): string =>
      withoutPairs(given, (member) =>
        memberOf(topOf(event), member, members).treatment === 'secret' ? out('secret') : null,
      );

    const takenOut = (what: 'answer' | 'body') => mark(`[${what}]`);

    function ownSentence(given: Sentence): Sentence {
      const { key, params } = full ? given : withoutQuotes(given, takenOut);
      return { key, params: texts(params) };
    }

    const columns = { event, data, members, redacted, out };
    return {
      dataText: () => JSON.stringify(redacted(data, topOf(event))),
      summary: (summary) =>
        full
          ? summary
          : summaryAsItLeaves(summary, columns, (given, member) => {
              if (member !== 'guest') return said(given);
              return known.isSpelt(given) ? mark(known.of(given)) : name(given, '');
            }),
      about: (entity) =>
        full ? scrubbed(entity.id, true) : entityAsItLeaves(entity, columns, (given) => id(secretless(given), '')),
      text: said,
      message: (given) => scrubbed(given, true),
      id: (given) => (full ? scrubbed(given, true) : id(secretless(given), '')),
      body,
      takenOut,
      sentence: ownSentence,
    };
  }

  return { ofEvent, ofNone: redactionOf(knownNames([], pseudonyms), 'booking.created', {}) };
}

/** A member for a name may hold how to reach them as well: no part of a mail address is a part of a name. */
function personIn(text: string): string {
  const person = withoutLookalikes(text, false, () => ' ');
  return person === text ? text : person.replaceAll(/[\s<>()[\],;:/|-]+/g, ' ').trim();
}

/** An id that is a word of its own and digits with a blank between: "Villanueva 0917 333 4444", but not "Room 12". */
const hasOwnWord = (text: string): boolean =>
  [...text.matchAll(/(?<!\p{L})\p{L}{4,}(?=\s)/gu)].some(([word]) => !thingWords.has(word.toLowerCase()));

const forSomebody = new RegExp(
  `(?<!\\p{L})((?:(?:for|para (?:kay|sa|el|la)|para|für|pour|per|kay|birthday,?) )|(?:${nameHeads})\\s?:\\s{0,3})(\\p{L}[\\p{L}\\p{M}'’-]+)`,
  'giu',
);
const isThing = (word: string): boolean => thingWords.has(word);
const toldIn = (text: string, path: string): string[] => (isOfGoods(path) ? namesHeaded : namesTold)(text, isThing);

/** A member whose numbers may be moments. */
const ofTime = /(?:date|time|_at|stamp|created|updated|modified|_on|since|until|ts)$/;

/** Not a number that stands where a name may: `guest: 12`, `customer: CUST-00917`. In a member that is called a name it is one. */
const isName = (text: string, path: string): boolean =>
  /\p{L}/u.test(text) &&
  (!isPlainValue(text) || isAmount(text)) &&
  (ofName.test(path) || !isSerialNumber(text)) &&
  !isThingOnItsWay(path, text);

/** `ANA 2` looks like an amount with its currency. */
const isAmount = (text: string): boolean => /^[A-Z]{3} ?-?\d|\d ?[A-Z]{3}$/.test(text);

/** `name` alone is what some systems call their ids. */
const ofName = /(?:_name|surname)$/;

/** The property's own labels, and how they are told in a text: as whole words, without case. */
function labelsIn(labels: readonly string[]) {
  const own = [...new Set(labels.map((label) => label.trim()).filter((label) => label !== ''))];
  const whole = new Set(own.map((label) => label.toLowerCase()));
  const anywhere = own
    .filter((label) => label.length >= shortestLabel)
    .sort((one, other) => other.length - one.length)
    .map(literally);
  const pattern =
    anywhere.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}])(${anywhere.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return {
    isOne: (text: string): boolean => whole.has(text.trim().toLowerCase()),
    /** @param isSomebody of a label that says nothing more than a guest's name, which is no label there */
    around(text: string, change: (rest: string) => string, isSomebody: (label: string) => boolean): string {
      if (pattern === null || !/\p{L}/u.test(text)) return change(text);
      const pieces = text.split(pattern);
      if (pieces.length === 1) return change(text);
      let rest = '';
      let shown = '';
      pieces.forEach((piece, i) => {
        if (i % 2 === 0 || isSomebody(piece)) rest += piece;
        else {
          shown += change(rest) + piece;
          rest = '';
        }
      });
      return shown + change(rest);
    },
  };
}

/** A shorter one may be any word. */
const shortestLabel = 4;

function parsedOr(instead: unknown, text: string): unknown {
  try {
    return parsedWithDigits(text);
  } catch {
    return instead;
  }
}
