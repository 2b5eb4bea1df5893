import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ShapeContent } from '../../electron/engine/shaping/content.ts';
import { firstFault } from '../../electron/engine/shaping/json-check.ts';
import { compileShape, isShapeProblem, type Rendered } from '../../electron/engine/shaping/shape.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { usualScope } from '../support/shape-scope.ts';

const usual = usualScope;

function rendered(template: string, dataText = '{}', content: ShapeContent = 'text'): Rendered {
  const compiled = compileShape(template, content);
  return isShapeProblem(compiled) ? { ok: false, problem: compiled } : compiled.render({ ...usual, dataText });
}

function body(...of: Parameters<typeof rendered>): string {
  const made = rendered(...of);
  if (!made.ok) throw new Error(inEnglish(made.problem.why));
  return made.body;
}

function problem(...of: Parameters<typeof rendered>): string {
  const made = rendered(...of);
  if (made.ok) throw new Error(`made ${made.body}`);
  return `${made.problem.line}:${made.problem.column} ${inEnglish(made.problem.why)}`;
}

describe('a JSON template', () => {
  test('writes a member digit for digit, escapes included', () => {
    const data = String.raw`{"total": 6000.00, "id": 12345678901234567890, "name": "Jos\u00e9", "room": {"n" : 1.50}, "e": 1E3}`;
    const members = ['total', 'id', 'name', 'room', 'e', 'none'];
    const template = `[${members.map((name) => `{{ data.${name} | json }}`).join(',')}]`;
    expect(body(template, data, 'json')).toBe(
      String.raw`[6000.00,12345678901234567890,"Jos\u00e9",{"n" : 1.50},1E3,null]`,
    );
  });

  test('puts any value into quotes as one text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const made = body('{"said":"{{ data.said }}"}', JSON.stringify({ said: text }), 'json');
        expect(JSON.parse(made)).toEqual({ said: text });
      }),
    );
  });

  test('copies any data whole', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
        const text = JSON.stringify(data, null, 1);
        expect(body('{{ data | json }}', text, 'json')).toBe(text);
      }),
    );
  });

  test('escapes once what was captured or echoed', () => {
    const data = JSON.stringify({ name: 'a "b" \\' });
    const template = '{"a":"{% capture x %}{{ data.name }}{% endcapture %}{{ x }}","b":"{% echo data.name %}"}';
    expect(JSON.parse(body(template, data, 'json'))).toEqual({ a: 'a "b" \\', b: 'a "b" \\' });
  });

  test.each([
    ['{\n  "a": {{ data.name }}\n}', '2:8 What comes out is not JSON: Juan } cannot'],
    ['{\n  "a": {{ data.none }},\n  "b": 1\n}', '2:8 What comes out is not JSON: , "b": 1 } cannot'],
    ['{\n  "a": 1,\n  x\n}', '3:3 What comes out is not JSON: x } cannot'],
    ['{\n  {%- if true %}\n  "a": 1,\n  x{% endif %}\n}', '4:3 What comes out is not JSON: x } cannot'],
    ['{\n  "a": [1', '2:10 What comes out is not JSON: it ends too early'],
    ['{\n  "a": "{{ data.name | upcase | monney }}"\n}', '2:9 There is no filter "monney"'],
    ['{% if data.name %}"a"', '1:1 {% if data.name %} is opened here and never closed'],
    ['{\n{% include "other" %}', '2:1 There is no tag "include"'],
    ['{% render "other" %}', '1:1 There is no tag "render"'],
    ['{% layout "other" %}', '1:1 There is no tag "layout"'],
  ])('%j tells where it is wrong', (template, told) => {
    expect(problem(template, '{"name":"Juan"}', 'json')).toContain(told);
  });
});

test('the first fault in JSON is where a parser stops', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"',
    '1',
    '-',
    '01',
    'true',
    'nul',
    ' ',
    '\n',
    '\\',
  );
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const text = parts.join('');
      const at = firstFault(text);
      const isJson = (json: string) => {
        try {
          JSON.parse(json);
          return true;
        } catch {
          return false;
        }
      };
      expect(at).toBeLessThanOrEqual(text.length);
      if (isJson(text)) expect(at).toBe(text.length);
    }),
  );
  expect(firstFault('{"a":1,}')).toBe(7);
  expect(firstFault('[1 2]')).toBe(3);
  expect(firstFault('{"a\n":1}')).toBe(3);
  expect(firstFault('{} x')).toBe(3);
});

