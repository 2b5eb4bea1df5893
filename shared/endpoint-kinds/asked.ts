/** What a kind asks for beside the common options, derived from its config's schema: how it is asked, and what was typed. */
import { z } from 'zod';
import { type EndpointKindName, kindNamed } from './index.ts';

/** How a member is asked for: one of several, on or off, a text of one line or of several, or a list with commas. */
export type AskedAs = 'choice' | 'switch' | 'line' | 'lines' | 'list';

export interface AskedMember {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly as: AskedAs;
  readonly isSecret: boolean;
  /** Of a choice. */
  readonly choices: readonly string[];
  /** What it is unless something is given, as it would be typed; empty where there is nothing. */
  readonly usual: string;
}

/** Text of up to this length stands on one line. */
const longestLine = 1000;

/** The members that a kind asks for, in their order. */
export function askedMembers(kind: EndpointKindName): readonly AskedMember[] {
  const { config, secrets } = kindNamed(kind);
  return Object.entries(config.shape as Readonly<Record<string, z.ZodType>>).map(([name, schema]) => {
    const inner = innermost(schema);
    return {
      name,
      schema,
      as: secrets.includes(name) ? 'line' : askedAs(inner),
      isSecret: secrets.includes(name),
      choices: inner instanceof z.ZodEnum ? inner.options.map(String) : [],
      usual: typedText(schema.safeParse(undefined).data),
    };
  });
}

function innermost(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    return innermost(schema.unwrap() as z.ZodType);
  }
  return schema;
}

function askedAs(schema: z.ZodType): AskedAs {
  if (schema instanceof z.ZodEnum) return 'choice';
  if (schema instanceof z.ZodBoolean) return 'switch';
  if (schema instanceof z.ZodArray) return 'list';
  return schema instanceof z.ZodString && (schema.maxLength ?? 0) > longestLine ? 'lines' : 'line';
}

/** A member's value as it would be typed. */
export function typedText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(typedText).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Languages are called what their speakers call them. */
const languageNames: Readonly<Record<string, string>> = { en: 'English', fil: 'Filipino' };

/** One of a member's choices, as people call it. */
export const choiceName = (choice: string): string => languageNames[choice] ?? choice;

/** A member's value as it is read. */
export const shownText = (value: unknown, as: AskedAs): string =>
  as === 'choice' ? choiceName(typedText(value)) : typedText(value);

/**
 * What was typed for a member, as its kind takes it: text where it is one, a list by its commas, else what the text says
 * as JSON. Null where nothing was typed, which puts the member back to its default. What does not fit comes back as it
 * is: whoever checks the kind's config says what is wrong with it.
 */
export function typedValue(schema: z.ZodType, text: string): unknown {
  if (text === '') return null;
  if (schema.safeParse(text).success) return text;
  const inner = innermost(schema);
  // A template reads as JSON often enough; what is wrong with it is said of the text.
  if (inner instanceof z.ZodString) return text;
  const list = inner instanceof z.ZodArray && !text.trimStart().startsWith('[');
  return list
    ? text
        .split(',')
        .map((part) => jsonOr(part.trim()))
        .filter((part) => part !== '')
    : jsonOr(text);
}

/** What a text says as JSON; the text where it is none. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
