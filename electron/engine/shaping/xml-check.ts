/** Whether a text is a well-formed XML document: one element, tags that close in turn, and no stray sign. */
import { sentence } from '../../../shared/sentences/sentence.ts';
import { around, type Fault } from './fault.ts';

const name = '[A-Za-z_:\\u0080-\\uffff][\\w:.\\-\\u0080-\\uffff]*';
const reference = '&(?:amp|lt|gt|quot|apos|#\\d+|#x[0-9a-fA-F]+);';
const attributes = `(?:\\s+${name}\\s*=\\s*(?:"(?:[^"<&]|${reference})*"|'(?:[^'<&]|${reference})*'))*`;
const parts = new RegExp(
  [
    `(?<open><(?<opened>${name})${attributes}\\s*(?<alone>/?)>)`,
    `(?<close></(?<closed>${name})\\s*>)`,
    '(?<aside><!--(?!-?>)(?:(?!--)[^])*-->|<\\?[^]*?\\?>)',
    '(?<data><!\\[CDATA\\[[^]*?\\]\\]>)',
    `(?<text>(?:[^<&]|${reference})+)`,
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
    } else if (found.aside !== undefined) {
      const fault = headFault(found.aside, at);
      if (fault !== null) return fault;
    } else if (isOutside && (found.data !== undefined || found.text?.trim())) return stray(text, at);
    at = parts.lastIndex;
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) return { at, why: sentence('shape.xml_ends', { tag: unclosed }) };
  return hasRoot ? null : { at, why: sentence('shape.xml_empty') };
}

/** What a document says of itself stands first, and a reader goes by it: what is sent is UTF-8. */
function headFault(aside: string, at: number): Fault | null {
  if (!/^<\?xml\s/i.test(aside)) return null;
  if (at > 0) return { at, why: sentence('shape.xml_head_late') };
  const encoding = /\sencoding\s*=\s*["']([^"']*)["']/.exec(aside)?.[1];
  if (encoding === undefined || /^utf-8$/i.test(encoding)) return null;
  return { at, why: sentence('shape.xml_encoding', { found: encoding.slice(0, 40) }) };
}

const stray = (text: string, at: number): Fault => ({ at, why: sentence('shape.no_xml', { found: around(text, at) }) });
