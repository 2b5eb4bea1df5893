/**
 * A shape: the template that makes a body of an event. Pure: the same event and the same template give the same bytes, in
 * any place and at any time.
 *
 * In a JSON template `"{{ data.guest_name }}"` stands in quotes and is escaped; `{{ data.total | json }}` stands without
 * them and is the member's own text, digit for digit, or `null` where there is none. What comes out must be what its
 * content asks for, else the problem tells where in the template it comes from.
 */
import { Context, type Liquid, LiquidError, type Template, toValueSync } from 'liquidjs';
import type { Sentence } from '../../../shared/domain.ts';
import { longestTemplate } from '../../../shared/endpoint-kinds/kind.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { contents, type ShapeContent } from './content.ts';
import type { Fault } from './fault.ts';
import { argumentFault, BadArgument } from './filter-arguments.ts';
import { type Door, languageFor, type Mark, Marked, TooMuch } from './language.ts';
import { MissingMember, UnknownType } from './message-filters.ts';
import { type MessageScope, type ShapeScope, type Variables, variablesOf, variablesOfMessage } from './scope.ts';

/** Where a template is wrong, counted from 1, and in what way. */
export interface ShapeProblem {
  readonly line: number;
  readonly column: number;
  readonly why: Sentence;
}

export type Rendered =
  | { readonly ok: true; readonly body: string }
  | { readonly ok: false; readonly problem: ShapeProblem };

export interface CompiledShape {
  /** Never throws. */
  render(scope: ShapeScope): Rendered;
}

/** The shape of a source: what its messages become. */
export interface CompiledMessageShape {
  /** JSON. Never throws but for a message that is no JSON. */
  renderMessage(scope: MessageScope): Rendered;
}

export const isShapeProblem = (compiled: object): compiled is ShapeProblem => 'why' in compiled;

/** An endpoint's shape is asked for at each attempt; a property has a handful. */
const compiledShapes = new Map<string, Shape | ShapeProblem>();
const mostCompiled = 100;

/** @param content what comes out, and how values are escaped */
export const compileShape = (template: string, content: ShapeContent): CompiledShape | ShapeProblem =>
  compiledOnce(template, content, 'out');

export const compileMessageShape = (template: string): CompiledMessageShape | ShapeProblem =>
  compiledOnce(template, 'json', 'in');

function compiledOnce(template: string, content: ShapeContent, door: Door): Shape | ShapeProblem {
  const key = `${door} ${content} ${template}`;
  let compiled = compiledShapes.get(key);
  if (compiled === undefined) {
    compiled = compile(template, content, door);
    if (compiledShapes.size >= mostCompiled) compiledShapes.clear();
    compiledShapes.set(key, compiled);
  }
  return compiled;
}

function compile(template: string, content: ShapeContent, door: Door): Shape | ShapeProblem {
  if (template.length > longestTemplate) {
    return { line: 1, column: 1, why: sentence('shape.too_long', { most: longestTemplate }) };
  }
  try {
    const parts = languageFor(content, door).parse(template);
    const fault = argumentFault(parts);
    if (fault !== null) return { ...positionOf(template, fault.at), why: whyOf(fault.error) };
    return new Shape(parts, template, content, door);
  } catch (error) {
    return problemOf(error, template);
  }
}

class Shape implements CompiledShape, CompiledMessageShape {
  readonly #parts: Template[];
  readonly #template: string;
  readonly #content: ShapeContent;
  readonly #language: Liquid;

  constructor(parts: Template[], template: string, content: ShapeContent, door: Door) {
    this.#parts = parts;
    this.#template = template;
    this.#content = content;
    this.#language = languageFor(content, door);
  }

  render(scope: ShapeScope): Rendered {
    return this.#render(() => variablesOf(scope));
  }

  renderMessage(scope: MessageScope): Rendered {
    // Read once: neither rendering changes it.
    const variables = variablesOfMessage(scope);
    return this.#render(() => variables);
  }

  #render(variables: () => Variables): Rendered {
    try {
      const body = this.#language.renderSync(this.#parts, variables()) as string;
      const fault = contents[this.#content].fault(body);
      return fault === null
        ? { ok: true, body: body.toWellFormed() }
        : { ok: false, problem: { ...this.#placeOf(fault, variables()), why: fault.why } };
    } catch (error) {
      return { ok: false, problem: problemOf(error, this.#template) };
    }
  }

  /** Rendered once more, this time with which part wrote what. */
  #placeOf(fault: Fault, variables: Variables): { line: number; column: number } {
    const language = this.#language;
    const output = new Marked();
    const context = new Context(variables, language.options, { sync: true }, { liquid: language });
    toValueSync(language.renderer.renderTemplates(this.#parts, context, output));
    const mark = blamed(output.marks, Math.min(fault.at, output.buffer.length - 1));
    if (mark === undefined) return positionOf(this.#template, this.#template.length);
    const { token } = mark.template;
    const text = token.getText();
    const isPlain = !text.startsWith('{{') && !text.startsWith('{%');
    const written = isPlain ? output.buffer.slice(mark.outputAt, fault.at) : '';
    const skipped = isPlain ? Math.max(0, text.indexOf(output.buffer.slice(mark.outputAt, mark.outputAt + 1))) : 0;
    return positionOf(this.#template, token.begin + skipped + written.length);
  }
}

/** The part that wrote what stands there; one right before it that wrote nothing is why something else stands there. */
function blamed(marks: readonly Mark[], at: number): Mark | undefined {
  const last = marks.findLastIndex(({ outputAt }) => outputAt <= at);
  const before = marks[last - 1];
  const wroteNothing = before?.outputAt === at && before.template.token.getText().startsWith('{{');
  return wroteNothing ? before : marks[last];
}

function positionOf(template: string, at: number): { line: number; column: number } {
  const before = template.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

function problemOf(error: unknown, template: string): ShapeProblem {
  const at = LiquidError.is(error) ? (error as LiquidError).token.begin : 0;
  return { ...positionOf(template, at), why: whyOf(error) };
}

/** The library's own words, where they are not the usual mistakes. */
function whyOf(error: unknown): Sentence {
  const inner = LiquidError.is(error) ? ((error as LiquidError).originalError ?? error) : error;
  if (inner instanceof MissingMember) return sentence('shape.missing_member', { member: inner.member });
  if (inner instanceof UnknownType) return sentence('shape.unknown_type', { type: inner.type });
  if (inner instanceof BadArgument) {
    return sentence(inner.expected, { filter: inner.filter, foundType: inner.found });
  }
  if (inner instanceof TooMuch || inner instanceof RangeError) return sentence('shape.too_much');
  const detail = (inner instanceof Error ? inner.message : String(inner)).replace(/, line:\d+, col:\d+$/, '');
  if (detail.endsWith('limit exceeded')) return sentence('shape.too_much');
  const filter = /^undefined filter: (.*)$/s.exec(detail)?.[1];
  if (filter !== undefined) return sentence('shape.no_such_filter', { filter });
  const tag = /^tag "(.*)" not found$/s.exec(detail)?.[1];
  if (tag !== undefined) return sentence('shape.no_such_tag', { tag });
  const open = /^(?:tag|output|raw) (.*) not closed$/s.exec(detail)?.[1];
  if (open !== undefined) return sentence('shape.not_closed', { part: open });
  return sentence('shape.no_liquid', { detail });
}
