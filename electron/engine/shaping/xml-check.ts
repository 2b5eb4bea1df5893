/** Whether a text is a well-formed XML document: one element, tags that close in turn, and no stray sign. */
import { sentence } from '../../../shared/sentences/sentence.ts';
import { around, type Fault } from './fault.ts';

const name = '[A-Za-z_:\\u0080-\\uffff][\\w:.\\-\\u0080-\\uffff]*';
const attributes = `(?:\\s+${name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*`;
const parts = new RegExp(
  [
    `(?<open><(?<opened>${name})${attributes}\\s*(?<alone>/?)>)`,
    `(?<close></(?<closed>${name})\\s*>)`,
    '(?<aside><!--(?!-?>)(?:(?!--)[^])*-->|<\\?[^]*?\\?>)',
    '(?<data><!\\[CDATA\\[[^]*?\\]\\]>)',
    '(?<text>(?:[^<&]|&(?:amp|lt|gt|quot|apos|#\\d+|#x[0-9a-fA-F]+);)+)',
  ].join('|'),
  'uy',
);

/** Null for a document; a type declaration (`<!DOCTYPE`) is none that a shape needs. */
export function xmlFault(text: string): Fault | null {
  const open: string[] = [];
  let hasRoot = false;
  let at = 0;
  while (at < text.length) {
    parts.lastIndex = at;
    const found = parts.exec(text)?.groups;
    if (found === undefined) return stray(text, at);
    const isOutside = open.length === 0;
    if (found.open !== undefined) {
      if (isOutside && hasRoot) return stray(text, at);
      hasRoot = true;
      if (found.alone === '') open.push(found.opened ?? '');
    } else if (found.close !== undefined) {
      const expected = open.pop();
      if (expected !== found.closed) return stray(text, at);
    } else if (isOutside && (found.data !== undefined || found.text?.trim())) return stray(text, at);
    at = parts.lastIndex;
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) return { at, why: sentence('shape.xml_ends', { tag: unclosed }) };
  return hasRoot ? null : { at, why: sentence('shape.xml_empty') };
}

const stray = (text: string, at: number): Fault => ({ at, why: sentence('shape.no_xml', { found: around(text, at) }) });
