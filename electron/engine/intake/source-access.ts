/** Who may post: tokens and secret paths, looked up by their hash, so that a guess tells nothing by its time. */
import { hash, randomBytes } from 'node:crypto';
import { sourceKindOf } from '../../../shared/source-kinds/index.ts';
import type { SourceRecord, SourceTable } from '../store/sources.ts';

export type KnownSource = Pick<SourceRecord, 'no' | 'id' | 'name' | 'propertyId' | 'revokedAt'>;

export interface SourceAccess {
  byToken(token: string): KnownSource | null;
  bySecretPath(secret: string): KnownSource | null;
  /** Reads the table again: after a change of it was committed. */
  reload(): void;
}

/** 256 bits of chance, fit for a header and a path alike. */
export const newToken = (): string => `rrt_${randomBytes(32).toString('base64url')}`;
export const newSecretPath = (): string => randomBytes(32).toString('base64url');
export const hashOf = (secret: string): Buffer => hash('sha256', secret, 'buffer');

export function createSourceAccess(table: SourceTable): SourceAccess {
  let byToken = new Map<string, KnownSource>();
  let byPath = new Map<string, KnownSource>();
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

  function reload(): void {
    byToken = new Map();
    byPath = new Map();
    for (const { no, id, name, propertyId, revokedAt, tokenHash, pathHash, kind } of table.all()) {
      if (sourceKindOf(kind)?.isPosted !== true) continue;
      const source = { no, id, name, propertyId, revokedAt };
      byToken.set(hex(tokenHash), source);
      byPath.set(hex(pathHash), source);
    }
  }

  reload();
  return {
    byToken: (token) => byToken.get(hash('sha256', token, 'hex')) ?? null,
    bySecretPath: (secret) => byPath.get(hash('sha256', secret, 'hex')) ?? null,
    reload,
  };
}
