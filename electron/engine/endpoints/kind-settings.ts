/** What a person chooses for an endpoint's kind alone: checked, its secrets sealed, as its row keeps it, and opened again. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { RelayError } from '../../../shared/api.ts';
import { type EndpointKindName, kindNamed, usualOptionsOf } from '../../../shared/endpoint-kinds/index.ts';
import { inputError } from '../../../shared/input.ts';
import { partedConfig, readKindConfig } from '../../../shared/kind-config.ts';
import type { EndpointChange } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { Vault } from '../ports.ts';
import { type EndpointRow, type EndpointSetting, kindSecretsContext } from '../store/endpoints.ts';
import { optionsOf, storedConfig, withConfig } from './endpoint-options.ts';
import { behaviourOf } from './kinds/index.ts';
import type { KindSetUp } from './kinds/kind.ts';

const wholeMask = '••••';

type KindSetting = Pick<EndpointSetting, 'kind' | 'options' | 'kindSecrets' | 'kindSecretNames'>;
type Config = Readonly<Record<string, unknown>>;
type KindChange = Pick<EndpointChange, 'kind' | 'config'>;

/** Whether a change is about the kind, or about what is chosen for it alone. */
export const isOfKind = ({ kind, config }: KindChange): boolean => kind !== undefined || config !== undefined;

/**
 * What of a new endpoint is to be written of its kind.
 * @param options the rest of the column, as text
 * @throws RelayError `bad_input` with the member that is wrong
 */
export const newKindSetting = (
  vault: Vault,
  row: Pick<EndpointRow, 'id' | 'options'>,
  kind: EndpointKindName,
  config: Config = {},
): KindSetting => kindSetting(vault, row, kind, checkedConfig(kind, config));

/**
 * The same of a change, in the transaction that writes it: members that are absent stay as they are, unless the kind
 * is another one.
 * @throws RelayError `bad_input` with the member that is wrong, `secret_unreadable`
 */
export function changedKindSetting(vault: Vault, row: EndpointRow, { kind, config = {} }: KindChange): KindSetting {
  const present = optionsOf(row).kind;
  const next = kind ?? present;
  const before = next === present ? { ...storedConfig(row), ...openedSecrets(vault, row, config) } : {};
  const whole = Object.entries({ ...before, ...config }).filter(([, value]) => value !== null);
  return kindSetting(vault, row, next, checkedConfig(next, Object.fromEntries(whole)));
}

/**
 * What is chosen, for a look at what it makes: something stands in for a secret, or another need, that is not given, and whether a template is one
 * is for the look to say.
 * @throws RelayError `bad_input` with the member that is wrong
 */
export function previewedConfig(vault: Vault, row: EndpointRow | null, kind: EndpointKindName, config: Config = {}) {
  const isSame = row !== null && optionsOf(row).kind === kind;
  const before = isSame ? { ...storedConfig(row), ...openedSecrets(vault, row, config) } : {};
  const { secrets, standIns } = kindNamed(kind);
  const unknown = Object.fromEntries(secrets.map((name) => [name, 'not-given-here']));
  const given = Object.entries({ ...before, ...config }).filter(([, value]) => value !== null);
  return wellFormed(kind, { ...unknown, ...standIns, ...Object.fromEntries(given) });
}

function wellFormed(kind: EndpointKindName, config: Config): Config {
  const checked = z.object({ config: kindNamed(kind).config }).safeParse({ config });
  if (!checked.success) throw inputError('config', checked.error);
  return checked.data.config;
}

/** @throws RelayError `bad_input` with the member that is wrong */
export function checkedConfig(kind: EndpointKindName, config: Config): Config {
  const checked = wellFormed(kind, config);
  const setUp = { kind, config: checked, options: usualOptionsOf(kind), secrets: [] };
  const fault = behaviourOf(kind).fault?.(setUp) ?? null;
  if (fault) throw new RelayError('bad_input', fault.says, { member: `config.${fault.member}` });
  return checked;
}

function kindSetting(
  vault: Vault,
  row: Pick<EndpointRow, 'id' | 'options'>,
  kind: EndpointKindName,
  config: Config,
): KindSetting {
  const { open, secret } = partedConfig(kindNamed(kind), config);
  // A password is not told apart by its end, as a long key is.
  const masked = Object.keys(secret ?? {}).map((name) => ({ name, masked: wholeMask }));
  return {
    kind,
    options: withConfig(row, open),
    kindSecrets: secret && vault.seal(JSON.stringify(secret), kindSecretsContext(row.id)),
    kindSecretNames: JSON.stringify(masked),
  };
}

/** @param given what takes its place: a secret that cannot be read any more has to be among it */
function openedSecrets(vault: Vault, row: EndpointRow, given: Config): Config {
  if (row.kindSecrets === null) return {};
  const opened = vault.open(row.kindSecrets, kindSecretsContext(row.id));
  if (opened !== null) return JSON.parse(opened) as Config;
  const names = (JSON.parse(row.kindSecretNames) as readonly { readonly name: string }[]).map(({ name }) => name);
  if (names.every((name) => given[name] !== undefined)) return {};
  throw new RelayError('secret_unreadable', sentence('problem.enter_too.config'), { member: 'config' });
}

/** Whether the secrets of its kind can be read; true where there are none. */
export const areKindSecretsReadable = (
  { id, kindSecrets }: Pick<EndpointRow, 'id' | 'kindSecrets'>,
  vault: Vault,
): boolean => kindSecrets === null || vault.open(kindSecrets, kindSecretsContext(id)) !== null;

/** Its kind with what was chosen for it; null where that cannot be decrypted, or lacks what the kind cannot do without. */
export function setUpOf(row: EndpointRow, vault: Vault): KindSetUp | null {
  const { kind, options } = optionsOf(row);
  const text = row.kindSecrets === null ? '{}' : vault.open(row.kindSecrets, kindSecretsContext(row.id));
  if (text === null) return null;
  const secret = JSON.parse(text) as Config;
  const { config } = readKindConfig(kindNamed(kind), { ...storedConfig(row), ...secret });
  return config && { kind, options, config, secrets: Object.values(secret).map(String) };
}

/** Names kind and config, secrets aside, in a few characters. */
export const shapeVersionOf = (row: EndpointRow): string =>
  createHash('sha256')
    .update(`${row.kind} ${JSON.stringify(storedConfig(row))}`)
    .digest('hex')
    .slice(0, 12);
