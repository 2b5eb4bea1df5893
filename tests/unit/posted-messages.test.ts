/** What a program posts to a source with a shape, whatever it was written in. */
import { describe, expect, it } from 'vitest';
import { postedMessages, xmlOf } from '../../electron/engine/intake/posted-messages.ts';

const form = 'application/x-www-form-urlencoded';
const fields = (text: string, type = form): unknown =>
  JSON.parse(postedMessages(Buffer.from(text, 'latin1'), type)[0] ?? '');
const xml = (text: string, type: string): string | null =>
  xmlOf(postedMessages(Buffer.from(text, 'latin1'), type)[0] ?? '');

describe('a form', () => {
  it('keeps letters that are no UTF-8, as a body does', () => {
    expect(fields('a=1&b=%E4+x&c=%C3%A4&d=M%FCller+%26+Sons')).toEqual({
      a: '1',
      b: 'ä x',
      c: 'ä',
      d: 'Müller & Sons',
    });
    expect(fields('b=%80', `${form}; charset=windows-1252`)).toEqual({ b: '€' });
  });

  it('is read as forms are: twice is a list, and what is no escape stays', () => {
    expect(fields('a=1&a=2&b&c=x=y&d=100%&%6eame=&')).toEqual({
      ...{ a: ['1', '2'], b: '', c: 'x=y', d: '100%', name: '' },
    });
  });
});

describe('XML', () => {
  it('is read in the character set that it names, or its type does', () => {
    expect(xml('<?xml version="1.0" encoding="KOI8-R"?><a>\xe9\xd7\xc1\xce</a>', 'text/xml')).toContain('<a>Иван</a>');
    expect(xml('<a>\xc8\xe2</a>', 'application/xml; charset=windows-1251')).toBe('<a>Ив</a>');
    expect(xml('<?xml version="1.0" encoding="no-such"?><a>\xe9</a>', 'text/xml')).toContain('<a>é</a>');
    expect(xml('<?xml version="1.0" encoding="UTF-8"?><a>\xc3\xa9</a>', 'text/xml')).toContain('<a>é</a>');
  });
});
