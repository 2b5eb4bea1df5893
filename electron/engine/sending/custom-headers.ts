/** The headers that an operator adds to an endpoint's requests: which names and values are taken. */
import { RelayError } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';

export interface CustomHeader {
  readonly name: string;
  readonly value: string;
}

/** Names that the request itself, or the connection, needs for its own. Lower case. */
const reservedNames = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
]);
const reservedPrefixes = ['x-roostsync-', 'webhook-', 'proxy-', ':'];
// RFC 9110, 5.6.2: a field name is a token.
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const visibleAscii = /^[\x20-\x7e]*$/;

/** Whether an operator may not set this name, in whatever case. */
export function isReservedHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return reservedNames.has(lower) || reservedPrefixes.some((prefix) => lower.startsWith(prefix));
}

/**
 * Checks an endpoint's custom headers.
 * @returns them with the white space around names and values removed
 * @throws {RelayError} `bad_input`, member `headers[i].name` or `.value`; the message never repeats a value
 */
export function checkCustomHeaders(headers: readonly CustomHeader[]): CustomHeader[] {
  const seen = new Set<string>();
  return headers.map((header, index) => {
    const name = header.name.trim();
    const value = header.value.trim();
    const problem = nameProblem(name, seen);
    if (problem) throw new RelayError('bad_input', problem, { member: `headers[${index}].name` });
    if (!visibleAscii.test(value)) {
      throw new RelayError('bad_input', sentence('problem.header_value', { name }), {
        member: `headers[${index}].value`,
      });
    }
    seen.add(name.toLowerCase());
    return { name, value };
  });
}

function nameProblem(name: string, seen: ReadonlySet<string>): Sentence | null {
  if (name === '') return sentence('problem.header_needs_name');
  if (!token.test(name)) return sentence('problem.header_name', { name: JSON.stringify(name) });
  if (isReservedHeader(name)) return sentence('problem.header_reserved', { name });
  if (seen.has(name.toLowerCase())) return sentence('problem.header_twice', { name });
  return null;
}
