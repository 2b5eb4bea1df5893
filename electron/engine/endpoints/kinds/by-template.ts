/** What kinds with a template have in common: the body that it makes of an event, and what is wrong with it. */
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { whyOf } from '../../../../shared/sentences/why.ts';
import { contents, type ShapeContent } from '../../shaping/content.ts';
import type { ShapeScope } from '../../shaping/scope.ts';
import { compileShape, isShapeProblem } from '../../shaping/shape.ts';
import type { OwnBodies, ShapedOrNot } from './kind.ts';

export function shapedBy(template: string, content: ShapeContent, event: ShapeScope): ShapedOrNot {
  const compiled = compileShape(template, content);
  if (isShapeProblem(compiled)) return { ok: false, problem: compiled };
  const rendered = compiled.render(event);
  if (!rendered.ok) return rendered;
  const headers = ['Content-Type', contents[content].mediaType];
  return { ok: true, body: Buffer.from(rendered.body, 'utf8'), headers };
}

/** Of a template that is none, whatever event comes. */
export function faultOf(template: string, content: ShapeContent): ReturnType<NonNullable<OwnBodies['fault']>> {
  const compiled = compileShape(template, content);
  if (!isShapeProblem(compiled)) return null;
  const { line, column, why } = compiled;
  return { member: 'template', says: sentence('problem.template', { ...whyOf(why), line, column }) };
}
