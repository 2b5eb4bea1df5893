/** What is wrong with a template, and what an endpoint's rules are, in Filipino; the same keys as in English. */
import type { shapesEn } from './shapes.en.ts';

export const shapesFil: Record<keyof typeof shapesEn, string> = {
  'shape.too_long': 'Lampas {most} character ang template.',
  'shape.too_much': 'Sobra ang nagagawa nito: sobrang haba ng text, o loop na sobrang dami ang ikot.',
  'shape.no_such_filter': 'Walang filter na "{filter}".',
  'shape.argument_bytes':
    'Ang filter na "{filter}": dapat may kasunod na bilang ng byte gaya ng 200, hindi {foundType}.',
  'shape.argument_day': 'Ang filter na "{filter}": dapat may kasunod na araw gaya ng "2026-12-24", hindi {foundType}.',
  'shape.argument_currency':
    'Ang filter na "{filter}": dapat ang tatlong letra ng pera gaya ng "PHP", hindi {foundType}.',
  'shape.argument_locale': 'Ang filter na "{filter}": dapat wika at bansa gaya ng "en-PH", hindi {foundType}.',
  'shape.argument_sign': 'Ang filter na "{filter}": dapat ang tanda ng desimal, "," o ".", hindi {foundType}.',
  'shape.no_such_tag': 'Walang tag na "{tag}".',
  'shape.missing_member': 'Walang "{member}" ang mensahe.',
  'shape.unknown_type': 'Wala sa talaan ng mga uri ang uring "{type}".',
  'shape.message_too_long': 'Lampas {most} character ang mensahe: hindi ito mahuhugis.',
  'shape.not_closed': 'Dito binuksan ang {part} at hindi na isinara.',
  'shape.no_liquid': 'Hindi ito mabasa bilang template: {detail}.',
  'shape.no_json':
    'Hindi JSON ang lumalabas: hindi puwede rito ang {found}. Nasa loob ng panipi ang text; ang iba ay dumadaan sa filter na "json".',
  'shape.json_ends': 'Hindi JSON ang lumalabas: kulang ang dulo. May bracket o panipi na hindi isinara.',
  'shape.no_form':
    'Hindi form ang lumalabas: hindi puwede rito ang {found}. Ganito ang sulat: name=value, may & sa pagitan, walang puwang.',
  'shape.no_xml': 'Hindi XML ang lumalabas: hindi puwede rito ang {found}.',
  'shape.xml_head_late': 'Dapat nasa pinakasimula ang <?xml …?>: may nauna rito, line break o puwang.',
  'shape.xml_encoding': 'Dapat encoding="UTF-8", na siyang ipinapadala; hindi "{found}".',
  'shape.xml_ends': 'Hindi XML ang lumalabas: hindi isinara ang <{tag}>.',
  'shape.xml_empty': 'Hindi XML ang lumalabas: walang element dito.',

  'shape.no_object': 'Dapat object, pero {foundType} ang lumabas.',
  'shape.lacks_it': 'Dapat may {members} na may laman; "{found}" ang lumabas.',
  'shape.lacks_all': 'Dapat may isa sa {members} na may laman; "{found}" ang lumabas.',
  'shape.text_long': 'May {has} character ang {member}; hanggang {most} lang dapat.',
  'shape.not_one_of': '{member}: isa dapat sa {values}, hindi "{found}".',
  'shape.tag_unknown': '{member}: hindi tag na binabasa ng Telegram ang <{tag}>. Dapat &lt; para sa "<" ng text mismo.',
  'shape.tag_unfinished':
    '{member}: may tag na nagsisimula sa "<" na walang ">". Dapat &lt; para sa "<" ng text mismo.',
  'shape.tag_open': '{member}: kailangan ng </{tag}> para sa <{tag}>, na hindi nakasara.',
  'shape.tag_stray': '{member}: walang nakabukas na isinasara ang </{tag}>.',
  'shape.tag_instead': '{member}: dapat </{open}>, hindi </{tag}>.',
  'shape.sign_reserved': '{member}: kailangan ng \\ bago ang {sign} ng text, gaya ng gusto ng MarkdownV2.',
  'shape.sign_open': '{member}: kailangan ng isa pang {sign}: hindi natapos ang sinimulan ng isa.',
  'shape.list_long': 'Listahan ng {has} ang {member}; hanggang {most} lang dapat.',
  'shape.body_large': 'May {sizeBytes} ito; hanggang {limitBytes} lang dapat.',

  'rule.only': 'Kapag {what} lang.',
  'rule.and': 'at',
  'rule.or': 'o',
  'rule.is': '{value} ang {path}',
  'rule.is_not': 'hindi {value} ang {path}',
  'rule.contains': 'may {value} sa {path}',
  'rule.one_of': 'isa sa {value} ang {path}',
  'rule.greater': 'mas mataas sa {value} ang {path}',
  'rule.less': 'mas mababa sa {value} ang {path}',
  'rule.exists': 'may {path}',
  'rule.exists_not': 'walang {path}',
};
