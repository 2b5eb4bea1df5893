/** What the endpoint's form holds, what is wrong with it before it is sent, and what it becomes for the engine. */

import { askedMembers, typedText, typedValue } from '../../../shared/endpoint-kinds/asked.ts';
import { type EndpointKindName, kindNamed, kindOf, usualOptionsOf } from '../../../shared/endpoint-kinds/index.ts';
import { isMailAddress, lacksScheme, wrongPort } from '../../../shared/endpoint-kinds/kind.ts';
import {
  numberOptions,
  optionalNumbers,
  type ShownOptions,
  switchOptions,
  usualOptions,
} from '../../../shared/endpoint-kinds/options.ts';
import type { EventType } from '../../../shared/events.ts';
import { isStandardSecret } from '../../../shared/own-secret.ts';
import { isPlainLoopback } from '../../../shared/plain-loopback.ts';
import type { Endpoint, EndpointChange, EndpointDraft } from '../../../shared/schemas.ts';
import { type RuleEntry, ruleEntries, rulesOf } from './rules.ts';

export interface HeaderEntry {
  readonly name: string;
  readonly value: string;
  /** The stored value stays; it is not known here. */
  readonly kept: boolean;
}

/** Its options, each by its own name; a certificate is asked for apart. */
type OptionsForm = Record<NumberOption['name'] | OptionalNumber['name'], string> &
  Record<SwitchOption['name'], boolean>;

export interface EndpointForm extends OptionsForm {
  url: string;
  /** Empty: what the address's host tells. */
  kind: EndpointKindName | '';
  /** What its kind alone asks for, each as it is typed. */
  config: Record<string, string>;
  events: EventType[];
  /** Empty: all events of its types. */
  rules: RuleEntry[];
  match: 'all' | 'any';
  description: string;
  secretKind: 'generated' | 'own';
  secret: string;
  headers: HeaderEntry[];
  caPem: string;
  /** A stored certificate stays while nothing else is given. */
  caKept: boolean;
}

export const emptyForm: EndpointForm = {
  url: '',
  kind: '',
  config: {},
  events: [],
  rules: [],
  match: 'all',
  description: '',
  secretKind: 'generated',
  secret: '',
  headers: [],
  caPem: '',
  caKept: false,
  ...optionsForm(usualOptions),
};

/** The form of an endpoint as it is. Its address, secret and header values are not known to the window. */
export const formOf = (endpoint: Endpoint): EndpointForm => ({
  ...emptyForm,
  kind: endpoint.kind,
  config: configForm(endpoint.kind, endpoint.config),
  events: [...endpoint.events],
  rules: ruleEntries(endpoint.rules),
  match: endpoint.rules?.match ?? 'all',
  description: endpoint.description,
  headers: endpoint.headers.map(({ name }) => ({ name, value: '', kept: true })),
  caKept: endpoint.ca !== null,
  ...optionsForm(endpoint),
});

type AddressProblem =
  | 'form.urlInvalid'
  | 'form.urlPort'
  | 'form.urlNoScheme'
  | 'form.urlMail'
  | 'form.urlHttps'
  | 'form.urlServer';

/** Which word of the form's says what is wrong with an address of a kind; null where nothing is. */
export function problemOfUrl(text: string, kind: EndpointKindName = kindOf(text)): AddressProblem | null {
  const { schemes, server } = kindNamed(kind).address;
  if (isMailAddress(text)) return 'form.urlMail';
  if (server === null && lacksScheme(text)) return 'form.urlNoScheme';
  if (wrongPort(text) !== null) return 'form.urlPort';
  const other = server === null ? 'form.urlHttps' : 'form.urlServer';
  try {
    const url = new URL(text.trim());
    const { hostname, protocol } = url;
    // Whether that is allowed is the settings' to say: the engine tells it with the way there.
    if (server === null && isPlainLoopback(url)) return null;
    if (hostname === '') return server === null ? 'form.urlInvalid' : other;
    return schemes.includes(protocol) ? null : other;
  } catch {
    return server === null ? 'form.urlInvalid' : other;
  }
}

/** 16 or more printable ASCII characters (a secret of the receiver's own). */
export const isSecret = (text: string): boolean => /^[\x21-\x7e]{16,200}$/.test(text);
/** Which word stands below an own secret: that a library cannot take it, once it is long enough to be one. */
export const hintOfSecret = (text: string): 'form.secretOwnHint' | 'form.secretNotStandard' =>
  isSecret(text.trim()) && !isStandardSecret(text) ? 'form.secretNotStandard' : 'form.secretOwnHint';