describe('other contents', () => {
  test('a form carries any text as one value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const made = body('a={{ data.a }}&b=1', JSON.stringify({ a: text }), 'form');
        expect([...new URLSearchParams(made)]).toEqual([
          ['a', text.toWellFormed()],
          ['b', '1'],
        ]);
      }),
    );
  });

  test('XML carries any text as text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const made = body('<a b="{{ data.a }}">{{ data.a }}</a>', JSON.stringify({ a: text }), 'xml');
        expect(made.match(/[<>]/g)).toHaveLength(4);
        expect(made.match(/"/g)).toHaveLength(2);
      }),
    );
  });

  test.each([
    ['<a>\n<b></a>', 'xml', '2:4 What comes out is not XML: </a> cannot'],
    ['<a><b></b>', 'xml', '1:11 What comes out is not XML: <a> is never closed'],
    ['<a/><b/>', 'xml', '1:5 What comes out is not XML: <b/> cannot'],
    ['<a>{{ data.x }} & more</a>', 'xml', '1:17 What comes out is not XML: & more'],
    ['  ', 'xml', '1:3 What comes out is not XML: there is no element'],
    ['<a href="x?a=1&b=2"/>', 'xml', '1:1 What comes out is not XML: <a href='],
    ['\n<?xml version="1.0"?><a/>', 'xml', '2:1 Expected <?xml …?> at the very beginning'],
    [
      '<?xml version="1.0" encoding="ISO-8859-1"?><a>ñ</a>',
      'xml',
      'Expected encoding="UTF-8", in which it is sent; got "',
    ],
    ['a=1 2', 'form', '1:4 What comes out is no form'],
  ] as const)('%j as %s tells where it is wrong', (template, content, told) => {
    expect(problem(template, '{}', content)).toContain(told);
  });

  test('a declaration, comments, CDATA and entities are XML', () => {
    const document = '<?xml version="1.0"?>\n<!-- c --><ä:b x=\'1\'>&amp;&#x41;<![CDATA[<&]]><c /></ä:b>\n';
    expect(body(document, '{}', 'xml')).toBe(document);
    const declared = '<?xml version="1.0" encoding="utf-8"?><a href="x?a=1&amp;b=2" t=\'&#39;\'/>';
    expect(body(declared, '{}', 'xml')).toBe(declared);
  });
});

