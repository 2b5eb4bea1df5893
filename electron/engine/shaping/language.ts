/**
 * The template language: Liquid without files, requests or code, and with an end. One for each content, since what is put
 * out is escaped by it. What bounds a shape is counted and not timed, so that an event that can be shaped
 * can be shaped on a busy PC too; the time is a last resort.
 */
import {
  CaptureTag,
  type Context,
  type Emitter,
  Liquid,
  type Parser,
  type TagToken,
  type Template,
  type TopLevelToken,
} from 'liquidjs';
import { longestTemplate } from '../../../shared/endpoint-kinds/kind.ts';
import { contents, type ShapeContent } from './content.ts';
import { addFilters } from './filters.ts';
import { addMessageFilters } from './message-filters.ts';
import { textOf } from './text-of.ts';

/** Longest body that a shape makes, in characters. */
const longestOutput = 1024 * 1024;
/** Parts of a template that are rendered for one event, those of loops as often as they go round. */
const mostParts = 4_000;
/** Characters and elements that filters may make. */
const mostMemory = 2_000_000;
const longestRenderMs = 5_000;

/** More than a shape may do: told as such, whatever the library would call it. */
export class TooMuch extends Error {}

/** At which door a template stands: what an event becomes on its way out, or what came in becomes. */
export type Door = 'out' | 'in';

const languages = new Map<string, Liquid>();

export function languageFor(content: ShapeContent, door: Door): Liquid {
  const key = `${door} ${content}`;
  let language = languages.get(key);
  if (language === undefined) {
    language = makeLanguage(content);
    if (door === 'in') addMessageFilters(language);
    languages.set(key, language);
  }
  return language;
}

/** What would read a file, or lay another template around this one. */
const tagsLeftOut = ['include', 'render', 'layout', 'block'];

function makeLanguage(content: ShapeContent): Liquid {
  const language = new Liquid({
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    lenientIf: true,
    locale: 'en',
    parseLimit: longestTemplate,
    memoryLimit: mostMemory,
    renderLimit: longestRenderMs,
    outputEscape: escapeFor(content),
  });
  for (const tag of tagsLeftOut) delete language.tags[tag];
  language.registerTag('capture', PlainCapture);
  addFilters(language);
  boundRenderer(language);
  return language;
}

const escapeFor = (content: ShapeContent) =>
  function (this: { readonly context: Context }, value: unknown): string {
    return isCapturing(this.context) ? textOf(value) : contents[content].escape(textOf(value));
  } as unknown as (value: unknown) => string;

const capturing = 'capturing';
const isCapturing = (context: Context): boolean => Number(context.getRegister(capturing, 0)) > 0;

/** What is captured is escaped where it is put out, and not twice. */
class PlainCapture extends CaptureTag {
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid, parser: Parser) {
    super(token, rest, liquid, parser);
  }

  override *render(context: Context): Generator<unknown, void, string> {
    const depth = Number(context.getRegister(capturing, 0));
    context.setRegister(capturing, depth + 1);
    yield* super.render(context) as Generator<unknown, void, string>;
    context.setRegister(capturing, depth);
  }
}

/** A part of the template, and where in the output what it wrote begins. */
export interface Mark {
  readonly outputAt: number;
  readonly template: Template;
}

/** Gathers what is put out, up to a length. */
class Bounded implements Emitter {
  buffer = '';

  write(value: unknown): void {
    this.buffer += textOf(value);
    if (this.buffer.length > longestOutput) throw new TooMuch();
  }
}

/** The same, and which part wrote what. */
export class Marked extends Bounded {
  readonly marks: Mark[] = [];
}

function boundRenderer(language: Liquid): void {
  const { renderer } = language;
  const original = renderer.renderTemplates.bind(renderer);
  const parts = 'parts';
  renderer.renderTemplates = function* (templates, context, emitter = new Bounded()) {
    const count = Number(context.getRegister(parts, 0)) + templates.length;
    if (count > mostParts) throw new TooMuch();
    context.setRegister(parts, count);
    if (!(emitter instanceof Marked)) return yield* original(templates, context, emitter);
    for (const template of templates) {
      emitter.marks.push({ outputAt: emitter.buffer.length, template });
      yield* original([template], context, emitter);
      if (context.breakCalled || context.continueCalled) break;
    }
    return emitter.buffer;
  };
}