export const isPem = (text: string): boolean =>
  /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(text);

type NumberOption = (typeof numberOptions)[number];
type OptionalNumber = (typeof optionalNumbers)[number];
type SwitchOption = (typeof switchOptions)[number];

/** Whether a number's text is one that may be given. */
export const isGiven = ({ given }: Pick<NumberOption | OptionalNumber, 'given'>, text: string): boolean =>
  text.trim() !== '' && given.safeParse(Number(text)).success;

function optionsForm(options: WithoutRules): OptionsForm {
  const numbers = numberOptions.map(({ name, of }) => [name, String(options[of][name])]);
  const optional = optionalNumbers.map(({ name }) => [name, String(options[name] ?? '')]);
  const switches = switchOptions.map(({ name }) => [name, options[name]]);
  return Object.fromEntries([...numbers, ...optional, ...switches]);
}

/** Rules have fields of their own. */
type WithoutRules = Omit<ShownOptions, 'rules'>;

function optionsOf(form: EndpointForm): WithoutRules {
  const options: Record<string, unknown> = {};
  for (const { name, of } of numberOptions) options[of] = { ...(options[of] ?? {}), [name]: Number(form[name]) };
  for (const { name } of optionalNumbers) options[name] = form[name].trim() === '' ? null : Number(form[name]);
  for (const { name } of switchOptions) options[name] = form[name];
  return options as WithoutRules;
}

const named = (headers: readonly HeaderEntry[]) => headers.filter(({ name }) => name.trim() !== '');

/** What a new endpoint of the form is: the chosen kind, or the one that the address tells. */
export const kindOfForm = ({ kind, url }: Pick<EndpointForm, 'kind' | 'url'>): EndpointKindName => kind || kindOf(url);

/** What is chosen for a kind alone, each member as it would be typed; a secret is not known to the window. */
export const configForm = (
  kind: EndpointKindName,
  config: Readonly<Record<string, unknown>> = {},
): EndpointForm['config'] =>
  Object.fromEntries(
    askedMembers(kind).map(({ name, isSecret, usual }) => [
      name,
      isSecret ? '' : name in config ? typedText(config[name]) : usual,
    ]),
  );

/** As the engine takes it; a secret that is left empty is not given. */
function configOf(form: EndpointForm): Record<string, unknown> {
  const members = askedMembers(kindOfForm(form)).filter(
    ({ name, isSecret }) => !isSecret || (form.config[name] ?? '') !== '',
  );
  return Object.fromEntries(members.map(({ name, schema }) => [name, typedValue(schema, form.config[name] ?? '')]));
}

/** The options that a kind begins with. */
export const usualOptionsForm = (kind: EndpointKindName): OptionsForm => optionsForm(usualOptionsOf(kind));

/** A new endpoint. */
export const draftOf = (form: EndpointForm): EndpointDraft => ({
  kind: kindOfForm(form),
  config: Object.fromEntries(Object.entries(configOf(form)).filter(([, value]) => value !== null)),
  url: form.url.trim(),
  events: form.events,
  rules: rulesOf(form),
  description: form.description.trim(),
  headers: named(form.headers).map(({ name, value }) => ({ name: name.trim(), value })),
  ...(form.secretKind === 'own' && { secret: form.secret.trim() }),
  caPem: form.caPem.trim() === '' ? null : form.caPem,
  ...optionsOf(form),
});

/** What its kind cannot do without and is not given; null where there is nothing. */
export function lackingIn(form: EndpointForm) {
  const { url, config = {}, headers = [] } = draftOf(form);
  if (!URL.canParse(url)) return null;
  const names = headers.map(({ name }) => name);
  return kindNamed(kindOfForm(form)).lacks?.(new URL(url), config, names) ?? null;
}

/** Changes of an endpoint; what the form does not know stays as it is. */
export const changeOf = (form: EndpointForm): EndpointChange => ({
  ...(form.url.trim() !== '' && { url: form.url.trim() }),
  ...(form.kind !== '' && { kind: form.kind, config: configOf(form) }),
  events: form.events,
  rules: rulesOf(form),
  description: form.description.trim(),
  headers: named(form.headers).map(({ name, value, kept }) => ({ name: name.trim(), value: kept ? null : value })),
  ...(form.caPem.trim() !== '' ? { caPem: form.caPem } : !form.caKept && { caPem: null }),
  ...optionsOf(form),
});
