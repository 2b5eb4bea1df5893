/** The headers that an operator adds to an endpoint's requests: which names and values are taken. */
import { RelayError } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { headerName, isReservedHeader } from '../../../shared/header-names.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';

export interface CustomHeader {
  readonly name: string;
  readonly value: string;
}

const visibleAscii = /^[\x20-\x7e]*$/;

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
  if (!headerName.test(name)) return sentence('problem.header_name', { name: JSON.stringify(name) });
  if (isReservedHeader(name)) return sentence('problem.header_reserved', { name });
  if (seen.has(name.toLowerCase())) return sentence('problem.header_twice', { name });
  return null;
}
