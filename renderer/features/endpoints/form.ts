/** What the endpoint's form holds, what is wrong with it before it is sent, and what it becomes for the engine. */

import { endpointOptions } from '../../../shared/endpoint-kinds/options.ts';
import type { EventType } from '../../../shared/events.ts';
import { isStandardSecret } from '../../../shared/own-secret.ts';
import type { EndpointChange, EndpointDraft } from '../../../shared/schemas.ts';
import { type Endpoint, endpointDraft } from '../../../shared/schemas.ts';

export interface HeaderEntry {
  readonly name: string;
  readonly value: string;
  /** The stored value stays; it is not known here. */
  readonly kept: boolean;
}

export interface EndpointForm {
  url: string;
  events: EventType[];
  description: string;
  secretKind: 'generated' | 'own';
  secret: string;
  headers: HeaderEntry[];
  caPem: string;
  /** A stored certificate stays while nothing else is given. */
  caKept: boolean;
  inFlight: string;
  perSecond: string;
  ordered: boolean;
}

const usual = endpointDraft.parse({ url: 'https://a', events: ['booking.created'] });

export const emptyForm: EndpointForm = {
  url: '',
  events: [],
  description: '',
  secretKind: 'generated',
  secret: '',
  headers: [],
  caPem: '',
  caKept: false,
  inFlight: String(usual.limits.inFlight),
  perSecond: String(usual.limits.perSecond),
  ordered: usual.ordered,
};

/** The form of an endpoint as it is. Its address, secret and header values are not known to the window. */
export const formOf = (endpoint: Endpoint): EndpointForm => ({
  ...emptyForm,
  events: [...endpoint.events],
  description: endpoint.description,
  headers: endpoint.headers.map(({ name }) => ({ name, value: '', kept: true })),
  caKept: endpoint.ca !== null,
  inFlight: String(endpoint.limits.inFlight),
  perSecond: String(endpoint.limits.perSecond),
  ordered: endpoint.ordered,
});

/** Which word of the form's says what is wrong with an address; null where nothing is. */
export function problemOfUrl(text: string): 'form.urlInvalid' | 'form.urlHttps' | null {
  try {
    const { hostname, protocol } = new URL(text.trim());
    if (hostname === '') return 'form.urlInvalid';
    return protocol === 'https:' ? null : 'form.urlHttps';
  } catch {
    return 'form.urlInvalid';
  }
}

/** 16 or more printable ASCII characters (a secret of the receiver's own). */
export const isSecret = (text: string): boolean => /^[\x21-\x7e]{16,200}$/.test(text);
/** Which word stands below an own secret: that a library cannot take it, once it is long enough to be one. */
export const hintOfSecret = (text: string): 'form.secretOwnHint' | 'form.secretNotStandard' =>
  isSecret(text.trim()) && !isStandardSecret(text) ? 'form.secretNotStandard' : 'form.secretOwnHint';
export const isPem = (text: string): boolean =>
  /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(text);
const limits = endpointOptions.shape.limits.unwrap();
export const isInFlight = (text: string): boolean => limits.shape.inFlight.safeParse(Number(text)).success;
export const isPerSecond = (text: string): boolean => limits.shape.perSecond.safeParse(Number(text)).success;

const limitsOf = ({ inFlight, perSecond }: EndpointForm) => ({
  inFlight: Number(inFlight),
  perSecond: Number(perSecond),
});
const named = (headers: readonly HeaderEntry[]) => headers.filter(({ name }) => name.trim() !== '');

/** A new endpoint. */
export const draftOf = (form: EndpointForm): EndpointDraft => ({
  url: form.url.trim(),
  events: form.events,
  description: form.description.trim(),
  headers: named(form.headers).map(({ name, value }) => ({ name: name.trim(), value })),
  ...(form.secretKind === 'own' && { secret: form.secret.trim() }),
  caPem: form.caPem.trim() === '' ? null : form.caPem,
  limits: limitsOf(form),
  ordered: form.ordered,
});

/** Changes of an endpoint; what the form does not know stays as it is. */
export const changeOf = (form: EndpointForm): EndpointChange => ({
  ...(form.url.trim() !== '' && { url: form.url.trim() }),
  events: form.events,
  description: form.description.trim(),
  headers: named(form.headers).map(({ name, value, kept }) => ({ name: name.trim(), value: kept ? null : value })),
  ...(form.caPem.trim() !== '' ? { caPem: form.caPem } : !form.caKept && { caPem: null }),
  limits: limitsOf(form),
  ordered: form.ordered,
});
