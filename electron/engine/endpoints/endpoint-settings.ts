/** What an operator gives of an endpoint, checked and sealed as its row keeps it. */
import { RelayError } from '../../../shared/api.ts';
import { addressFormOf } from '../../../shared/endpoint-kinds/index.ts';
import type { AddressForm } from '../../../shared/endpoint-kinds/kind.ts';
import { type OptionsChange, optionNames } from '../../../shared/endpoint-kinds/options.ts';
import type { EndpointChange } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { Vault } from '../ports.ts';
import { type CustomHeader, checkCustomHeaders } from '../sending/custom-headers.ts';
import { parseOwnTrust } from '../sending/trust.ts';
import type { EndpointRow, EndpointSetting } from '../store/endpoints.ts';
import { headersContext, urlContext } from '../store/endpoints.ts';
import { checkAddress, maskValue } from './endpoint-address.ts';

/** An endpoint that does not point at the test bench. */
export const noBench = {
  benchUrl: null,
  benchCaPem: null,
  benchSince: null,
  benchUntil: null,
  benchKept: null,
} as const;

/**
 * The options of a change, null where it has none. They lie in one column: what they are put into is read in the
 * transaction that writes them, or one of two changes at once would undo the other.
 * @throws RelayError `bad_input` for a certificate that is none
 */
export function optionsOfChange(change: EndpointChange): OptionsChange | null {
  const given = optionNames.filter((name) => change[name] !== undefined);
  if (given.length === 0) return null;
  const options = Object.fromEntries(given.map((name) => [name, change[name]])) as OptionsChange;
  return options.caPem ? { ...options, caPem: parseOwnTrust(options.caPem).pem } : options;
}

/** The endpoint that a change is for: of a new one there is no more than its id. */
type Before = Pick<EndpointRow, 'id'> & Partial<EndpointRow>;

/**
 * @returns what of a change is to be written; it throws RelayError `bad_input` for what may not be,
 *   and `secret_unreadable` while nothing can be sealed
 */
export function sealEndpointSettings(vault: Vault, mayBePlain: () => boolean) {
  /** What of a change is to be written. */
  function settingsOf(row: Before, change: EndpointChange) {
    const set: { -readonly [Name in keyof EndpointSetting]?: EndpointSetting[Name] } = {};
    if (change.description !== undefined) set.description = change.description;
    if (change.events !== undefined) set.events = JSON.stringify([...new Set(change.events)]);
    if (change.headers !== undefined) {
      const headers = checkCustomHeaders(withKeptValues(row, change.headers));
      set.headers = vault.seal(JSON.stringify(headers), headersContext(row.id));
      set.headerNames = JSON.stringify(headers.map(({ name, value }) => ({ name, masked: maskValue(value) })));
    }
    const form = addressFormOf(change.kind ?? row.kind);
    if (change.kind !== undefined && change.url === undefined && row.url !== undefined) {
      // Another kind may be written another way: its address is asked for with it.
      refuseOtherForm(change.kind, vault.open(row.benchUrl ?? row.url, urlContext(row.id)) ?? '', form);
    }
    if (change.url !== undefined) {
      const address = checkAddress(change.url, form, mayBePlain());
      if (row.url === undefined || vault.open(row.benchUrl ?? row.url, urlContext(row.id)) !== address.url) {
        set.url = vault.seal(address.url, urlContext(row.id));
        set.host = address.host;
        set.maskedAddress = address.masked;
        set.local = address.local ? 1 : 0;
        set.testedAt = null;
        Object.assign(set, noBench);
      }
    }
    return set;
  }

  function refuseOtherForm(kind: string, address: string, form: AddressForm): void {
    try {
      checkAddress(address, form, mayBePlain());
    } catch (cause) {
      throw new RelayError('bad_input', sentence('problem.kind_other_address', { kind }), { member: 'kind', cause });
    }
  }

  function withKeptValues(row: Before, given: NonNullable<EndpointChange['headers']>): CustomHeader[] {
    if (given.every(({ value }) => value !== null))
      return given.map(({ name, value }) => ({ name, value: value ?? '' }));
    const text = row.headers === undefined ? null : vault.open(row.headers, headersContext(row.id));
    const kept = text === null ? [] : (JSON.parse(text) as CustomHeader[]);
    return given.map(({ name, value }, index) => {
      const before = kept.find((header) => header.name.toLowerCase() === name.trim().toLowerCase())?.value;
      const now = value ?? before;
      if (now === undefined) {
        throw new RelayError('bad_input', sentence('problem.header_no_value', { name }), {
          member: `headers[${index}].value`,
        });
      }
      return { name, value: now };
    });
  }

  return settingsOf;
}
