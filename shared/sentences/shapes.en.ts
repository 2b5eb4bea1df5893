/** What is wrong with a template, and what an endpoint's rules are, in English. */
export const shapesEn = {
  'shape.too_long': 'The template is longer than {most} characters.',
  'shape.too_much': 'This makes too much: too long a text, or a loop that goes round too often.',
  'shape.no_such_filter': 'There is no filter "{filter}".',
  'shape.argument_bytes': 'The filter "{filter}": expected a number of bytes such as 200 behind it, got {foundType}.',
  'shape.argument_day': 'The filter "{filter}": expected a day such as "2026-12-24" behind it, got {foundType}.',
  'shape.argument_currency':
    'The filter "{filter}": expected the three letters of a currency such as "PHP", got {foundType}.',
  'shape.argument_locale': 'The filter "{filter}": expected a language and country such as "en-PH", got {foundType}.',
  'shape.argument_sign': 'The filter "{filter}": expected the sign for decimals, "," or ".", got {foundType}.',
  'shape.no_such_tag': 'There is no tag "{tag}".',
  'shape.missing_member': 'The message has no "{member}".',
  'shape.unknown_type': 'The type "{type}" is not in the table of types.',
  'shape.message_too_long': 'The message is longer than {most} characters: it cannot be shaped.',
  'shape.not_closed': '{part} is opened here and never closed.',
  'shape.no_liquid': 'This cannot be read as a template: {detail}.',
  'shape.no_json':
    'What comes out is not JSON: {found} cannot stand here. A text stands in quotes; anything else goes through the filter "json".',
  'shape.json_ends': 'What comes out is not JSON: it ends too early. A bracket or a quote is open.',
  'shape.no_form':
    'What comes out is no form: {found} cannot stand here. It is written as name=value, with & between, without blanks.',
  'shape.no_xml': 'What comes out is not XML: {found} cannot stand here.',
  'shape.xml_ends': 'What comes out is not XML: <{tag}> is never closed.',
  'shape.xml_empty': 'What comes out is not XML: there is no element in it.',

  'rule.only': 'Only where {what}.',
  'rule.and': 'and',
  'rule.or': 'or',
  'rule.is': '{path} is {value}',
  'rule.is_not': '{path} is not {value}',
  'rule.contains': '{path} contains {value}',
  'rule.one_of': '{path} is one of {value}',
  'rule.greater': '{path} is greater than {value}',
  'rule.less': '{path} is less than {value}',
  'rule.exists': '{path} is there',
  'rule.exists_not': '{path} is not there',
} as const;
