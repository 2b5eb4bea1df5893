/** A feed of updates on loopback, as a publisher's server has what `npm run package` made and `sign-feed.ts` signed. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { signatureName, signFeed } from '../../electron/shell/updates/signed-feed.ts';
import { certificateOfKind } from './certificates.ts';

export interface UpdateFeed extends AsyncDisposable {
  /** Of one of the feeds below. */
  url(feed: FeedName): string;
  /** Of a build that takes updates from all of them: the content of its `build/updates.json`. */
  readonly policy: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
}

/** What a newer version's file holds here: it can be told from the older one, and leaves a trace when it is started. */
export const newerProgram =
  '#!/bin/sh\n[ -n "$APPIMAGE_EXIT_AFTER_INSTALL" ] || : > "$0.started"\nexit 0 # version 2.0.0\n';

type Signed = 'well' | 'not' | 'by_another' | 'another_feed' | 'for_another_platform';
interface Feed {
  readonly version: string;
  readonly content?: string;
  readonly signed?: Signed;
}

const feeds = {
  /** The version that runs is the newest. */
  newest: { version: '1.0.0' },
  newer: { version: '2.0.0' },
  /** The file is another one than the feed says. */
  tampered: { version: '2.0.1', content: 'what somebody else put there' },
  older: { version: '0.9.0' },
  unsigned: { version: '2.0.2', signed: 'not' },
  /** Signed, by a key that is not the publisher's. */
  impostor: { version: '2.0.3', signed: 'by_another' },
  /** The publisher's signature, of what the feed held before somebody changed it. */
  changed: { version: '2.0.4', signed: 'another_feed' },
  /** The publisher's feed for another system. */
  misplaced: { version: '2.0.5', signed: 'for_another_platform' },
} satisfies Record<string, Feed>;
export type FeedName = keyof typeof feeds;

const publisher = generateKeyPairSync('ed25519');
const another = generateKeyPairSync('ed25519');
const feedFile = 'latest-linux.yml';

export async function startUpdateFeed(): Promise<UpdateFeed> {
  const { keyPem, certPem } = await certificateOfKind('valid');
  const asked: string[] = [];
  const server = createServer({ key: keyPem, cert: certPem }, (request, response) => {
    const [, name = '', file = ''] = new URL(request.url ?? '/', 'https://feed').pathname.split('/');
    asked.push(`/${name}/${file}`);
    const answer = contentOf(feeds[name as FeedName], file);
    response.writeHead(answer === null ? 404 : 200).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = (feed: FeedName) => `https://127.0.0.1:${port}/${feed}`;
  return {
    url,
    policy: JSON.stringify({
      publicKey: publisher.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      feeds: (Object.keys(feeds) as FeedName[]).map(url),
    }),
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function contentOf(feed: Feed | undefined, file: string): string | null {
  if (!feed) return null;
  if (file === feedFile) return listing(feed.version);
  if (file === signatureName(feedFile)) return signatureOf(feed);
  return file.endsWith('.AppImage') ? (feed.content ?? newerProgram) : null;
}

function signatureOf({ version, signed = 'well' }: Feed): string | null {
  if (signed === 'not') return null;
  const name = signed === 'for_another_platform' ? 'latest-mac.yml' : feedFile;
  const text = listing(signed === 'another_feed' ? '2.0.0' : version);
  return signFeed(name, Buffer.from(text), (signed === 'by_another' ? another : publisher).privateKey);
}

function listing(version: string): string {
  const sha512 = createHash('sha512').update(newerProgram).digest('base64');
  const file = `Roost-Relay-${version}-x86_64.AppImage`;
  return [
    `version: ${version}`,
    'files:',
    `  - url: ${file}`,
    `    sha512: ${sha512}`,
    `    size: ${newerProgram.length}`,
    `path: ${file}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-11-20T08:00:00.000Z'",
    '',
  ].join('\n');
}
