/** What is wrong with a database, in sentences that name what to do and hold no secret. */
import type { PeerCertificate } from 'node:tls';
import type { Sentence } from '../../../../shared/domain.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import type { SqlConfig } from '../../../../shared/source-kinds/sql.ts';

export class DatabaseTrouble extends Error {
  readonly says: Sentence;
  constructor(says: Sentence, cause: unknown) {
    super(says.key, { cause });
    this.name = 'DatabaseTrouble';
    this.says = says;
  }
}

/** Which database it is, as a person was asked for it. */
export const placeOf = ({ system, file, socket, host, port }: SqlConfig): string =>
  system === 'sqlite' ? file : socket || `${host}:${port || 'usual port'}`;

const loginCodes = new Set(['ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', '28P01', '28000', 'ELOGIN']);
const longestDetail = 300;

/** Drivers put codes of their own over OpenSSL's: then its words tell. */
const certificateTroubles = [
  [/altnames|not cert's CN|ALTNAME_INVALID/i, 'other_name'],
  [/self.signed certificate|unable to (?:verify the first|get (?:local )?issuer) certificate|DEPTH_ZERO/i, 'authority'],
  [/certificate (?:has expired|is not yet valid)/i, 'date'],
] as const;
const noTls = /HANDSHAKE_NO_SSL_SUPPORT|does not support SSL connections|Server did not negotiate encryption/;
const wantsTls = /ER_SECURE_TRANSPORT_REQUIRED|Server requires encryption/;
/** PostgreSQL's list of who may come from where: its own words say more than that a password is wrong. */
const notListed = /no pg_hba\.conf entry/;

/** What a driver said. It may repeat what it was told: the password is taken out. */
export function troubleOf(config: SqlConfig, error: unknown): Sentence {
  const place = placeOf(config);
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  const { password = '', user, host } = config;
  const said = password === '' ? message : message.replaceAll(password, '•••');
  const detail = (said === '' ? String(code) : said).replaceAll(/\s+/g, ' ').slice(0, longestDetail).toWellFormed();
  const all = `${code} ${detail}`;
  if (noTls.test(all)) return sentence('source.database_no_tls', { place });
  if (wantsTls.test(all)) return sentence('source.database_wants_tls', { place });
  switch (certificateTroubles.find(([words]) => words.test(all))?.[1]) {
    case 'other_name':
      return sentence('source.database_other_name', { place, host, names: namesIn(error) || detail });
    case 'authority':
      return sentence('source.database_unknown_authority', { place });
    case 'date':
      return sentence('source.database_certificate_date', { place, detail });
  }
  if (loginCodes.has(String(code)) && !notListed.test(detail)) {
    return sentence('source.database_login', { place, user });
  }
  return sentence('source.database_away', { place, detail });
}

/** Whom the certificate is for; empty where the driver does not tell. */
function namesIn(error: unknown): string {
  const { cert, cause } = error as { cert?: PeerCertificate; cause?: { cert?: PeerCertificate } };
  const shown = cert ?? cause?.cert;
  const names = shown?.subjectaltname?.replaceAll(/(?:DNS|IP Address):/g, '') ?? shown?.subject?.CN ?? '';
  return String(names).slice(0, longestDetail).toWellFormed();
}
