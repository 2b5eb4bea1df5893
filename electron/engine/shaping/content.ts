/** What a shape can make: how a value is put into it, and whether what came out is one. */
import { sentence } from '../../../shared/sentences/sentence.ts';
import { around, type Fault } from './fault.ts';
import { firstFault } from './json-check.ts';
import { xmlFault } from './xml-check.ts';

export const shapeContents = ['json', 'form', 'text', 'xml'] as const;
export type ShapeContent = (typeof shapeContents)[number];

interface Content {
  readonly mediaType: string;
  /** A text as a part of it: inside of quotes in JSON, between tags or in quotes in XML, a value in a form. */
  readonly escape: (text: string) => string;
  /** What is wrong with the whole; null where it is as it should be. */
  readonly fault: (text: string) => Fault | null;
}

export const contents: Readonly<Record<ShapeContent, Content>> = {
  json: { mediaType: 'application/json', escape: inJson, fault: jsonFault },
  form: { mediaType: 'application/x-www-form-urlencoded', escape: inForm, fault: formFault },
  text: { mediaType: 'text/plain; charset=utf-8', escape: (text) => text, fault: () => null },
  xml: { mediaType: 'application/xml', escape: inXml, fault: xmlFault },
};

/** Inside of quotes: what stands around it decides that it is a text. */
export function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function inForm(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, percent);
}

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

const inXmlNames: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that XML 1.0 cannot hold in any way are shown as lost. */
export function inXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => inXmlNames[character] ?? character);
}

function jsonFault(text: string): Fault | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    const at = firstFault(text);
    if (at >= text.length) return { at, why: sentence('shape.json_ends') };
    return { at, why: sentence('shape.no_json', { found: around(text, at) }) };
  }
}

/** A form is written in ASCII without blanks: what a value brings has been written so. */
function formFault(text: string): Fault | null {
  const at = text.search(/[^\x21-\x7e]/);
  return at < 0 ? null : { at, why: sentence('shape.no_form', { found: around(text, at) }) };
}
