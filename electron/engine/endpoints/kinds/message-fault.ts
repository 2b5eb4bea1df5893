/** What a chat service is known to refuse a message for, whatever else it finds: what is missing in it, or too long. */
import type { Sentence } from '../../../../shared/domain.ts';
import { type EndpointKindName, kindNamed, knownReceiver } from '../../../../shared/endpoint-kinds/index.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import type { EndpointBehaviour } from './kind.ts';

export interface MessageFault {
  readonly says: Sentence;
  /** None of these members is there, one of which every message needs. */
  readonly lacks?: readonly string[];
}

export type Message = Readonly<Record<string, unknown>>;

/**
 * @param body as it was made: JSON
 * @param address where it goes; null where that is not known
 * @returns null where nothing is known against it
 */
export function faultOfMessage(
  behaviour: EndpointBehaviour,
  body: string,
  address: string | null,
): MessageFault | null {
  if (behaviour.isShared || behaviour.refuses === undefined) return null;
  const message = JSON.parse(body) as unknown;
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    return { says: sentence('shape.no_object', { foundType: typeOf(message) }), lacks: [] };
  }
  const url = address !== null && URL.canParse(address) ? new URL(address) : null;
  return behaviour.refuses(message as Message, url);
}

/** The largest that its receiver takes, in bytes: as the host names it, else as its kind's does. */
export const limitOf = (kind: EndpointKindName, host: string): number | null =>
  knownReceiver(host.replace(/:\d+$/, ''))?.limitBytes ?? kindNamed(kind).receivers[0]?.limitBytes ?? null;

/**
 * Whatever its service would refuse of a body, its size first.
 * @param at where it goes: its host is known where its address is a secret
 */
export function faultOfBody(
  behaviour: EndpointBehaviour,
  kind: EndpointKindName,
  body: Uint8Array,
  at: { readonly host: string; readonly address: string },
): MessageFault | null {
  const limitBytes = limitOf(kind, at.host);
  const sizeBytes = body.length;
  if (limitBytes !== null && sizeBytes > limitBytes)
    return { says: sentence('shape.body_large', { sizeBytes, limitBytes }) };
  return faultOfMessage(behaviour, Buffer.from(body).toString('utf8'), at.address);
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/**
 * @param needs the members of which it needs one
 * @param alsoTaken others that take their place, which few have
 * @param at of a part of a message, where it stands: `blocks[0]`
 */
export function lacking(
  part: unknown,
  needs: readonly string[],
  alsoTaken: readonly string[] = [],
  at = '',
): MessageFault | null {
  const message = membersOf(part);
  if ([...needs, ...alsoTaken].some((name) => isFilled(message[name]))) return null;
  const members = needs.map((name) => (at === '' ? name : `${at}.${name}`)).join(', ');
  const isObject = typeof part === 'object' && part !== null && !Array.isArray(part);
  const names = isObject ? Object.keys(message).slice(0, mostNamed).join(', ').slice(0, longestNamed) : typeOf(part);
  const found = names || '{}';
  const says = needs.length === 1 ? 'shape.lacks_it' : 'shape.lacks_all';
  return { says: sentence(says, { members, found }), lacks: needs };
}

const mostNamed = 8;
const longestNamed = 100;

/** Nothing blank, and no object or list without anything in it. */
export function isFilled(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return typeof value === 'number';
}

/** Services count differently; by code points none counts less. */
export const lengthOf = (text: unknown): number => (typeof text === 'string' ? [...text].length : 0);

export function tooLong(member: string, text: unknown, most: number): MessageFault | null {
  const has = lengthOf(text);
  return has > most ? { says: sentence('shape.text_long', { member, has, most }) } : null;
}

export function tooMany(member: string, list: unknown, most: number): MessageFault | null {
  const has = listIn(list).length;
  return has > most ? { says: sentence('shape.list_long', { member, has, most }) } : null;
}

/** Of a member that there is: whether it says one of a few words. */
export const otherThan = (member: string, value: unknown, values: readonly string[]): MessageFault | null =>
  typeof value !== 'string' || values.includes(value)
    ? null
    : {
        says: sentence('shape.not_one_of', { member, values: values.join(', '), found: value.slice(0, longestNamed) }),
      };

/** What is no list holds nothing. */
export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What is no object has no members. */
export const membersOf = (value: unknown): Message =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Message) : {};

/** @returns the first that there is */
export const firstOf = (...faults: readonly (MessageFault | null)[]): MessageFault | null =>
  faults.find((fault) => fault !== null) ?? null;
