/** A body that its sender compressed, as it was before; never more of it than a body may have. */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { IntakeRefusal, shownName } from './refusal.ts';
import { tooLarge } from './reply.ts';

type Unpack = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const bare = promisify(inflateRaw) as Unpack;
const wrapped = promisify(inflate) as Unpack;
const ways: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip) as Unpack,
  'x-gzip': promisify(gunzip) as Unpack,
  br: promisify(brotliDecompress) as Unpack,
  // zlib's format is meant; some programs send it bare (RFC 1950: the low four bits are 8 in zlib's).
  deflate: (bytes, options) => ((bytes[0] ?? 0) % 16 === 8 ? wrapped(bytes, options) : bare(bytes, options)),
};

/** What `Content-Encoding` says; empty where the body is as it is. */
export function encodingOf(header: string | undefined): string {
  const encoding = (header ?? '').trim().toLowerCase();
  return encoding === 'identity' ? '' : encoding;
}

/**
 * @param encoding of {@link encodingOf}
 * @throws IntakeRefusal 413 where it would be larger than that, 415 where it is not compressed so, or in another way
 */
export async function unpacked(bytes: Uint8Array, encoding: string, mostBytes: number): Promise<Buffer> {
  const unpack = Object.hasOwn(ways, encoding) ? ways[encoding] : undefined;
  if (unpack === undefined) throw compressed('refusal.compressed', encoding);
  try {
    return await unpack(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw compressed('refusal.not_compressed', encoding);
  }
}

const compressed = (key: 'refusal.compressed' | 'refusal.not_compressed', encoding: string): IntakeRefusal =>
  new IntakeRefusal(415, 'unsupported_type', sentence(key, { found: shownName(encoding) }), {
    member: 'Content-Encoding',
    expected: 'gzip, deflate or br, or a body that is not compressed',
  });