describe('what a hotel writes', () => {
  const data = JSON.stringify({
    total: 0,
    check_in: '2024-03-20',
    check_out: '2024-03-22',
    at: '2024-03-20T23:12:40-03:00',
  }).replace(':0,', ':9750.50,');

  test.each([
    ['{{ data.total | money }}', '₱9,750.50'],
    ['{{ 6000 | money }}', '₱6,000'],
    ['{{ "6000.00" | money: "EUR" }}', '€6,000'],
    ['{{ "12345678901234567890.25" | money }}', '₱12,345,678,901,234,567,890.25'],
    ['{{ "soon" | money }}', 'soon'],
    ['{{ data.check_in | date }}', 'March 20, 2024'],
    ['{{ data.check_in | day }}', 'March 20'],
    ['{{ data.check_in | date: "%d.%m.%Y" }}', '20.03.2024'],
    ['{{ data.at | date: "%d.%m. %H:%M" }}', '21.03. 10:12'],
    ['{{ data.at | day }}', 'March 21'],
    ['{{ data.check_in | nights: data.check_out }}', '2'],
    ['{{ data.check_out | nights: data.check_in }}', ''],
    ['{{ "soon" | date }}', 'soon'],
    ['{{ "now" | date }}', 'now'],
    ['{{ data.none | default: "-" }}', '-'],
    ['{{ data.total | default: 0 | json }}', '9750.50'],
    ['{{ data.total | plus: 1 }}', '9751.5'],
    ['{% if data.total > 9000 and data.total == 9750.5 %}much{% endif %}', 'much'],
    ['{{ "ä" | truncate_bytes: 2 }}', 'ä'],
    ['{{ "äöü" | truncate_bytes: 5 }}', 'ä…'],
    ['{{ property.name }} {{ property_id }} {{ event }} {{ test }}', 'Casa Azul prop_1 booking.created false'],
  ])('%s', (template, told) => {
    expect(body(template, data)).toBe(told);
  });

  test.each([
    ['{{ "äöü" | truncate_bytes: "many" }}', 'truncate_bytes', 'a number of bytes', '"many"'],
    ['{{ "äöü" | truncate_bytes: -1 }}', 'truncate_bytes', 'a number of bytes', '-1'],
    ['{{ "äöü" | truncate_bytes }}', 'truncate_bytes', 'a number of bytes', 'nothing'],
    ['{{ data.check_in | nights: "soon" }}', 'nights', 'a day', '"soon"'],
    ['{{ data.check_in | nights }}', 'nights', 'a day', 'nothing'],
    ['{{ data.total | money: "pesos" }}', 'money', 'the three letters of a currency', '"pesos"'],
    ['{{ data.total | money: 5 }}', 'money', 'the three letters of a currency', '5'],
    ['{{ data.total | money: currency: "PHP" }}', 'money', 'the three letters of a currency', 'currency'],
    ['{{ data.total | money: "PHP", "hotel time" }}', 'money', 'a language and country', '"hotel time"'],
    ['{{ data.check_in | date: "%d", "hotel time" }}', 'date', 'a language and country', '"hotel time"'],
    ['{{ data.check_in | day: "hotel time" }}', 'day', 'a language and country', '"hotel time"'],
    // Well formed, and nobody's: what is not known would be written by the PC's own language.
    ['{{ data.total | money: "PHP", "english" }}', 'money', 'a language and country', '"english"'],
    ['{{ data.check_in | date: "", "xx-YY" }}', 'date', 'a language and country', '"xx-YY"'],
    ['{{ data.check_in | time: "klingon" }}', 'time', 'a language and country', '"klingon"'],
    ['{{ data.total | decimal: ";" }}', 'decimal', 'the sign for decimals', '";"'],
  ])('an argument that is none is told: %s', (template, filter, expected, found) => {
    const told = problem(` ${template}`, data);
    expect(told.startsWith(`1:2 The filter "${filter}": expected ${expected}`)).toBe(true);
    expect(told.endsWith(`, got ${found}.`)).toBe(true);
  });

  test.each([
    '{% if data.none %}{{ data.total | money: "pesos" }}{% endif %}',
    '{% if false %}a{% elsif data.none %}b{% else %}{% for one in data.none %}{{ one | money: "pesos" }}{% endfor %}{% endif %}',
    '{% capture a %}{% assign b = data.none | money: "pesos" %}{% endcapture %}',
    '{% case event %}{% when "guest.checkin" %}{{ data.a | upcase | money: "pesos" }}{% endcase %}',
    '{% liquid echo data.none | money: "pesos" %}',
  ])('it is told though no event has come to it: %s', (template) => {
    expect(problem(template, data)).toContain('The filter "money": expected the three letters of a currency');
  });

  test.each([
    ['{{ data.total | money: data.none }}', '₱9,750.50'],
    ['{{ data.total | money: data.check_in }}', '9,750.50'],
    ['{{ data.total | money: nil, "de-DE" }}', '9.750,50 ₱'],
    ['{{ data.total | money: "PHP", data.check_in }}', '₱9,750.50'],
    ['{{ data.total | money: "PHP", "de" }}', '9.750,50 ₱'],
    ['{{ data.total | money: "PHP", "fil-PH" }}', '₱9,750.50'],
    ['{{ data.check_in | nights: data.none }}', ''],
    ['{{ "äöü" | truncate_bytes: data.none }}', 'äöü'],
  ])('what an event brings as one spoils nothing: %s', (template, told) => {
    expect(body(template, data).replaceAll('\u00a0', ' ')).toBe(told);
  });

  test('a truncated text is never longer than asked for, and whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, most) => {
        const made = body(`{{ data.a | truncate_bytes: ${most} }}`, JSON.stringify({ a: text }));
        expect(Buffer.byteLength(made)).toBeLessThanOrEqual(most);
        expect(text.toWellFormed().startsWith(made.replace(/…$/, ''))).toBe(true);
      }),
    );
  });
});

describe('limits', () => {
  test.each([
    ['a long loop', '{% for i in (1..100000) %}{{ i }}{% endfor %}'],
    ['a loop in a loop', '{% for i in (1..100) %}{% for j in (1..100) %}x{% endfor %}{% endfor %}'],
    ['a range of millions', '{% for i in (1..100000000) %}x{% endfor %}'],
    [
      'a text that doubles',
      '{% assign a = "xxxxxxxx" %}{% for i in (1..40) %}{% assign a = a | append: a %}{% endfor %}',
    ],
    ['a large output', '{% for i in (1..2000) %}{{ data.long }}{% endfor %}'],
    ['a large capture', '{% capture x %}{% for i in (1..2000) %}{{ data.long }}{% endfor %}{% endcapture %}'],
  ])('%s ends', (_, template) => {
    expect(problem(template, JSON.stringify({ long: 'x'.repeat(1000) }))).toContain('This makes too much');
  });

  test('a template has a length', () => {
    expect(problem('x'.repeat(70_000))).toContain('1:1 The template is longer than');
  });

  test('nothing of the program is to be had', () => {
    const names = ['constructor', '__proto__', 'toString', 'source', 'value', 'hasOwnProperty'];
    const template = names
      .flatMap((name) => [`{{ data.${name} }}`, `{{ data.total.${name} }}`, `{{ ${name} }}`])
      .join('');
    expect(body(template, '{"total": 6000.00}')).toBe('');
    expect(body('{{ data.__proto__.a }}', '{"__proto__": {"a": 1}}')).toBe('1');
  });
});
